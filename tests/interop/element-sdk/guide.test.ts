import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterSimulator, type KmipServer, startKmipServer } from "../../../simulator";
import { issue, makeAuthority } from "../../kit/certificates";
import { pythonInterpreter } from "../python";
import { runScript } from "./script";

const authority = makeAuthority();

let folder: string;
let keyServer: KmipServer;
let cluster: ClusterSimulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "element-sdk-"));
  keyServer = await startKmipServer({
    ...issue(authority, { commonName: "key server", usage: "server" }),
    ca: authority.certificate,
    stateDir: join(folder, "keys"),
  });
  cluster = await ClusterSimulator.start({
    stateDir: join(folder, "cluster"),
    rekeySeconds: 0.3,
    switches: { hardwareEncryptionSeconds: 0.2 },
  });
  await pythonInterpreter();
}, 300_000);

afterAll(async () => {
  await cluster.close();
  await keyServer.close();
  await rm(folder, { recursive: true });
});

test("the vendor's Python SDK drives the whole guide, refusals included", async () => {
  const seen = await runScript("drive_cluster.py", { cluster, authority, keyServerPort: keyServer.port });
  const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const internal = { state: "enabled", version: 1, keyID: uuid, keyManagementType: "internal", keyProviderID: null };

  expect(seen).toEqual({
    badPassword: expect.stringContaining("Bad Credentials"),
    api: expect.anything(),
    version: "12.3",
    uuid,
    before: { ...internal, rekeyMasterKeyAsyncResultID: null },
    requestWithoutPair: "xKeyPairDoesNotExist",
    emptyProvider: "xKeyProviderHasNoServer",
    created: { server: [null, null], provider: [false, []] },
    unknownServer: "xKeyServerDoesNotExist",
    wrongPort: "xKmipConnectionFailure",
    withoutProvider: "xInvalidParameter",
    rekey: {
      handle: 1,
      result: expect.objectContaining({
        status: "complete",
        resultType: "RekeySoftwareEncryptionAtRestMasterKey",
        result: expect.objectContaining({ state: "Ready" }),
      }),
    },
    external: {
      ...internal,
      keyManagementType: "external",
      keyProviderID: 1,
      rekeyMasterKeyAsyncResultID: 1,
    },
    active: [1],
    deleteActive: "xKeyProviderInUse",
    handles: [[true, true]],
    purged: "xAsyncHandleDoesNotExist",
    hardware: { keyProviderID: 1, drives: [true] },
    after: { ...internal, rekeyMasterKeyAsyncResultID: 2 },
    faults: [],
    left: [0, 0],
    unknownMethod: "xUnknownAPIMethod",
  });
  expect(keyServer.objects().map(({ state }) => state)).toEqual(["Destroyed", "Destroyed"]);
  expect(await cluster.unwrapDataKey()).toBe(true);
});
