import { closeAll } from "../cleanup";
import { call, rawCall, refusal } from "./api-caller";
import { serverParams, startCluster } from "./clusters";

afterEach(closeAll);

test("a created server is unassigned, has the default port, and is echoed unchanged without being contacted", async () => {
  const { kmipKeyServer } = await call(await startCluster(), "CreateKeyServerKmip", serverParams);
  expect(kmipKeyServer).toEqual({
    ...serverParams,
    kmipKeyServerPort: 5696,
    keyServerID: 1,
    keyProviderID: null,
    kmipAssignedProviderIsActive: null,
  });
});

test("a created provider is inactive and without servers", async () => {
  const { kmipKeyProvider } = await call(await startCluster(), "CreateKeyProviderKmip", { keyProviderName: "p" });
  expect(kmipKeyProvider).toEqual({
    keyProviderID: 1,
    keyProviderName: "p",
    keyProviderIsActive: false,
    keyServerIDs: [],
    kmipCapabilities: expect.any(String),
  });
});

test("equal creates give distinct objects, and ids are never used again", async () => {
  const cluster = await startCluster();
  const create = async () => (await call(cluster, "CreateKeyServerKmip", serverParams)).kmipKeyServer.keyServerID;
  expect([await create(), await create()]).toEqual([1, 2]);
  await call(cluster, "DeleteKeyServerKmip", { keyServerID: 2 });
  expect(await create()).toBe(3);
  const provider = async () =>
    (await call(cluster, "CreateKeyProviderKmip", { keyProviderName: "p" })).kmipKeyProvider.keyProviderID;
  expect([await provider(), await provider()]).toEqual([1, 2]);
  await call(cluster, "DeleteKeyProviderKmip", { keyProviderID: 2 });
  expect(await provider()).toBe(3);
});

test("a modify with nothing but the id succeeds and changes nothing", async () => {
  const cluster = await startCluster();
  const { kmipKeyServer } = await call(cluster, "CreateKeyServerKmip", serverParams);
  expect(await call(cluster, "ModifyKeyServerKmip", { keyServerID: 1 })).toEqual({ kmipKeyServer });
});

test("a modify whose server does not function changes nothing", async () => {
  const cluster = await startCluster();
  await call(cluster, "CreatePublicPrivateKeyPair", {});
  const { kmipKeyServer } = await call(cluster, "CreateKeyServerKmip", { ...serverParams, kmipKeyServerPort: 1 });
  const { name } = await refusal(cluster, "ModifyKeyServerKmip", { keyServerID: 1, kmipKeyServerName: "renamed" });
  expect(name).toMatch(/^xKmip/);
  expect(await call(cluster, "GetKeyServerKmip", { keyServerID: 1 })).toEqual({ kmipKeyServer });
});

test.each([
  ["GetKeyServerKmip", { keyServerID: 9 }, "xKeyServerDoesNotExist"],
  ["ModifyKeyServerKmip", { keyServerID: 9 }, "xKeyServerDoesNotExist"],
  ["DeleteKeyServerKmip", { keyServerID: 9 }, "xKeyServerDoesNotExist"],
  ["TestKeyServerKmip", { keyServerID: 9 }, "xKeyServerDoesNotExist"],
  ["RemoveKeyServerFromProviderKmip", { keyServerID: 9 }, "xKeyServerDoesNotExist"],
  ["GetKeyProviderKmip", { keyProviderID: 9 }, "xKeyProviderDoesNotExist"],
  ["DeleteKeyProviderKmip", { keyProviderID: "9" }, "xKeyProviderDoesNotExist"],
  ["TestKeyProviderKmip", { keyProviderID: 9 }, "xKeyProviderDoesNotExist"],
  ["AddKeyServerToProviderKmip", { keyProviderID: 9, keyServerID: 9 }, "xKeyProviderDoesNotExist"],
  ["EnableEncryptionAtRest", { keyProviderID: 9 }, "xKeyProviderDoesNotExist"],
  [
    "RekeySoftwareEncryptionAtRestMasterKey",
    { keyManagementType: "external", keyProviderID: 9 },
    "xKeyProviderDoesNotExist",
  ],
])("%s of what does not exist is refused", async (method, params, name) => {
  const cluster = await startCluster();
  expect(await refusal(cluster, method, params)).toMatchObject({ code: 500, name });
  cluster.switches.errorNames.keyServerDoesNotExist = "xGone";
  cluster.switches.errorNames.keyProviderDoesNotExist = "xGone";
  expect((await refusal(cluster, method, params)).name).toBe("xGone");
});

