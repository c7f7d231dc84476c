import { closeAll } from "../cleanup";
import { call, completed, rawCall, refusal } from "./api-caller";
import { startCluster } from "./clusters";

afterEach(closeAll);

const rekey = "RekeySoftwareEncryptionAtRestMasterKey";

test("reading a running result purges nothing, and shows the rekey's progress", async () => {
  const cluster = await startCluster({ rekeySeconds: 600 });
  const { asyncHandle } = await call(cluster, rekey, {});
  for (let read = 0; read < 2; read += 1) {
    const result = await call(cluster, "GetAsyncResult", { asyncHandle });
    expect(result).toMatchObject({ status: "running", resultType: rekey, details: { state: "CreateNewMasterKey" } });
    expect(result).not.toHaveProperty("result");
    expect(result).not.toHaveProperty("error");
    expect(result.createTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  }
});

test("a complete result stays with keepResult, and is gone after the first reading without", async () => {
  const cluster = await startCluster();
  const { asyncHandle } = await call(cluster, rekey, { keyManagementType: "INTERNAL" as "internal" });
  const result = await completed(cluster, asyncHandle);
  expect(result).not.toHaveProperty("details");
  expect(await call(cluster, "GetSoftwareEncryptionAtRestInfo")).toMatchObject({
    rekeyMasterKeyAsyncResultID: asyncHandle,
  });
  expect(await call(cluster, "GetAsyncResult", { asyncHandle })).toEqual(result);
  expect(await refusal(cluster, "GetAsyncResult", { asyncHandle })).toMatchObject({
    name: "xAsyncHandleDoesNotExist",
    message: `Async handle ${asyncHandle} does not exist.`,
  });
  expect(await call(cluster, "GetSoftwareEncryptionAtRestInfo")).not.toHaveProperty("rekeyMasterKeyAsyncResultID");
  expect(cluster.state().softwareEncryption.rekeys).toBe(1);
});

test("listing never purges", async () => {
  const cluster = await startCluster();
  const { asyncHandle } = await call(cluster, rekey, {});
  await completed(cluster, asyncHandle);
  const listed = { asyncResultID: asyncHandle, completed: true, success: true, resultType: rekey };
  for (let read = 0; read < 2; read += 1) {
    const { asyncHandles } = await call(cluster, "ListAsyncResults");
    expect(asyncHandles).toMatchObject([{ ...listed, data: { state: "Ready" } }]);
  }
  expect((await call(cluster, "ListAsyncResults", { asyncResultTypes: ["Clone"] })).asyncHandles).toEqual([]);
  expect((await call(cluster, "ListAsyncResults", { asyncResultTypes: [rekey] })).asyncHandles).toHaveLength(1);
});

test("the answer for an unknown handle can be the reference's", async () => {
  const cluster = await startCluster({ switches: { unknownHandleError: "xDBNoSuchPath" } });
  expect((await refusal(cluster, "GetAsyncResult", { asyncHandle: "999999999" })).name).toBe("xDBNoSuchPath");
});

test("a handle can be unknown for a moment", async () => {
  let now = new Date("2026-03-01T00:00:00Z");
  const cluster = await startCluster({ now: () => now, rekeySeconds: 600, switches: { handleVisibleAfterMs: 2000 } });
  const { asyncHandle } = await call(cluster, rekey, {});
  expect((await refusal(cluster, "GetAsyncResult", { asyncHandle })).name).toBe("xAsyncHandleDoesNotExist");
  now = new Date(now.getTime() + 2000);
  expect((await call(cluster, "GetAsyncResult", { asyncHandle })).status).toBe("running");
});

test.each<[string, Record<string, unknown>, string]>([
  ["a provider without External", { keyProviderID: 1 }, "xInvalidParameter"],
  ["a provider with Internal", { keyManagementType: "Internal", keyProviderID: 1 }, "xInvalidParameter"],
  ["External without a provider", { keyManagementType: "External" }, "xInvalidParameter"],
  ["another type", { keyManagementType: "both" }, "xUnrecognizedEnumString"],
])("a rekey with %s is refused", async (_, params, name) => {
  const cluster = await startCluster();
  expect((await refusal(cluster, rekey, params)).name).toBe(name);
  expect((await call(cluster, "ListAsyncResults")).asyncHandles).toEqual([]);
});

test("a second rekey is refused while one is running", async () => {
  const cluster = await startCluster({ rekeySeconds: 600 });
  await call(cluster, rekey, {});
  expect((await refusal(cluster, rekey, {})).name).toBe("xRekeyInProgress");
});

test("without software encryption there is no master key and no rekey", async () => {
  const cluster = await startCluster({ softwareEncryptionAtRest: false });
  expect(await call(cluster, "GetSoftwareEncryptionAtRestInfo")).toEqual({ state: "disabled", version: 0 });
  expect((await refusal(cluster, rekey, {})).name).toBe("xSoftwareEncryptionAtRestDisabled");
});

test.each([
  ["state", { state: "enabled" }, "status"],
  ["status", { status: "enabled" }, "state"],
] as const)("with the switch %s the other member is missing", async (stateMember, present, missing) => {
  const info = (await rawCall(await startCluster({ switches: { stateMember } }), "GetSoftwareEncryptionAtRestInfo"))
    .result;
  expect(info).toMatchObject({ ...present, version: 1, masterKeyInfo: { keyManagementType: "internal" } });
  expect(info).not.toHaveProperty(missing);
  expect(info).not.toHaveProperty("masterKeyInfo.keyProviderID");
});
