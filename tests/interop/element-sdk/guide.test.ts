import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json, text } from "node:stream/consumers";
import { ClusterSimulator, type KmipServer, startKmipServer } from "../../../simulator";
import { issue, makeAuthority } from "../../fixtures/certificates";
import { pythonInterpreter } from "../python";

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

async function driveCluster(): Promise<Record<string, unknown>> {
  const { hostname, port } = new URL(cluster.endpoint);
  const child = spawn(await pythonInterpreter(), ["-W", "ignore", join(__dirname, "drive_cluster.py")]);
  child.stdin.end(
    JSON.stringify({
      host: hostname,
      port: Number(port),
      username: cluster.username,
      password: cluster.password,
      authority,
      keyServerPort: keyServer.port,
    }),
  );
  const exited = once(child, "exit");
  const complaints = text(child.stderr);
  try {
    return (await json(child.stdout)) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`the SDK's walk ended with ${(await exited)[0]}: ${await complaints}`, { cause });
  }
}

test("the vendor's Python SDK drives the whole guide, refusals included", async () => {
  const seen = await driveCluster();
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
