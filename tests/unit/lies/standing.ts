import type { AnyLifecycle } from "../../../provider/adapters/pulumi/dynamic/provider";
import { keyServerAttachment } from "../../../provider/systems/element/attachment/attachment";
import { certificateSigningRequest } from "../../../provider/systems/element/certificate-signing-request/certificate-signing-request";
import { driveRecovery } from "../../../provider/systems/element/drive-recovery/drive-recovery";
import { hardwareEncryption } from "../../../provider/systems/element/hardware-encryption/hardware-encryption";
import { keyPair } from "../../../provider/systems/element/key-pair/key-pair";
import { keyProvider } from "../../../provider/systems/element/key-provider/key-provider";
import { keyServer } from "../../../provider/systems/element/key-server/key-server";
import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import { external as encrypted } from "../element/hardware-encryption-scene";
import { Resource, type Run, runOn, stored } from "../element/harness";
import { external } from "../element/master-key-scene";
import { type Scene, SUBJECT } from "../element/stage";

type AnyResource = Resource<object & Record<string, unknown>, Record<string, unknown>>;

const LIFECYCLES = {
  KeyPair: keyPair,
  CertificateSigningRequest: certificateSigningRequest,
  KeyServer: keyServer,
  KeyProvider: keyProvider,
  KeyServerAttachment: keyServerAttachment,
  MasterKey: masterKey,
  HardwareEncryption: hardwareEncryption,
  DriveRecovery: driveRecovery,
};
export type Kind = keyof typeof LIFECYCLES;
export const kinds = Object.keys(LIFECYCLES) as Kind[];

const resourceOf = (kind: Kind, run: Run): AnyResource =>
  new Resource(LIFECYCLES[kind] as unknown as AnyLifecycle as never, kind, run);

/** Arguments that describe what the stage `external` has; made by hand, it is adopted. */
function argumentsFor(scene: Scene): Record<Kind, object> {
  const { keyPair: pair, keyServers } = scene.cluster.state();
  return {
    KeyPair: { subject: SUBJECT },
    CertificateSigningRequest: { publicKeyFingerprint: pair?.fingerprint256.replaceAll(":", "").toLowerCase() },
    KeyServer: { ...scene.keyServerAddress(), clientCertificate: keyServers[0]?.kmipClientCertificate, adopt: "1" },
    KeyProvider: { adopt: "1" },
    KeyServerAttachment: { keyProvider: "1", keyServer: "1" },
    MasterKey: external(),
    HardwareEncryption: encrypted(),
    DriveRecovery: { drives: [1] },
  };
}

/** A change of each kind's arguments that a run would carry out. */
const CHANGES: Record<Kind, object> = {
  KeyPair: { regenerate: "1" },
  CertificateSigningRequest: { publicKeyFingerprint: "00".repeat(32) },
  KeyServer: { name: "another name" },
  KeyProvider: { deadlines: { delete: 60 } },
  KeyServerAttachment: { deadlines: { delete: 60 } },
  MasterKey: { rotationTriggers: { quarter: "2" } },
  HardwareEncryption: { takeOver: true },
  DriveRecovery: { triggers: { boot: "2" } },
};

/** One resource of every kind in state, for what stands on the stage `external`. */
export class Standing {
  private readonly states = new Map<Kind, AnyResource["state"]>();

  private constructor(readonly scene: Scene) {}

  static async on(scene: Scene): Promise<Standing> {
    const standing = new Standing(scene);
    const run = runOn(scene);
    for (const kind of kinds) {
      const resource = resourceOf(kind, run);
      const outcome = await resource.up(argumentsFor(scene)[kind] as never);
      expect(outcome).toMatchObject({ did: "created" });
      standing.states.set(kind, resource.state);
    }
    await run.close();
    return standing;
  }

  /** What one operation on the resource of a kind comes to, in a run of its own; what is in state stays for the next. */
  async outcome(kind: Kind, operation: "refresh" | "up" | "destroy") {
    const run = runOn(this.scene);
    const resource = resourceOf(kind, run);
    const state = stored(this.states.get(kind)) as NonNullable<AnyResource["state"]>;
    resource.state = state;
    const before = stored(state);
    const args = { ...argumentsFor(this.scene)[kind], ...CHANGES[kind] };
    const outcome = await (operation === "up" ? resource.up(args as never) : resource[operation]());
    await run.close();
    return { outcome, state: resource.state, before };
  }
}
