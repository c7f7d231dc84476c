import type { OperationSet } from "../../../kmip";
import type { Switches } from "../../../simulator/element";
import { makeAuthority } from "../../kit/certificates";
import { closeAll, temporaryFolder } from "../cleanup";
import { call, completed, pollUntil, refusal } from "./api-caller";
import { startCluster } from "./clusters";
import { certifyCluster, connectKeyManager, startKeyManager } from "./key-managers";

afterEach(closeAll);

const rekey = "RekeySoftwareEncryptionAtRestMasterKey";

async function connectedCluster(
  options: Parameters<typeof startCluster>[0] = {},
  custom = true,
  operations: OperationSet = "full",
) {
  const cluster = await startCluster(options);
  await call(cluster, "CreatePublicPrivateKeyPair", { commonName: "cluster" });
  const manager = await startKeyManager({ customAttributes: custom, operations });
  const ids = await connectKeyManager(cluster, manager);
  return { cluster, manager, ...ids };
}

test.each([true, false])("a rekey there and back; the key server takes custom attributes: %s", async (custom) => {
  const { cluster, manager, keyProviderID } = await connectedCluster({}, custom);
  expect(await cluster.unwrapDataKey()).toBe(true);
  const { masterKeyInfo: initial } = await call(cluster, "GetSoftwareEncryptionAtRestInfo");

  const { asyncHandle } = await call(cluster, rekey, { keyManagementType: "External", keyProviderID });
  expect(await completed(cluster, asyncHandle)).toMatchObject({
    result: {
      state: "Ready",
      keyToDecommission: { keyID: initial?.keyID, keyManagementType: "internal" },
      newKey: { keyManagementType: "external", keyProviderID },
    },
  });
  const { masterKeyInfo } = await call(cluster, "GetSoftwareEncryptionAtRestInfo");
  expect(masterKeyInfo).toEqual({
    keyID: expect.not.stringMatching(initial?.keyID ?? ""),
    keyManagementType: "external",
    keyProviderID,
    keyCreatedTime: expect.any(String),
  });
  const marker = `x-SolidFire-KeyID-${masterKeyInfo?.keyID}`;
  expect(manager.server.objects()).toMatchObject([
    custom
      ? { state: "Active", length: 256, customAttributes: { [marker]: masterKeyInfo?.keyID }, names: [] }
      : { state: "Active", length: 256, customAttributes: {}, names: [marker] },
  ]);
  expect(await cluster.unwrapDataKey()).toBe(true);
  expect((await call(cluster, "GetKeyProviderKmip", { keyProviderID })).kmipKeyProvider.keyProviderIsActive).toBe(true);
  expect((await refusal(cluster, "DeleteKeyProviderKmip", { keyProviderID })).name).toBe("xKeyProviderInUse");

  await completed(cluster, (await call(cluster, rekey, { keyManagementType: "Internal" })).asyncHandle);
  expect(manager.server.objects()).toMatchObject([{ state: "Destroyed" }]);
  expect(await cluster.unwrapDataKey()).toBe(true);
  expect((await call(cluster, "GetKeyProviderKmip", { keyProviderID })).kmipKeyProvider.keyProviderIsActive).toBe(
    false,
  );
  await call(cluster, "DeleteKeyProviderKmip", { keyProviderID });
});

test("a rekey without parameters rotates within the present configuration", async () => {
  const { cluster, manager, keyProviderID } = await connectedCluster();
  await completed(cluster, (await call(cluster, rekey, { keyManagementType: "external", keyProviderID })).asyncHandle);
  const result = await completed(cluster, (await call(cluster, rekey, {})).asyncHandle);
  expect(result.result).toMatchObject({ newKey: { keyProviderID }, keyToDecommission: { keyProviderID } });
  expect(manager.server.objects().map(({ state }) => state)).toEqual(["Destroyed", "Active"]);
  expect(await cluster.unwrapDataKey()).toBe(true);
});

test("a rekey onto a key server that is away fails in its result, and the old key stays in force", async () => {
  const { cluster, manager, keyProviderID } = await connectedCluster();
  const before = await call(cluster, "GetSoftwareEncryptionAtRestInfo");
  await manager.server.close();
  const { asyncHandle } = await call(cluster, rekey, { keyManagementType: "external", keyProviderID });
  const result = await completed(cluster, asyncHandle);
  expect(result.error).toMatchObject({ name: "xKmipConnectionFailure" });
  expect(result).not.toHaveProperty("result");
  expect(await call(cluster, "GetSoftwareEncryptionAtRestInfo")).toMatchObject(before);
  expect(await cluster.unwrapDataKey()).toBe(true);
  expect((await call(cluster, "GetKeyProviderKmip", { keyProviderID })).kmipKeyProvider.keyProviderIsActive).toBe(
    false,
  );
  expect((await call(cluster, "ListAsyncResults")).asyncHandles).toMatchObject([{ completed: true, success: false }]);
});

