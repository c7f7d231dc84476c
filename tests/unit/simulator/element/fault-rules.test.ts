import { closeAll } from "../cleanup";
import { call, post, rawCall } from "./api-caller";
import { startCluster } from "./clusters";

afterEach(closeAll);

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

test("a connection that breaks after the effect leaves the effect", async () => {
  const cluster = await startCluster();
  cluster.faults.add({ method: "CreateKeyProviderKmip", count: 1, when: "after", action: { drop: true } });
  await expect(rawCall(cluster, "CreateKeyProviderKmip", { keyProviderName: "p" })).rejects.toThrow(
    /hang up|ECONNRESET/,
  );
  expect(cluster.state().keyProviders).toHaveLength(1);
  expect(cluster.calls("CreateKeyProviderKmip")).toMatchObject([{ outcome: "dropped" }]);
});

test("skip lets calls pass first, other methods are not touched, clear ends it", async () => {
  const cluster = await startCluster();
  cluster.faults.add({ method: "GetClusterInfo", skip: 1, action: { httpStatus: 503, body: "busy" } });
  const ask = (method: string) => post(cluster, JSON.stringify({ method }));
  expect((await ask("GetClusterInfo")).status).toBe(200);
  expect(await ask("GetClusterInfo")).toMatchObject({ status: 503, body: "busy" });
  expect((await ask("GetAPI")).status).toBe(200);
  cluster.faults.clear();
  expect((await ask("GetClusterInfo")).status).toBe(200);
});

test("a node that starts answers null", async () => {
  const cluster = await startCluster();
  cluster.faults.add({ method: "*", count: 1, action: { nullBody: true } });
  expect(await post(cluster, '{"method":"GetAPI"}')).toMatchObject({ status: 200, body: "null" });
});

test("a rule without an action delays the answer only", async () => {
  const cluster = await startCluster();
  cluster.faults.add({ method: "*", delayMs: 150 });
  const begin = performance.now();
  await call(cluster, "GetAPI");
  expect(performance.now() - begin).toBeGreaterThanOrEqual(145);
});

test("disabled rules and rules of probability zero never hit", async () => {
  const cluster = await startCluster();
  cluster.faults.add({ method: "*", enabled: false, action: busy });
  cluster.faults.add({ method: "*", probability: 0, action: busy });
  for (let asked = 0; asked < 20; asked += 1) await call(cluster, "GetAPI");
  expect(cluster.faults.list().map(({ hits }) => hits)).toEqual([0, 0]);
});

test("a probability hits that share of the calls", async () => {
  const cluster = await startCluster();
  cluster.faults.add({ method: "GetAPI", probability: 0.5, action: busy });
  const answers = await Promise.all(Array.from({ length: 60 }, () => rawCall(cluster, "GetAPI")));
  const hit = answers.filter(({ error }) => error).length;
  expect(hit).toBeGreaterThan(8);
  expect(hit).toBeLessThan(52);
});
