import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Switches } from "../../../simulator/element";
import { closeAll, temporaryFolder } from "../cleanup";
import { call, completed, pollUntil, refusal } from "./api-caller";
import { startCluster } from "./clusters";
import { connectKeyManager, startKeyManager } from "./key-managers";
import { startSlowProxy } from "./slow-proxy";

afterEach(closeAll);

const rekey = "RekeySoftwareEncryptionAtRestMasterKey";

/** A rekey that has begun, and waits for the first byte of its key server. */
async function waitingRekey(switches: Partial<Switches>) {
  const cluster = await startCluster({ switches });
  await call(cluster, "CreatePublicPrivateKeyPair");
  const { server, authority } = await startKeyManager();
  const proxy = await startSlowProxy(server);
  const { keyProviderID } = await connectKeyManager(cluster, { server: proxy, authority });
  const external = { keyManagementType: "external", keyProviderID } as const;
  const connectionsBefore = proxy.connections;
  proxy.hold();
  const { asyncHandle } = await call(cluster, rekey, external);
  await pollUntil(
    async () => proxy.connections,
    (connections) => connections > connectionsBefore,
  );
  return { cluster, server, proxy, external, asyncHandle };
}

test("a rekey waits for a slow key server, and the cluster goes on answering meanwhile", async () => {
  const { cluster, server, proxy, external, asyncHandle } = await waitingRekey({ kmipTimeoutMs: 60_000 });
  expect(await call(cluster, "GetAsyncResult", { asyncHandle })).toMatchObject({
    status: "running",
    details: { state: "CreateNewMasterKey" },
  });
  expect(await call(cluster, "GetSoftwareEncryptionAtRestInfo")).toMatchObject({
    masterKeyInfo: { keyManagementType: "internal" },
    rekeyMasterKeyAsyncResultID: asyncHandle,
  });
  expect((await refusal(cluster, rekey, external)).name).toBe("xRekeyInProgress");
  expect(server.objects()).toEqual([]);

  proxy.release();
  expect((await completed(cluster, asyncHandle)).result).toMatchObject({ state: "Ready", newKey: external });
  expect(server.objects()).toMatchObject([{ state: "Active" }]);
  expect(await cluster.unwrapDataKey()).toBe(true);
});

test("a key server that is too slow fails the rekey, the old key stays in force, and the next rekey succeeds", async () => {
  const { cluster, server, proxy, external, asyncHandle } = await waitingRekey({ kmipTimeoutMs: 150 });
  expect((await completed(cluster, asyncHandle)).error).toMatchObject({ name: "xKmipConnectionFailure" });
  const info = await call(cluster, "GetSoftwareEncryptionAtRestInfo");
  expect(info.masterKeyInfo?.keyManagementType).toBe("internal");
  expect(server.objects()).toEqual([]);
  expect(await cluster.unwrapDataKey()).toBe(true);

  cluster.switches.kmipTimeoutMs = 60_000;
  proxy.release();
  const again = await call(cluster, rekey, external);
  expect((await completed(cluster, again.asyncHandle)).result).toMatchObject({ state: "Ready", newKey: external });
  expect(server.objects()).toMatchObject([{ state: "Active" }]);
  expect(await cluster.unwrapDataKey()).toBe(true);
});

test("a call that is under way when the cluster closes does nothing to what is started after it", async () => {
  const stateDir = await temporaryFolder();
  const cluster = await startCluster({ stateDir, switches: { kmipTimeoutMs: 60_000 } });
  await call(cluster, "CreatePublicPrivateKeyPair");
  const { server, authority } = await startKeyManager();
  const proxy = await startSlowProxy(server);
  const { keyServerID } = await connectKeyManager(cluster, { server: proxy, authority });
  proxy.hold();
  const connectionsBefore = proxy.connections;
  const broken = call(cluster, "ModifyKeyServerKmip", { keyServerID, kmipKeyServerName: "late" }).catch(() => {});
  await pollUntil(
    async () => proxy.connections,
    (connections) => connections > connectionsBefore,
  );
  await cluster.close();
  await broken;

  const next = await startCluster({ stateDir });
  proxy.release();
  await pollUntil(
    async () => cluster.state().keyServers[0]?.kmipKeyServerName,
    (name) => name === "late",
  );
  await cluster.mutate(() => {});
  expect(JSON.parse(await readFile(join(stateDir, "cluster.json"), "utf8"))).toMatchObject({
    state: { keyServers: [{ kmipKeyServerName: "eks" }] },
  });
  expect(next.state().keyServers).toMatchObject([{ kmipKeyServerName: "eks" }]);
});