test.each(["EnableEncryptionAtRest", "TestKeyProviderKmip", "RekeySoftwareEncryptionAtRestMasterKey"])(
  "%s with a provider that has no server is refused",
  async (method) => {
    const cluster = await startCluster();
    await call(cluster, "CreateKeyProviderKmip", { keyProviderName: "p" });
    const type = method.startsWith("Rekey") ? { keyManagementType: "External" } : {};
    expect((await refusal(cluster, method, { keyProviderID: 1, ...type })).name).toBe("xKeyProviderHasNoServer");
  },
);

test.each<[string, Record<string, unknown>, number[]]>([
  ["everything", {}, [1, 2, 3]],
  ["a provider's", { keyProviderID: "1" }, [2]],
  ["assigned ones", { kmipHasProviderAssigned: true }, [2, 3]],
  ["unassigned ones", { kmipHasProviderAssigned: false }, [1]],
  ["those of active providers", { kmipAssignedProviderIsActive: true }, [3]],
  ["those that may be deleted", { kmipAssignedProviderIsActive: false }, [1, 2]],
  ["filters together", { kmipHasProviderAssigned: true, kmipAssignedProviderIsActive: false }, [2]],
])("ListKeyServersKmip lists %s", async (_, params, ids) => {
  const cluster = await startCluster();
  for (let created = 0; created < 3; created += 1) await call(cluster, "CreateKeyServerKmip", serverParams);
  for (let created = 0; created < 2; created += 1) {
    await call(cluster, "CreateKeyProviderKmip", { keyProviderName: "p" });
  }
  await assignAndActivate(cluster, { assign: { 2: 1, 3: 2 }, active: 2 });
  const { result } = await rawCall(cluster, "ListKeyServersKmip", params);
  const { kmipKeyServers } = result as { kmipKeyServers: { keyServerID: number }[] };
  expect(kmipKeyServers.map(({ keyServerID }) => keyServerID)).toEqual(ids);
});

test.each<[Record<string, unknown>, number[]]>([
  [{}, [1, 2, 3]],
  [{ keyProviderIsActive: true }, [2]],
  [{ keyProviderIsActive: false }, [1, 3]],
  [{ kmipKeyProviderHasServerAssigned: true }, [1, 2]],
  [{ kmipKeyProviderHasServerAssigned: false }, [3]],
])("ListKeyProvidersKmip with %j", async (params, ids) => {
  const cluster = await startCluster();
  for (let created = 0; created < 3; created += 1) {
    await call(cluster, "CreateKeyServerKmip", serverParams);
    await call(cluster, "CreateKeyProviderKmip", { keyProviderName: "p" });
  }
  await assignAndActivate(cluster, { assign: { 1: 1, 2: 2 }, active: 2 });
  const { result } = await rawCall(cluster, "ListKeyProvidersKmip", params);
  const { kmipKeyProviders } = result as { kmipKeyProviders: { keyProviderID: number }[] };
  expect(kmipKeyProviders.map(({ keyProviderID }) => keyProviderID)).toEqual(ids);
});

describe("a provider that is active", () => {
  async function activeCluster() {
    const cluster = await startCluster();
    await call(cluster, "CreateKeyServerKmip", serverParams);
    await call(cluster, "CreateKeyProviderKmip", { keyProviderName: "p" });
    await assignAndActivate(cluster, { assign: { 1: 1 }, active: 1 });
    return cluster;
  }

  test.each([
    ["DeleteKeyProviderKmip", { keyProviderID: 1 }, "xKeyProviderInUse"],
    ["DeleteKeyServerKmip", { keyServerID: 1 }, "xKeyServerInUse"],
    ["RemoveKeyServerFromProviderKmip", { keyServerID: 1 }, "xKeyServerInUse"],
  ])("refuses %s", async (method, params, name) => {
    const cluster = await activeCluster();
    const before = cluster.state();
    expect((await refusal(cluster, method, params)).name).toBe(name);
    expect(cluster.state()).toEqual(before);
  });

  test("shows the same in both views", async () => {
    const cluster = await activeCluster();
    expect((await call(cluster, "GetKeyServerKmip", { keyServerID: 1 })).kmipKeyServer).toMatchObject({
      keyProviderID: 1,
      kmipAssignedProviderIsActive: true,
    });
    expect((await call(cluster, "GetKeyProviderKmip", { keyProviderID: 1 })).kmipKeyProvider).toMatchObject({
      keyServerIDs: [1],
      keyProviderIsActive: true,
    });
  });

  test("refuses a new key pair only when the switch says so", async () => {
    const cluster = await activeCluster();
    await call(cluster, "CreatePublicPrivateKeyPair", {});
    cluster.switches.keyPairWhileActive = "refuse";
    expect((await refusal(cluster, "CreatePublicPrivateKeyPair", {})).name).toBe("xKeyPairInUse");
  });
});

