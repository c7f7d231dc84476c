import { KmipClient, type OperationSet } from "../../../kmip";
import { issue } from "../../kit/certificates";
import { closeAll, temporaryFolder } from "../cleanup";
import { call, completed, pollUntil } from "./api-caller";
import { soon, startCluster } from "./clusters";
import { authority, connectKeyManager, startKeyManager } from "./key-managers";

afterEach(closeAll);

const day = 86_400_000;

async function activeCluster({
  now,
  days,
  ...offers
}: {
  now?: () => Date;
  days?: number;
  operations?: OperationSet;
  customAttributes?: boolean;
} = {}) {
  const cluster = await startCluster({ now, switches: { faultCacheSeconds: 0 } });
  await call(cluster, "CreatePublicPrivateKeyPair");
  const stateDir = await temporaryFolder();
  const manager = await startKeyManager({ stateDir, ...offers });
  const ids = await connectKeyManager(cluster, manager, days);
  const { asyncHandle } = await call(cluster, "RekeySoftwareEncryptionAtRestMasterKey", {
    keyManagementType: "external",
    keyProviderID: ids.keyProviderID,
  });
  await completed(cluster, asyncHandle);
  return { cluster, manager, stateDir, ...ids };
}

const faultsOf = async (cluster: Parameters<typeof call>[0], faultTypes: "current" | "resolved" | "all" = "all") =>
  (await call(cluster, "ListClusterFaults", { faultTypes })).faults;

test("a key server that is lost while in use is a fault until it is back", async () => {
  const { cluster, manager, stateDir, keyServerID } = await activeCluster();
  expect(await faultsOf(cluster)).toEqual([]);
  await manager.server.close();
  const [fault, ...others] = await faultsOf(cluster, "current");
  expect(others).toEqual([]);
  expect(fault).toMatchObject({ code: "kmipServerFault", resolved: false, resolvedDate: "", data: { keyServerID } });
  expect(fault?.details).toContain("Connection failure");
  expect(await faultsOf(cluster)).toHaveLength(1);

  await startKeyManager({ stateDir, port: manager.server.port });
  expect(await faultsOf(cluster, "current")).toEqual([]);
  expect(await faultsOf(cluster, "resolved")).toMatchObject([
    { clusterFaultID: fault?.clusterFaultID, resolved: true, resolvedDate: expect.stringMatching(/\.\d{6}Z$/) },
  ]);
  await call(cluster, "ClearClusterFaults");
  expect(await faultsOf(cluster)).toEqual([]);
});

test("a key in use that its key server does not give out is a fault, although the server works", async () => {
  const { cluster, manager, keyProviderID } = await activeCluster();
  const { masterKey } = cluster.state().softwareEncryption;
  const account = issue(authority, { commonName: "administrator", usage: "client" });
  const { host, port } = manager.server;
  const client = await KmipClient.connect({ ...account, host, port, ca: authority.certificate });
  try {
    for (const [spoil, state] of [
      ["revoke", "Deactivated"],
      ["destroy", "not there"],
    ] as const) {
      await client[spoil](masterKey?.kmipUid ?? "");
      expect(await faultsOf(cluster, "current")).toMatchObject([
        { code: "kmipServerFault", details: expect.stringContaining(`key ${masterKey?.keyID} is ${state}`) },
      ]);
    }
  } finally {
    await client.close();
  }
  await call(cluster, "TestKeyProviderKmip", { keyProviderID });
});

test.each<[operations: OperationSet, customAttributes: boolean]>([
  ["minimal", true],
  ["minimal", false],
  ["withoutQuery", true],
])(
  "what a key server does not offer is no answer about a key: %s, custom attributes: %s",
  async (operations, customAttributes) => {
    const { cluster, manager, keyProviderID, keyServerID } = await activeCluster({ operations, customAttributes });
    await call(cluster, "TestKeyServerKmip", { keyServerID });
    await call(cluster, "TestKeyProviderKmip", { keyProviderID });
    expect(await faultsOf(cluster)).toEqual([]);
    expect(await cluster.unwrapDataKey()).toBe(true);
    const { masterKeyInfo } = await call(cluster, "GetSoftwareEncryptionAtRestInfo");
    const client = await KmipClient.connect({
      ...{ host: "127.0.0.1", port: manager.server.port, ca: authority.certificate },
      ...issue(authority, { commonName: "administrator", usage: "client" }),
    });
    const [held] = manager.server.objects();
    await client.revoke(held?.uid ?? "");
    await client.destroy(held?.uid ?? "");
    await client.close();
    expect(await faultsOf(cluster)).toMatchObject([
      { details: expect.stringContaining(`key ${masterKeyInfo?.keyID} is not there`) },
    ]);
  },
);

