import type { Switches } from "../../../simulator/element";
import { closeAll } from "../cleanup";
import { call, completed, pollUntil, refusal } from "./api-caller";
import { startCluster } from "./clusters";

afterEach(closeAll);

const rekey = "RekeySoftwareEncryptionAtRestMasterKey";

test.each<[Record<string, unknown>, string]>([
  [{ masterKeyFlip: "x" }, 'switch masterKeyFlip takes "DecommissionOldMasterKey" or "Ready", not "x"'],
  [{ rekeyStates: [] }, "switch rekeyStates takes a list of four out of"],
  [{ rekeyStates: ["Ready", "Ready", "Ready"] }, "switch rekeyStates takes"],
  [{ rekeyStates: ["CreateNewMasterKey", "Rewrap", "DecommissionOldMasterKey", "Ready"] }, "switch rekeyStates takes"],
  [{ stateMember: "neither" }, '"state" or "status" or "both"'],
  [{ enableWhileEnabled: "" }, '"ignore" or "refuse"'],
  [{ hardwareEncryption: "off" }, '"supported" or "nonEncryptableNode" or "demo"'],
  [{ toggleWhileUnhealthy: false }, '"allow" or "refuse", not false'],
  [{ addDrivesSeconds: null }, "a number that is not negative, not null"],
  [{ keyPairWhileActive: "REFUSE" }, '"allow" or "refuse"'],
  [{ certificateValidation: "all" }, '"none" or "syntax" or "keyPair"'],
  [{ unknownHandleError: "xOther" }, '"xAsyncHandleDoesNotExist" or "xDBNoSuchPath"'],
  [{ errorNames: { noSuchRefusal: "xName" } }, "keyServerDoesNotExist"],
  [{ errorNames: { keyServerDoesNotExist: 5 } }, "an object with a text for any of"],
  [{ apiVersion: "latest" }, 'a version such as "12.3"'],
  [{ csrVersion2: "yes" }, "true or false"],
  [{ presentsIssuers: "no" }, "true or false"],
  [{ rekeySeconds: -1 }, "a number that is not negative, not -1"],
  [{ rekeySeconds: Number.NaN }, "a number that is not negative"],
  [{ faultCacheSeconds: "30" }, 'a number that is not negative, not "30"'],
  [{ kmipTimeoutMs: 0 }, "a number greater than zero, not 0"],
  [{ deniedMethods: ["getapi"] }, "a list of methods in the API's own spelling"],
  [{ deniedMethods: "*" }, "a list of methods in the API's own spelling"],
  [{ clockOffsetSeconds: "1d" }, "a number, not"],
  [{ rekeySecond: 1 }, "there is no switch named rekeySecond; there are rekeySeconds, "],
  [{ toString: 1 }, "there is no switch named toString"],
])("the switch in %j is refused, with what it takes", async (switches, complaint) => {
  const start = startCluster({ rekeySeconds: undefined, switches: switches as Partial<Switches> });
  await expect(start).rejects.toThrow(RangeError);
  await expect(start).rejects.toThrow(complaint);
});

test("a refused change at run time changes nothing", async () => {
  const cluster = await startCluster({ control: true });
  const before = structuredClone(cluster.switches);
  const answer = await fetch(`${cluster.controlEndpoint}/switches`, {
    method: "PUT",
    body: JSON.stringify({ rekeySeconds: 9, stateMember: "neither" }),
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({ error: expect.stringContaining('"both"') });
  expect(cluster.switches).toEqual(before);
});

test("with stateMember both the state stands in either member", async () => {
  const cluster = await startCluster({ switches: { stateMember: "both" } });
  expect(await call(cluster, "GetSoftwareEncryptionAtRestInfo")).toMatchObject({ state: "enabled", status: "enabled" });
});

test("rekeyStates are what a rekey reports, its result included", async () => {
  let now = new Date();
  const rekeyStates: Switches["rekeyStates"] = [
    "Ready",
    "CreateNewMasterKey",
    "RewrapDataEncryptionKeys",
    "DecommissionOldMasterKey",
  ];
  const cluster = await startCluster({ now: () => now, rekeySeconds: 600, switches: { rekeyStates } });
  const { asyncHandle } = await call(cluster, rekey, {});
  for (const expected of rekeyStates.slice(0, 3)) {
    const progress = await pollUntil(
      () => call(cluster, "GetAsyncResult", { asyncHandle, keepResult: true }),
      ({ status, details }) => status === "complete" || details?.state === expected,
    );
    expect(progress).toMatchObject({ status: "running", details: { state: expected } });
    now = new Date(now.getTime() + 201_000);
  }
  expect((await completed(cluster, asyncHandle)).result).toMatchObject({ state: "DecommissionOldMasterKey" });
});

test("an account has no right to the methods that are denied, and to all others it has", async () => {
  const cluster = await startCluster({ switches: { deniedMethods: ["ListKeyServersKmip", "CreateKeyProviderKmip"] } });
  expect(await refusal(cluster, "listkeyserverskmip")).toMatchObject({
    name: "xPermissionDenied",
    message: expect.stringContaining("ListKeyServersKmip"),
  });
  expect((await refusal(cluster, "CreateKeyProviderKmip", { keyProviderName: "p" })).name).toBe("xPermissionDenied");
  expect(cluster.state().keyProviders).toEqual([]);
  expect((await call(cluster, "ListKeyProvidersKmip")).kmipKeyProviders).toEqual([]);
});

test.each([-10, 10])("the cluster's clock is %i days off, and a rekey takes as long as ever", async (days) => {
  const cluster = await startCluster({ rekeySeconds: 0.2 });
  cluster.switches.clockOffsetSeconds = days * 86_400;
  const { asyncHandle } = await call(cluster, rekey, {});
  await completed(cluster, asyncHandle);
  const { masterKeyInfo } = await call(cluster, "GetSoftwareEncryptionAtRestInfo");
  const ahead = (Date.parse(masterKeyInfo?.keyCreatedTime ?? "") - Date.now()) / 86_400_000;
  expect(ahead).toBeCloseTo(days, 1);
});