test.each<[Partial<Switches>, string[]]>([
  [
    {},
    [
      "CreateNewMasterKey internal",
      "RewrapDataEncryptionKeys internal",
      "DecommissionOldMasterKey external",
      "complete external",
    ],
  ],
  [
    {
      masterKeyFlip: "Ready",
      rekeyStates: ["RewrapDataEncryptionKeys", "CreateNewMasterKey", "DecommissionOldMasterKey", "Ready"],
    },
    [
      "RewrapDataEncryptionKeys internal",
      "CreateNewMasterKey internal",
      "DecommissionOldMasterKey internal",
      "complete external",
    ],
  ],
])("with the switches %j the steps show as %j", async (switches, moments) => {
  let now = new Date();
  const { cluster, keyProviderID } = await connectedCluster({ now: () => now, rekeySeconds: 600, switches });
  const { asyncHandle } = await call(cluster, rekey, { keyManagementType: "external", keyProviderID });
  const moment = async () => {
    const { status, details } = await call(cluster, "GetAsyncResult", { asyncHandle, keepResult: true });
    const { masterKeyInfo } = await call(cluster, "GetSoftwareEncryptionAtRestInfo");
    return `${details?.state ?? status} ${masterKeyInfo?.keyManagementType}`;
  };
  for (const expected of moments) {
    expect(await pollUntil(moment, (seen) => seen === expected)).toBe(expected);
    now = new Date(now.getTime() + 201_000);
  }
});

test("a cluster that is closed in the middle of a rekey goes on after its restart, without a second key", async () => {
  const stateDir = await temporaryFolder();
  const { cluster, manager, keyProviderID } = await connectedCluster({ stateDir, rekeySeconds: 600 });
  const { asyncHandle } = await call(cluster, rekey, { keyManagementType: "external", keyProviderID });
  await pollUntil(
    async () => manager.server.objects(),
    (objects) => objects[0]?.state === "Active",
  );
  await cluster.close();

  const restarted = await startCluster({ stateDir });
  expect(restarted.certificate).toBe(cluster.certificate);
  expect(restarted.password).toBe(cluster.password);
  expect(restarted.state().identity).toEqual(cluster.state().identity);
  expect((await completed(restarted, asyncHandle)).result).toMatchObject({ state: "Ready" });
  expect(manager.server.objects()).toHaveLength(1);
  expect(await restarted.unwrapDataKey()).toBe(true);
});

test("a key that was created but not noted before the end is found again", async () => {
  for (const [custom, operations] of [
    [true, "full"],
    [false, "full"],
    [true, "minimal"],
  ] as const) {
    const stateDir = await temporaryFolder();
    const options = { stateDir, rekeySeconds: 600 };
    const { cluster, manager, keyProviderID } = await connectedCluster(options, custom, operations);
    const { asyncHandle } = await call(cluster, rekey, { keyManagementType: "external", keyProviderID });
    await pollUntil(
      async () => manager.server.objects(),
      (objects) => objects[0]?.state === "Active",
    );
    await cluster.mutate(({ softwareEncryption }) => {
      if (softwareEncryption.rekey) delete softwareEncryption.rekey.newKey.kmipUid;
    });
    await cluster.close();
    const restarted = await startCluster({ stateDir });
    expect((await completed(restarted, asyncHandle)).result).toMatchObject({ state: "Ready" });
    expect(manager.server.objects()).toHaveLength(1);
    expect(await restarted.unwrapDataKey()).toBe(true);
  }
});

