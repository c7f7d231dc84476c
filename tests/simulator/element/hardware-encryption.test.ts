import { closeAll, temporaryFolder } from "../cleanup";
import { call, pollUntil, refusal } from "./api-caller";
import { startCluster } from "./clusters";
import { connectKeyManager, startKeyManager } from "./key-managers";

afterEach(closeAll);

async function reaches(cluster: Parameters<typeof call>[0], state: string): Promise<void> {
  await pollUntil(
    async () => (await call(cluster, "GetClusterInfo")).clusterInfo.encryptionAtRestState,
    (present) => present === state,
  );
}

test("enabling with internal keys and disabling step through their states", async () => {
  const cluster = await startCluster({ switches: { hardwareEncryptionSeconds: 0.2 } });
  expect(await call(cluster, "GetEncryptionAtRestInfo")).toEqual({ state: "disabled" });
  expect(await call(cluster, "EnableEncryptionAtRest")).toEqual({});
  expect((await call(cluster, "GetClusterInfo")).clusterInfo.encryptionAtRestState).toBe("enabling");
  expect((await refusal(cluster, "DisableEncryptionAtRest")).name).toBe("xEncryptionAtRestTransitionInProgress");
  await reaches(cluster, "enabled");
  expect(await call(cluster, "GetEncryptionAtRestInfo")).toMatchObject({
    state: "enabled",
    authenticationKeyInfo: { keyManagementType: "internal" },
  });
  await call(cluster, "DisableEncryptionAtRest");
  expect((await call(cluster, "GetClusterInfo")).clusterInfo.encryptionAtRestState).toBe("disabling");
  await reaches(cluster, "disabled");
  expect(await call(cluster, "DisableEncryptionAtRest")).toEqual({});
});

test("with a provider the key is on its server, and the provider is active until disabling has finished", async () => {
  const stateDir = await temporaryFolder();
  const cluster = await startCluster({ stateDir, switches: { hardwareEncryptionSeconds: 0.2 } });
  await call(cluster, "CreatePublicPrivateKeyPair");
  const manager = await startKeyManager();
  const { keyProviderID } = await connectKeyManager(cluster, manager);
  const isActive = async (target = cluster) =>
    (await call(target, "GetKeyProviderKmip", { keyProviderID })).kmipKeyProvider.keyProviderIsActive;

  await call(cluster, "EnableEncryptionAtRest", { keyProviderID });
  expect(await isActive()).toBe(true);
  await reaches(cluster, "enabled");
  const { authenticationKeyInfo } = await call(cluster, "GetEncryptionAtRestInfo");
  expect(authenticationKeyInfo).toMatchObject({ keyManagementType: "external", keyProviderID });
  const { drives } = await call(cluster, "ListDrives");
  expect(new Set(drives.map(({ keyID }) => keyID))).toEqual(new Set([authenticationKeyInfo?.keyID]));
  expect(manager.server.objects()).toMatchObject([{ state: "Active" }]);

  await call(cluster, "EnableEncryptionAtRest");
  expect((await call(cluster, "GetEncryptionAtRestInfo")).authenticationKeyInfo).toEqual(authenticationKeyInfo);
  cluster.switches.enableWhileEnabled = "refuse";
  expect((await refusal(cluster, "EnableEncryptionAtRest")).name).toBe("xEncryptionAtRestAlreadyEnabled");

  cluster.switches.hardwareEncryptionSeconds = 600;
  await call(cluster, "DisableEncryptionAtRest");
  expect(await isActive()).toBe(true);
  await cluster.close();
  const restarted = await startCluster({ stateDir, switches: { hardwareEncryptionSeconds: 0 } });
  await pollUntil(
    () => isActive(restarted),
    (active) => !active,
  );
  expect(manager.server.objects()).toMatchObject([{ state: "Destroyed" }]);
});

