import type { FaultAction } from "../../../simulator/chassis/fault-actions";
import { closeAll } from "../cleanup";
import { call, rawCall } from "./api-caller";
import { startCluster } from "./clusters";

afterEach(closeAll);

async function disturbed(action: FaultAction) {
  const cluster = await startCluster();
  cluster.faults.add({ method: "CreateKeyProviderKmip", action });
  return cluster;
}

test.each<[what: string, action: FaultAction, result: unknown]>([
  ["the whole", { result: { "": [] } }, []],
  [
    "a member",
    { result: { "/kmipKeyProvider/keyProviderID": "1" } },
    { keyProviderID: "1", keyProviderIsActive: false },
  ],
  ["an unknown member", { result: { "/kmipKeyProvider/~0a~1b": 1 } }, { "~a/b": 1, keyProviderID: 1 }],
  [
    "an element",
    { result: { "/kmipKeyProvider/keyServerIDs": [7], "/kmipKeyProvider/keyServerIDs/0": "x" } },
    { keyServerIDs: ["x"] },
  ],
  ["a member of what is not there", { result: { "/nothing/at/all": 1 } }, { keyProviderID: 1 }],
])("%s of the result is replaced, and the method has its effect", async (_what, action, expected) => {
  const cluster = await disturbed(action);
  const result = (await rawCall(cluster, "CreateKeyProviderKmip", { keyProviderName: "p" })).result as {
    kmipKeyProvider?: unknown;
  };
  expect(result.kmipKeyProvider ?? result).toMatchObject(expected as object);
  expect(cluster.state().keyProviders).toHaveLength(1);
});

test("an error has no result to replace", async () => {
  const cluster = await disturbed({ result: { "/kmipKeyProvider": 1 } });
  expect((await rawCall(cluster, "CreateKeyProviderKmip")).error?.name).toBe("xMissingParameter");
});

const busy = { error: { name: "xDBVersionMismatch", message: "Try again" } };

test("an error before the effect leaves the cluster as it was", async () => {
  const cluster = await startCluster();
  cluster.faults.add({ method: "createkeyproviderkmip", count: 1, action: busy });
  const { error } = await rawCall(cluster, "CreateKeyProviderKmip", { keyProviderName: "p" });
  expect(error).toEqual({ code: 500, ...busy.error });
  expect(cluster.state().keyProviders).toEqual([]);
  await call(cluster, "CreateKeyProviderKmip", { keyProviderName: "p" });
  expect(cluster.faults.list()).toMatchObject([{ hits: 1 }]);
});