describe("contact with the key server", () => {
  test("functions with the right certificates, assigned or not", async () => {
    const { cluster, keyProviderID, keyServerID } = await connectedCluster();
    expect(await call(cluster, "TestKeyServerKmip", { keyServerID })).toEqual({});
    expect(await call(cluster, "TestKeyProviderKmip", { keyProviderID })).toEqual({});
    const renamed = await call(cluster, "ModifyKeyServerKmip", { keyServerID, kmipKeyServerName: "renamed" });
    expect(renamed.kmipKeyServer.kmipKeyServerName).toBe("renamed");
  });

  test("considers all host names", async () => {
    const { cluster, keyServerID } = await connectedCluster();
    const kmipKeyServerHostnames = ["nowhere.invalid", "127.0.0.1"];
    await call(cluster, "ModifyKeyServerKmip", { keyServerID, kmipKeyServerHostnames });
    expect(await call(cluster, "TestKeyServerKmip", { keyServerID })).toEqual({});
  });

  test("fails once the key pair is another one, until a certificate for it is stored", async () => {
    const { cluster, manager, keyServerID } = await connectedCluster();
    await call(cluster, "CreatePublicPrivateKeyPair", {});
    expect((await refusal(cluster, "TestKeyServerKmip", { keyServerID })).name).toBe("xKmipAuthenticationFailure");
    const kmipClientCertificate = await certifyCluster(cluster, manager.authority);
    await call(cluster, "ModifyKeyServerKmip", { keyServerID, kmipClientCertificate });
    expect(await call(cluster, "TestKeyServerKmip", { keyServerID })).toEqual({});
  });

  test("fails with another authority's certificate on either side", async () => {
    const { cluster, keyServerID } = await connectedCluster();
    const stranger = makeAuthority();
    const kmipClientCertificate = await certifyCluster(cluster, stranger);
    for (const changes of [{ kmipClientCertificate }, { kmipCaCertificate: stranger.certificate }]) {
      const { name } = await refusal(cluster, "ModifyKeyServerKmip", { keyServerID, ...changes });
      expect(name).toBe("xKmipAuthenticationFailure");
    }
    expect(await call(cluster, "TestKeyServerKmip", { keyServerID })).toEqual({});
  });

  test("fails with a closed port as a connection", async () => {
    const { cluster, manager, keyServerID, keyProviderID } = await connectedCluster();
    await manager.server.close();
    for (const [method, params] of [
      ["TestKeyServerKmip", { keyServerID }],
      ["TestKeyProviderKmip", { keyProviderID }],
      ["ModifyKeyServerKmip", { keyServerID, kmipKeyServerName: "cosmetic" }],
    ] as const) {
      expect((await refusal(cluster, method, params)).name).toBe("xKmipConnectionFailure");
    }
  });

  test("takes several authorities, one after the other in one text", async () => {
    const { cluster, manager, keyServerID } = await connectedCluster();
    const kmipCaCertificate = `${makeAuthority({ commonName: "Another" }).certificate}${manager.authority.certificate}`;
    const changed = await call(cluster, "ModifyKeyServerKmip", { keyServerID, kmipCaCertificate });
    expect(changed.kmipKeyServer).toMatchObject({ kmipCaCertificate, kmipKeyServerPort: manager.server.port });
    expect(await call(cluster, "TestKeyServerKmip", { keyServerID })).toEqual({});
  });

  test("is what an assignment needs: without it the server stays unassigned", async () => {
    const { cluster, manager, keyServerID } = await connectedCluster();
    await call(cluster, "RemoveKeyServerFromProviderKmip", { keyServerID });
    const { kmipKeyProvider } = await call(cluster, "CreateKeyProviderKmip", { keyProviderName: "other" });
    await manager.server.close();
    const { keyProviderID } = kmipKeyProvider;
    const { name } = await refusal(cluster, "AddKeyServerToProviderKmip", { keyProviderID, keyServerID });
    expect(name).toBe("xKmipConnectionFailure");
    expect((await call(cluster, "GetKeyServerKmip", { keyServerID })).kmipKeyServer.keyProviderID).toBeNull();
    expect((await call(cluster, "GetKeyProviderKmip", { keyProviderID })).kmipKeyProvider).toEqual(kmipKeyProvider);
  });

  test("is a server error when the server does not have the key", async () => {
    const { cluster, keyProviderID } = await connectedCluster();
    const external = { keyManagementType: "external", keyProviderID } as const;
    await completed(cluster, (await call(cluster, rekey, external)).asyncHandle);
    await cluster.mutate(({ softwareEncryption }) => {
      if (softwareEncryption.masterKey) softwareEncryption.masterKey.kmipUid = "lost";
    });
    expect(await cluster.unwrapDataKey()).toBe(false);
    const { asyncHandle } = await call(cluster, rekey, { keyManagementType: "internal" });
    expect((await completed(cluster, asyncHandle)).error).toMatchObject({
      name: "xKmipServerError",
      message: expect.stringContaining("Server failure"),
    });
  });

  test("with several servers a provider loses all but the last while it is active", async () => {
    const { cluster, keyProviderID, keyServerID } = await connectedCluster({
      switches: { multipleServersPerProvider: true },
    });
    const { keyServerID: _, ...params } = (await call(cluster, "GetKeyServerKmip", { keyServerID })).kmipKeyServer;
    const second = (await call(cluster, "CreateKeyServerKmip", params)).kmipKeyServer.keyServerID;
    await call(cluster, "AddKeyServerToProviderKmip", { keyProviderID, keyServerID: second });
    const external = { keyManagementType: "external", keyProviderID } as const;
    await completed(cluster, (await call(cluster, rekey, external)).asyncHandle);
    await call(cluster, "RemoveKeyServerFromProviderKmip", { keyServerID });
    expect((await call(cluster, "GetKeyProviderKmip", { keyProviderID })).kmipKeyProvider).toMatchObject({
      keyServerIDs: [second],
      keyProviderIsActive: true,
    });
    for (const method of ["RemoveKeyServerFromProviderKmip", "DeleteKeyServerKmip"]) {
      expect((await refusal(cluster, method, { keyServerID: second })).name).toBe("xKeyServerInUse");
    }
    expect(await cluster.unwrapDataKey()).toBe(true);
  });
});
