import type { Lifecycle } from "../../../provider/core/lifecycle";
import { UNKNOWN } from "../../../provider/core/unknown";
import { keyServerAttachment } from "../../../provider/systems/element/attachment/attachment";
import { certificateSigningRequest } from "../../../provider/systems/element/certificate-signing-request/certificate-signing-request";
import { driveRecovery } from "../../../provider/systems/element/drive-recovery/drive-recovery";
import { hardwareEncryption } from "../../../provider/systems/element/hardware-encryption/hardware-encryption";
import { keyPair } from "../../../provider/systems/element/key-pair/key-pair";
import { keyProvider } from "../../../provider/systems/element/key-provider/key-provider";
import { keyServer } from "../../../provider/systems/element/key-server/key-server";
import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import { Resource, runOn } from "./harness";
import { type Scene, SUBJECT } from "./stage";
import { useTheatre, writesOf } from "./table";

// biome-ignore lint/suspicious/noExplicitAny: one table over lifecycles of different inputs
type Any = Lifecycle<any, any>;
type Arguments = Record<string, unknown>;

const server = async (scene: Scene) => ({
  ...(await scene.keyServerArguments()),
  name: "ours",
  publicKeyFingerprint: undefined,
});

const RESOURCES: [string, Any, (scene: Scene) => Arguments | Promise<Arguments>, string[]][] = [
  ["KeyPair", keyPair, () => ({ subject: SUBJECT }), ["subject", "subject.commonName", "regenerate", "cluster"]],
  [
    "CertificateSigningRequest",
    certificateSigningRequest,
    () => ({ publicKeyFingerprint: "00".repeat(32) }),
    ["publicKeyFingerprint", "cluster"],
  ],
  [
    "KeyServer",
    keyServer,
    server,
    [
      "hostnames",
      "hostnames.0",
      "port",
      "caCertificate",
      "clientCertificate",
      "publicKeyFingerprint",
      "name",
      "cluster",
    ],
  ],
  ["KeyProvider", keyProvider, () => ({ name: "ours" }), ["name", "cluster"]],
  [
    "KeyServerAttachment",
    keyServerAttachment,
    () => ({ keyProvider: "1", keyServer: "1" }),
    ["keyProvider", "keyServer", "cluster"],
  ],
  [
    "MasterKey",
    masterKey,
    () => ({ keyProvider: "1", onDelete: "internal", maxAge: "90d", rotationTriggers: { a: "1" }, takeOver: false }),
    ["keyProvider", "maxAge", "rotationTriggers", "rotationTriggers.a", "onDelete", "takeOver", "cluster"],
  ],
  [
    "HardwareEncryption",
    hardwareEncryption,
    () => ({ keyProvider: "1", encryptionAtRestState: "enabled", onDelete: "internal", takeOver: false }),
    ["keyProvider", "onDelete", "takeOver", "cluster"],
  ],
  [
    "DriveRecovery",
    driveRecovery,
    () => ({ drives: [1, 2], triggers: { a: "1" } }),
    ["drives", "drives.1", "triggers", "triggers.a", "cluster"],
  ],
];

const theatre = useTheatre();

/** The arguments with the sentinel at a path. */
function withUnknown(args: Arguments, path: string): Arguments {
  const copy = structuredClone(args);
  const parents = path.split(".");
  const last = parents.pop() ?? "";
  const parent = parents.reduce((value, key) => value[key] as Arguments, copy);
  parent[last] = UNKNOWN;
  return copy;
}

describe.each(RESOURCES)("%s", (type, lifecycle, argumentsOf, paths) => {
  const prepare = async () => {
    const scene = await theatre.scene("external");
    const args = await argumentsOf(scene);
    const run = runOn(scene);
    return { scene, args, run, resource: new Resource<object, object>(lifecycle, type, run) };
  };

  test("of a new resource, each input may be unknown", async () => {
    const { args, run, resource, scene } = await prepare();
    const before = scene.cluster.calls().length;
    for (const path of paths) {
      expect({ path, ...(await resource.preview(withUnknown(args, path))) }).toEqual({ path, failures: [] });
    }
    // Who holds a key is looked at before a new resource is to have it.
    expect(writesOf(scene, before)).toEqual([]);
    await run.close();
  });

  test("of a resource that exists, each input may be unknown, and none replaces it", async () => {
    const { args, run, resource, scene } = await prepare();
    expect(await resource.up(args)).toMatchObject({ did: "created" });
    const [before, calls] = [scene.cluster.requests.length, scene.cluster.calls().length];
    for (const path of paths) {
      const preview = await resource.preview(withUnknown(args, path));
      const [input = ""] = path.split(/[.[]/);
      // What a fingerprint is compared with is no part of the server.
      const isCompared = !(type === "KeyServer" && path === "publicKeyFingerprint");
      expect({ path, ...preview, replaces: preview.replaces ?? [] }).toEqual({
        path,
        failures: [],
        differing: isCompared ? expect.arrayContaining([input]) : [],
        replaces: [],
      });
    }
    // Whether a provider is active is looked at before its attachment is to have other ends.
    if (type !== "KeyServerAttachment") expect(scene.cluster.requests).toHaveLength(before);
    expect(writesOf(scene, calls)).toEqual([]);
    await run.close();
  });
});