describe("a provider that is not active", () => {
  async function assignedCluster() {
    const cluster = await startCluster();
    await call(cluster, "CreateKeyServerKmip", serverParams);
    await call(cluster, "CreateKeyServerKmip", serverParams);
    await call(cluster, "CreateKeyProviderKmip", { keyProviderName: "p" });
    await call(cluster, "CreateKeyProviderKmip", { keyProviderName: "q" });
    await assignAndActivate(cluster, { assign: { 1: 1 } });
    return cluster;
  }

  test("loses a deleted server from its list", async () => {
    const cluster = await assignedCluster();
    await call(cluster, "DeleteKeyServerKmip", { keyServerID: 1 });
    expect((await call(cluster, "GetKeyProviderKmip", { keyProviderID: 1 })).kmipKeyProvider.keyServerIDs).toEqual([]);
  });

  test("leaves its servers unassigned when it is deleted", async () => {
    const cluster = await assignedCluster();
    await call(cluster, "DeleteKeyProviderKmip", { keyProviderID: 1 });
    expect((await call(cluster, "GetKeyServerKmip", { keyServerID: 1 })).kmipKeyServer.keyProviderID).toBeNull();
  });

  test("removing its server twice succeeds twice", async () => {
    const cluster = await assignedCluster();
    for (let removed = 0; removed < 2; removed += 1) {
      expect(await call(cluster, "RemoveKeyServerFromProviderKmip", { keyServerID: 1 })).toEqual({});
    }
    expect((await call(cluster, "GetKeyServerKmip", { keyServerID: 1 })).kmipKeyServer.keyProviderID).toBeNull();
  });

  test("adding the same server again succeeds without contact; another's server or a second one is refused", async () => {
    const cluster = await assignedCluster();
    expect(await call(cluster, "AddKeyServerToProviderKmip", { keyProviderID: 1, keyServerID: 1 })).toEqual({});
    const add = async (params: object) => (await refusal(cluster, "AddKeyServerToProviderKmip", params)).name;
    expect(await add({ keyProviderID: 2, keyServerID: 1 })).toBe("xKeyServerAlreadyAssigned");
    expect(await add({ keyProviderID: 1, keyServerID: 2 })).toBe("xKeyProviderHasServer");
    cluster.switches.multipleServersPerProvider = true;
    expect(await add({ keyProviderID: 1, keyServerID: 2 })).toMatch(/^xKmip/);
  });
});

test.each([
  ["syntax", "not a certificate"],
  ["keyPair", "not a certificate"],
] as const)("with certificate validation %s a create with text is refused", async (certificateValidation, pem) => {
  const cluster = await startCluster({ switches: { certificateValidation } });
  const params = { ...serverParams, kmipCaCertificate: pem };
  expect((await refusal(cluster, "CreateKeyServerKmip", params)).name).toBe("xInvalidParameter");
  expect(cluster.state().keyServers).toEqual([]);
});

/** As if the key servers had been there: assignment and outstanding keys without contact. */
function assignAndActivate(
  cluster: Awaited<ReturnType<typeof startCluster>>,
  { assign, active }: { assign: Record<number, number>; active?: number },
): Promise<void> {
  return cluster.mutate((state) => {
    for (const server of state.keyServers) server.keyProviderID = assign[server.keyServerID] ?? null;
    if (active === undefined) return;
    state.hardwareEncryption.key = {
      keyID: "0d3c1f0e-1c77-4f0e-8d4e-2d62a0c0a001",
      keyManagementType: "external",
      keyCreatedTime: "2026-01-01T00:00:00Z",
      keyProviderID: active,
    };
  });
}
