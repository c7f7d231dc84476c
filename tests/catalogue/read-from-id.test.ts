import type { AnyLifecycle } from "../../provider/core/lifecycle";
import { type ResourceToken, registry } from "../../provider/systems/registry";
import { external as encrypted } from "../element/hardware-encryption-scene";
import { Resource, Run, runOn } from "../element/harness";
import { external } from "../element/master-key-scene";
import { type Scene, type Stage, SUBJECT } from "../element/stage";
import { useTheatre } from "../element/table";

const theatre = useTheatre();

interface Imported {
  stage: Stage;
  /** Of what is there; the cluster's identity where it is left out. */
  id?: string;
  /** Arguments that describe what is there. */
  declared(scene: Scene): object | Promise<object>;
  /** What is read, as far as it matters. */
  outputs?(scene: Scene): object;
}

const NOT_IMPORTABLE = "EKM_NOT_IMPORTABLE";

/** Every kind of resource: how it is read from an id and a connection, or the code that it refuses with. */
const KINDS: Readonly<Record<ResourceToken, Imported | typeof NOT_IMPORTABLE>> = {
  "element:KeyPair": {
    stage: "paired",
    declared: () => ({ subject: SUBJECT }),
    outputs: ({ cluster }) => {
      const fingerprint = cluster.state().keyPair?.fingerprint256.replaceAll(":", "").toLowerCase();
      return { publicKeyFingerprint: fingerprint, recordedPublicKeyFingerprint: fingerprint };
    },
  },
  "element:CertificateSigningRequest": {
    stage: "paired",
    declared: ({ cluster }) => ({
      publicKeyFingerprint: cluster.state().keyPair?.fingerprint256.replaceAll(":", "").toLowerCase(),
    }),
  },
  "element:KeyServer": {
    stage: "attached",
    id: "1",
    declared: (scene) => ({
      ...scene.keyServerAddress(),
      clientCertificate: scene.cluster.state().keyServers[0]?.kmipClientCertificate,
    }),
    outputs: () => ({ keyServerID: 1, name: "by hand", tested: true }),
  },
  "element:KeyProvider": {
    stage: "attached",
    id: "1",
    declared: () => ({ name: "by hand" }),
    outputs: () => ({ keyProviderID: 1 }),
  },
  "element:KeyServerAttachment": {
    stage: "attached",
    id: "1",
    declared: () => ({ keyProvider: "1", keyServer: "1" }),
    outputs: () => ({ tested: true }),
  },
  "element:MasterKey": {
    stage: "external",
    declared: () => external(),
    // The age of the key counts from its creation, and not from the import.
    outputs: ({ cluster }) => {
      const { keyID, keyCreatedTime } = cluster.state().softwareEncryption.masterKey ?? {};
      return { keyID, recordedKeyID: keyID, keyCreatedTime, recordedTime: keyCreatedTime, recordedKeyProviderID: 1 };
    },
  },
  "element:HardwareEncryption": {
    stage: "encrypted",
    declared: () => encrypted(),
    outputs: () => ({ keyProviderID: 1, recordedKeyProviderID: 1, complete: true }),
  },
  "element:DriveRecovery": NOT_IMPORTABLE,
  "element:Fleet": NOT_IMPORTABLE,
  "pki:CertificateAuthority": NOT_IMPORTABLE,
  "pki:SignedCertificate": NOT_IMPORTABLE,
};

type AnyResource = Resource<Record<string, unknown>, Record<string, unknown>>;

/** A resource of which an import knows its id, and the connection where one is named. */
function known(token: string, id: string, outputs: object, run: Run): AnyResource {
  const { lifecycle } = registry[token as ResourceToken];
  const resource: AnyResource = new Resource(lifecycle as unknown as AnyLifecycle as never, token, run);
  resource.state = { id, inputs: {}, outputs: { ...outputs, resourceUrn: resource.urn } };
  return resource;
}

const importable = Object.entries(KINDS).filter((row): row is [string, Imported] => row[1] !== NOT_IMPORTABLE);
const refusing = Object.entries(KINDS).flatMap(([token, kind]) => (kind === NOT_IMPORTABLE ? [token] : []));

describe.each(importable)("%s, of which an id is known", (token, { stage, id, declared, outputs = () => ({}) }) => {
  const opened = async () => {
    const scene = await theatre.scene(stage);
    const run = runOn(scene);
    return { scene, run, objectId: id ?? (await run.cluster().clusterInfo()).uniqueID };
  };

  it.each([
    ["a connection", { cluster: "default" }],
    ["no connection, which is the default one", {}],
  ])("is read from that and %s as a run would have recorded it", async (_what, connection) => {
    const { scene, run, objectId } = await opened();
    const resource = known(token, objectId, connection, run);
    expect(await resource.refresh()).toMatchObject({ did: "refreshed", outputs: outputs(scene) });
    const first = resource.state;
    await resource.refresh();
    expect(resource.state).toEqual(first);
    const args = (await declared(scene)) as Parameters<AnyResource["up"]>[0];
    expect(await resource.up(args)).toMatchObject({ did: "unchanged" });
    await run.close();
  });

  it("is not there, or on another cluster, by another id", async () => {
    const { run } = await opened();
    const outcome = await known(token, "99", { cluster: "default" }, run).refresh();
    expect(outcome).toMatchObject(id === undefined ? { failed: "EKM_CONNECTION_IDENTITY" } : { did: "gone" });
    await run.close();
  });
});

it("does not take an imported key for a new one", async () => {
  const scene = await theatre.scene("external");
  const run = runOn(scene);
  const { uniqueID } = await run.cluster().clusterInfo();
  run.clock.advance(100 * 86_400_000);
  const resource = known("element:MasterKey", uniqueID, { cluster: "default" }, run);
  await resource.refresh();
  expect(await resource.up(external({ maxAge: "90d" }))).toMatchObject({ did: "updated" });
  expect(scene.cluster.calls("RekeySoftwareEncryptionAtRestMasterKey")).toHaveLength(1);
  await run.close();
});

test.each(refusing)("%s exists in its state alone, and says so", async (token) => {
  const run = new Run({});
  const outcome = await known(token, "1", {}, run).refresh();
  expect(outcome).toMatchObject({
    failed: NOT_IMPORTABLE,
    message: expect.stringContaining('reading "main" from an id'),
  });
  await run.close();
});