test("an unreachable key server fails the call and leaves encryption off", async () => {
  const cluster = await startCluster();
  await call(cluster, "CreatePublicPrivateKeyPair");
  const manager = await startKeyManager();
  const { keyProviderID } = await connectKeyManager(cluster, manager);
  await manager.server.close();
  expect((await refusal(cluster, "EnableEncryptionAtRest", { keyProviderID })).name).toBe("xKmipConnectionFailure");
  expect(await call(cluster, "GetEncryptionAtRestInfo")).toEqual({ state: "disabled" });
  expect((await call(cluster, "GetKeyProviderKmip", { keyProviderID })).kmipKeyProvider.keyProviderIsActive).toBe(
    false,
  );
});

test("the UI's button in the middle of enabling lets go of the provider, and the first job changes nothing any more", async () => {
  let now = new Date();
  const cluster = await startCluster({ now: () => now, control: true, switches: { hardwareEncryptionSeconds: 10 } });
  await call(cluster, "CreatePublicPrivateKeyPair");
  const manager = await startKeyManager();
  const { keyProviderID } = await connectKeyManager(cluster, manager);
  await call(cluster, "EnableEncryptionAtRest", { keyProviderID });
  now = new Date(now.getTime() + 6_000);
  const body = JSON.stringify({ action: "enableHardwareEncryptionInternally" });
  expect((await fetch(`${cluster.controlEndpoint}/mutate`, { method: "POST", body })).status).toBe(200);
  expect(manager.server.objects()).toMatchObject([{ state: "Destroyed" }]);
  expect((await call(cluster, "GetKeyProviderKmip", { keyProviderID })).kmipKeyProvider.keyProviderIsActive).toBe(
    false,
  );
  const shown: unknown[] = [];
  now = new Date(now.getTime() + 6_000);
  await pollUntil(
    async () => {
      const { state, authenticationKeyInfo } = await call(cluster, "GetEncryptionAtRestInfo");
      shown.push([state, authenticationKeyInfo?.keyManagementType]);
      return shown.length;
    },
    (asked) => asked > 10,
  );
  expect(new Set(shown.map((pair) => JSON.stringify(pair)))).toEqual(new Set(['["enabling","internal"]']));
  now = new Date(now.getTime() + 6_000);
  await reaches(cluster, "enabled");
  const { authenticationKeyInfo } = await call(cluster, "GetEncryptionAtRestInfo");
  expect(authenticationKeyInfo).toMatchObject({ keyManagementType: "internal" });
  const { drives } = await call(cluster, "ListDrives");
  expect(new Set(drives.map(({ keyID }) => keyID))).toEqual(new Set([authenticationKeyInfo?.keyID]));
});

test.each([
  ["nonEncryptableNode", "xEncryptionNotAllowed", "non-encryptable node"],
  ["demo", "xAPINotPermitted", "not permitted"],
] as const)("a cluster of the kind %s refuses it", async (hardwareEncryption, name, words) => {
  const cluster = await startCluster({ switches: { hardwareEncryption } });
  const refused = await refusal(cluster, "EnableEncryptionAtRest");
  expect(refused).toMatchObject({ name, message: expect.stringContaining(words) });
  expect(await call(cluster, "GetEncryptionAtRestInfo")).toEqual({ state: "disabled" });
});

test("it is toggled on a healthy cluster only", async () => {
  const cluster = await startCluster({ switches: { hardwareEncryptionSeconds: 0 } });
  await call(cluster, "EnableEncryptionAtRest");
  await reaches(cluster, "enabled");
  await cluster.mutate(({ drives: [drive] }) => Object.assign(drive ?? {}, { status: "failed" }));
  expect((await refusal(cluster, "DisableEncryptionAtRest")).name).toBe("xClusterUnhealthy");
  cluster.switches.toggleWhileUnhealthy = "allow";
  await call(cluster, "DisableEncryptionAtRest");
  await reaches(cluster, "disabled");
  cluster.switches.toggleWhileUnhealthy = "refuse";
  expect((await refusal(cluster, "EnableEncryptionAtRest")).name).toBe("xClusterUnhealthy");
});
