import { type FaultAction, isFaultAction } from "../../../../simulator/chassis/fault-actions";
import { closeAll } from "../cleanup";
import { post, rawCall } from "./api-caller";
import { startCluster } from "./clusters";

afterEach(closeAll);

const create = JSON.stringify({ id: 1, method: "CreateKeyProviderKmip", params: { keyProviderName: "p" } });

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

test("a truncated answer promises more than it holds", async () => {
  const cluster = await disturbed({ truncate: true });
  await expect(post(cluster, create)).rejects.toThrow("aborted");
  expect(cluster.state().keyProviders).toHaveLength(1);
});

test("a padded answer is as long as the rule says, and an answer all the same", async () => {
  const { body } = await post(await disturbed({ padToBytes: 200_000 }), create);
  expect(body).toHaveLength(200_000);
  expect(JSON.parse(body).result.kmipKeyProvider.keyProviderID).toBe(1);
});

test("a dripping answer takes its time for each byte", async () => {
  const cluster = await disturbed({ dripMs: 1 });
  const began = performance.now();
  const { body } = await post(cluster, create);
  expect(JSON.parse(body).result.kmipKeyProvider.keyProviderID).toBe(1);
  expect(performance.now() - began).toBeGreaterThanOrEqual(body.length);
});

test("a silent cluster answers nothing, and the connection stays until it closes", async () => {
  const cluster = await disturbed({ silence: true });
  const outcome = post(cluster, create).catch(({ code }) => code);
  while (cluster.calls("CreateKeyProviderKmip").length === 0) await new Promise(setImmediate);
  expect(await Promise.race([outcome, new Promise((resolve) => setTimeout(resolve, 100, "open"))])).toBe("open");
  expect(cluster.calls("CreateKeyProviderKmip")).toMatchObject([{ outcome: "unanswered" }]);
  expect(cluster.state().keyProviders).toEqual([]);
  cluster.breakConnections();
  expect(await outcome).toBe("ECONNRESET");
});

test("whoever has enough of a long answer does not disturb the cluster", async () => {
  const cluster = await disturbed({ padToBytes: 100_000_000 });
  const { certificate: ca, username, password, endpoint } = cluster;
  const { request } = await import("node:https");
  await new Promise<void>((resolve) => {
    const options = { method: "POST", ca, auth: `${username}:${password}`, agent: false } as const;
    const outgoing = request(`${endpoint}/json-rpc/12.3`, options, (answer) =>
      answer.once("data", () => answer.destroy()),
    );
    outgoing.on("close", resolve).end(create);
  });
  cluster.faults.clear();
  expect((await rawCall(cluster, "GetAPI")).error).toBeUndefined();
});

test.each([
  ["drop"],
  [null],
  [{}],
  [{ drop: 1 }],
  [{ truncate: false }],
  [{ padToBytes: -1 }],
  [{ dripMs: 0.5 }],
  [{ result: [] }],
  [{ result: { member: 1 } }],
])("%j is no action", (value) => {
  expect(isFaultAction(value)).toBe(false);
});
