import type { Lifecycle } from "../../provider/core/lifecycle";
import { METHODS } from "../../provider/systems/element/api/methods";
import type { Method } from "../../provider/systems/element/api/types";
import { keyServerAttachment } from "../../provider/systems/element/attachment/attachment";
import { certificateSigningRequest } from "../../provider/systems/element/certificate-signing-request/certificate-signing-request";
import { hardwareEncryption } from "../../provider/systems/element/hardware-encryption/hardware-encryption";
import { keyPair } from "../../provider/systems/element/key-pair/key-pair";
import { masterKey } from "../../provider/systems/element/master-key/master-key";
import { Resource, Run } from "../element/harness";
import { external } from "../element/master-key-scene";
import { type Scene, SUBJECT } from "../element/stage";
import { useTheatre } from "../element/table";

const theatre = useTheatre();

/** One cluster under two names: at the same address, or at another one. */
function runOnBoth({ cluster }: Scene, isSameAddress: boolean): Run {
  const endpoint = isSameAddress ? cluster.endpoint : cluster.endpoint.replace("127.0.0.1", "localhost");
  const { username, fingerprint256 } = cluster;
  return new Run({ default: cluster, east: { endpoint, username, fingerprint256 } });
}

const writesOn = ({ cluster }: Scene) =>
  cluster.calls().filter(({ method }) => METHODS[method as Method].effect !== "read");

/** Of no meaning to a request. */
const ADOPTED: object = { adopt: "match" };

// biome-ignore lint/suspicious/noExplicitAny: each has arguments of its own
type Single = [type: string, lifecycle: Lifecycle<any, any>, args: (scene: Scene) => object];

const SINGLETONS: Single[] = [
  ["KeyPair", keyPair, () => ({ subject: SUBJECT })],
  [
    "CertificateSigningRequest",
    certificateSigningRequest,
    ({ cluster }) => ({
      publicKeyFingerprint: cluster.state().keyPair?.fingerprint256.replaceAll(":", "").toLowerCase(),
    }),
  ],
  ["KeyServerAttachment", keyServerAttachment, () => ({ keyProvider: "1", keyServer: "1" })],
  ["MasterKey", masterKey, () => external()],
  ["HardwareEncryption", hardwareEncryption, () => ({ keyProvider: "1", encryptionAtRestState: "enabled" })],
];

describe.each(SINGLETONS)("a %s that two connection names of one cluster declare", (type, lifecycle, args) => {
  async function twice(isSameAddress: boolean, inState: boolean) {
    const scene = await theatre.scene("attached");
    const run = runOnBoth(scene, isSameAddress);
    const first = new Resource<object, object>(lifecycle, type, run, "first");
    const second = new Resource<object, object>(lifecycle, type, run, "second");
    expect(await first.up(args(scene))).toMatchObject({ did: "created" });
    if (inState) {
      run.next();
      expect(await first.up(args(scene))).toMatchObject({ did: "unchanged" });
    }
    const calls = writesOn(scene).length;
    const outcome = await second.up({ ...args(scene), cluster: "east" });
    expect(writesOn(scene)).toHaveLength(calls);
    await run.close();
    return outcome;
  }

  test("is refused at plan time where both have one address", async () => {
    const outcome = await twice(true, false);
    expect(outcome).toMatchObject({ refused: [{ reason: expect.stringMatching(/already (declares it|attached)/) }] });
  });

  test.each([
    ["of this run", false],
    ["of a former run", true],
  ])("is refused before it is written where they have two, beside one %s", async (_when, inState) => {
    const outcome = await twice(false, inState);
    expect(outcome).toMatchObject({
      failed: "EKM_DECLARED_TWICE",
      message: expect.stringContaining(`"first" declares`),
    });
  });

  test("is handed over, and nothing is written, when one gives way to the other", async () => {
    const scene = await theatre.scene("attached");
    const run = runOnBoth(scene, false);
    const first = new Resource<object, object>(lifecycle, type, run, "first");
    const second = new Resource<object, object>(lifecycle, type, run, "second");
    await first.up(args(scene));
    run.next();
    const before = writesOn(scene).length;
    expect(await second.up({ ...args(scene), ...ADOPTED, cluster: "east" })).toMatchObject({ did: "created" });
    expect(await first.destroy()).toMatchObject({ did: "deleted" });
    expect(writesOn(scene)).toHaveLength(before);
    await run.close();
  });
});

describe.each(SINGLETONS.slice(3))("a %s that is to be replaced", (type, lifecycle, args) => {
  test("is refused at plan time, at the second check of the engine", async () => {
    const scene = await theatre.scene("attached");
    const run = runOnBoth(scene, true);
    const resource = new Resource<object, object>(lifecycle, type, run, "main");
    const inputs = { cluster: "default", ...args(scene) };
    const context = run.context(resource.urn);
    expect((await lifecycle.check({}, inputs, context)).failures).toEqual([]);
    run.next();
    expect((await lifecycle.check(inputs, inputs, context)).failures).toEqual([]);
    expect((await lifecycle.check({}, inputs, context)).failures).toEqual([
      { property: "", reason: expect.objectContaining({ code: "EKM_REPLACEMENT_REFUSED" }) },
    ]);
    await run.close();
  });
});