test("another key pair is an authentication failure", async () => {
  const { cluster } = await activeCluster();
  await call(cluster, "CreatePublicPrivateKeyPair");
  expect(await faultsOf(cluster)).toMatchObject([
    { code: "kmipServerFault", details: expect.stringContaining("Authentication failure") },
  ]);
});

test("the list is as old as its cache allows", async () => {
  let now = soon();
  const { cluster, manager } = await activeCluster({ now: () => now });
  cluster.switches.faultCacheSeconds = 30;
  expect(await faultsOf(cluster)).toEqual([]);
  await manager.server.close();
  now = new Date(now.getTime() + 29_000);
  expect(await faultsOf(cluster)).toEqual([]);
  now = new Date(now.getTime() + 1_000);
  expect(await faultsOf(cluster)).toHaveLength(1);
});

test("a certificate is a fault from 30 days before its end", async () => {
  let now = soon();
  const { cluster } = await activeCluster({ now: () => now, days: 40 });
  expect(await faultsOf(cluster)).toEqual([]);
  now = new Date(now.getTime() + 11 * day);
  expect(await faultsOf(cluster)).toMatchObject([
    { code: "kmipCertificateFault", severity: "warning", data: { certificate: "Client certificate" } },
  ]);
  now = new Date(now.getTime() + 30 * day);
  expect((await faultsOf(cluster)).filter(({ code }) => code === "kmipCertificateFault")).toMatchObject([
    { details: expect.stringContaining("expired on") },
  ]);
});

test("a certificate is a fault before its validity begins", async () => {
  let now = soon();
  const { cluster, keyServerID } = await activeCluster({ now: () => now });
  now = new Date(now.getTime() - 10 * day);
  const early = async () =>
    (await faultsOf(cluster, "current")).filter(({ details }) => details.startsWith("Client certificate"));
  expect(await early()).toMatchObject([
    {
      code: "kmipCertificateFault",
      severity: "error",
      details: expect.stringMatching(/is not valid before \d{4}-/),
      data: { keyServerID, certificate: "Client certificate" },
    },
  ]);
  now = new Date(now.getTime() + 11 * day);
  expect(await early()).toEqual([]);
});

test("a certificate that is none is a fault", async () => {
  const { cluster, keyServerID } = await activeCluster();
  await cluster.mutate(({ keyServers }) => {
    for (const server of keyServers) server.kmipCaCertificate = "nonsense";
  });
  const found = (await faultsOf(cluster)).filter(({ code }) => code === "kmipCertificateFault");
  expect(found).toMatchObject([{ severity: "error", data: { keyServerID, certificate: "Root CA certificate" } }]);
});

test("an old key is destroyed once its server is back, and its provider is active until then", async () => {
  const { cluster, manager, stateDir, keyProviderID } = await activeCluster();
  const rekey = "RekeySoftwareEncryptionAtRestMasterKey";
  const isActive = async () =>
    (await call(cluster, "GetKeyProviderKmip", { keyProviderID })).kmipKeyProvider.keyProviderIsActive;
  cluster.switches.rekeySeconds = 1.5;
  const { asyncHandle } = await call(cluster, rekey, { keyManagementType: "internal" });
  await pollUntil(
    async () => cluster.state().softwareEncryption.dataKey?.wrapped,
    (copies) => copies?.length === 2,
  );
  cluster.switches.rekeySeconds = 600;
  await manager.server.close();
  cluster.switches.rekeySeconds = 0;
  expect(await completed(cluster, asyncHandle)).toMatchObject({ result: { state: "Ready" } });
  expect((await call(cluster, "GetSoftwareEncryptionAtRestInfo")).masterKeyInfo?.keyManagementType).toBe("internal");
  expect(await isActive()).toBe(true);

  const again = await startKeyManager({ stateDir, port: manager.server.port });
  await faultsOf(cluster);
  expect(await isActive()).toBe(false);
  expect(again.server.objects()).toMatchObject([{ state: "Destroyed" }]);
  expect(await cluster.unwrapDataKey()).toBe(true);
});
