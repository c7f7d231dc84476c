import type { ClusterSimulator } from "../../../simulator/element";
import { closeAll, temporaryFolder } from "../cleanup";
import { call, completed, pollUntil, refusal } from "./api-caller";
import { startCluster } from "./clusters";
import { authority, connectKeyManager, startKeyManager } from "./key-managers";

afterEach(closeAll);

/** Nodes that restarted while the key server was away. */
async function lockedCluster() {
  const clusterDir = await temporaryFolder();
  const cluster = await startCluster({ control: true, stateDir: clusterDir });
  await call(cluster, "CreatePublicPrivateKeyPair");
  const stateDir = await temporaryFolder();
  const { server } = await startKeyManager({ stateDir });
  const { keyProviderID } = await connectKeyManager(cluster, { server, authority });
  const external = { keyManagementType: "external", keyProviderID } as const;
  const { asyncHandle } = await call(cluster, "RekeySoftwareEncryptionAtRestMasterKey", external);
  await completed(cluster, asyncHandle);
  await server.close();
  const body = JSON.stringify({ action: "bootWithoutKey" });
  await fetch(`${cluster.controlEndpoint}/mutate`, { method: "POST", body });
  return { cluster, clusterDir, returnKeyServer: () => startKeyManager({ stateDir, port: server.port }) };
}

async function statuses(cluster: ClusterSimulator) {
  const { drives } = await call(cluster, "ListDrives");
  return drives.map(({ status, driveFailureDetail }) => `${status} ${driveFailureDetail}`);
}

const alternating = (metadata: string) => Array.from({ length: 4 }, () => [metadata, "active none"]).flat();

test("locked drives are listed as available once the key server is back, whoever looked at faults", async () => {
  const { cluster, returnKeyServer } = await lockedCluster();
  expect(await statuses(cluster)).toEqual(alternating("failed locked"));
  await returnKeyServer();
  expect(await statuses(cluster)).toEqual(alternating("available none"));
  expect(cluster.calls("ListClusterFaults")).toEqual([]);
});

test("locked drives are added as soon as the key server is back, and not before", async () => {
  const { cluster, returnKeyServer } = await lockedCluster();
  const drives = [1, 3, 5, 7].map((driveID) => ({ driveID }));
  expect(await refusal(cluster, "AddDrives", { drives })).toMatchObject({
    message: "Drive 1 is failed, not available",
  });
  await returnKeyServer();
  await call(cluster, "AddDrives", { drives });
  expect(await statuses(cluster)).toEqual(alternating("active none"));
});

test("drives are active at the end of the job that adds them, and are added by one job only", async () => {
  const { cluster, clusterDir, returnKeyServer } = await lockedCluster();
  await returnKeyServer();
  cluster.switches.addDrivesSeconds = 600;
  const drives = [1, 3].map((driveID) => ({ driveID }));
  const { asyncHandle } = await call(cluster, "AddDrives", { drives });
  expect((await statuses(cluster)).slice(0, 3)).toEqual(["available none", "active none", "available none"]);
  expect(await refusal(cluster, "AddDrives", { drives })).toMatchObject({ message: "Drive 1 is being added already" });
  const listed = await call(cluster, "ListAsyncResults", { asyncResultTypes: ["DriveAdd"] });
  expect(listed.asyncHandles).toMatchObject([{ asyncResultID: asyncHandle, completed: false, resultType: "DriveAdd" }]);

  await cluster.close();
  const restarted = await startCluster({ stateDir: clusterDir });
  expect(await completed(restarted, asyncHandle)).toMatchObject({ result: {} });
  await pollUntil(
    () => statuses(restarted),
    (seen) => seen.slice(0, 3).every((status) => status === "active none"),
  );
  expect(restarted.state().driveAdditions).toEqual([]);
});
