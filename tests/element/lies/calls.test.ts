import type { Cluster } from "../../../provider/systems/element/api/cluster";
import { METHODS } from "../../../provider/systems/element/api/methods";
import type { Method } from "../../../provider/systems/element/api/types";
import { turn } from "../../kit/moved-clock";
import { type Run, runOn } from "../harness";
import { PASSWORD, type Scene } from "../stage";
import { useTheatre } from "../table";
import { CALL_FAILURES } from "./call-failures";

const theatre = useTheatre();
let scene: Scene;
let run: Run;

beforeEach(async () => {
  scene = await theatre.scene("attached");
  run = runOn(scene);
});
afterEach(() => run.close());

/** A call of each effect. */
const CALLS = {
  ListKeyProvidersKmip: (cluster: Cluster) => cluster.call("ListKeyProvidersKmip", {}),
  RemoveKeyServerFromProviderKmip: (cluster: Cluster) =>
    cluster.call("RemoveKeyServerFromProviderKmip", { keyServerID: 1 }),
  CreateKeyProviderKmip: (cluster: Cluster) => cluster.call("CreateKeyProviderKmip", { keyProviderName: "second" }),
} satisfies Partial<Record<Method, unknown>>;
type Called = keyof typeof CALLS;

const cases = CALL_FAILURES.flatMap((failure) =>
  Object.keys(CALLS).map((method) => ({ ...failure, method: method as Called })),
);

test.each(cases)("$name to each try of $method", async ({ method, rule, tries, error, code, words, slow }) => {
  scene.cluster.faults.add({ method, ...rule });
  const { effect } = METHODS[method];
  const outcome = failureOf(CALLS[method](run.cluster()));
  if (slow) await passTime(method, tries[effect]);
  const failure = await outcome;
  expect(failure).toMatchObject({ name: error, code });
  expect(failure.message).toContain(`calling ${method} on cluster "default": `);
  expect(failure.message).toContain(words);
  expect(scene.cluster.calls(method)).toHaveLength(tries[effect]);
  expect(/\(tried (\d+) times\)/.exec(failure.message)?.[1] ?? "1").toBe(String(tries[effect]));
  if (LEAVES_OPEN.has(error)) {
    expect(failure.message.includes(`whether ${method} had its effect is not known`)).toBe(effect !== "read");
  }
});

/** Errors that do not tell whether a write was done. */
const LEAVES_OPEN = new Set(["ConnectionUnreachableError", "ConnectionTimeoutError", "UnexpectedAnswerError"]);

const passing = cases.filter(({ tries, method }) => tries[METHODS[method].effect] > 1);

test.each(passing)("$name to all tries of $method but the last", async ({ method, rule, tries, slow }) => {
  const expected = tries[METHODS[method].effect];
  scene.cluster.faults.add({ method, ...rule, count: expected - 1 });
  const result = CALLS[method](run.cluster());
  if (slow) await passTime(method, expected - 1);
  await result;
  expect(scene.cluster.calls(method)).toHaveLength(expected);
});

/** Lets each of so many tries run into its deadline. */
async function passTime(method: Called, tries: number): Promise<void> {
  for (let reached = 1; reached <= tries; reached += 1) {
    while (scene.cluster.calls(method).length < reached) await turn();
    run.clock.advance(30_000);
  }
}

test("a rekey is never repeated", async () => {
  const method = "RekeySoftwareEncryptionAtRestMasterKey";
  scene.cluster.faults.add({ method, action: { error: { name: "xDBVersionMismatch", message: "try again" } } });
  await failureOf(run.cluster().call(method, { keyManagementType: "Internal" }));
  expect(scene.cluster.calls(method)).toHaveLength(1);
});

test("a key server's slowness is given more time than the cluster's own", async () => {
  scene.cluster.faults.add({ method: "TestKeyServerKmip", count: 1, action: { silence: true } });
  const result = run.cluster().call("TestKeyServerKmip", { keyServerID: 1 });
  while (scene.cluster.calls("TestKeyServerKmip").length === 0) await turn();
  run.clock.advance(119_000);
  for (let turns = 0; turns < 20; turns += 1) await turn();
  expect(scene.cluster.calls("TestKeyServerKmip")).toHaveLength(1);
  run.clock.advance(1_000);
  await result;
});

test("a deadline counts from the moment when a call has a connection", async () => {
  const slow = Array.from({ length: 2 }, () =>
    failureOf(run.cluster().call("CreateKeyProviderKmip", { keyProviderName: "x" })),
  );
  scene.cluster.faults.add({ method: "CreateKeyProviderKmip", action: { silence: true } });
  while (scene.cluster.calls("CreateKeyProviderKmip").length < slow.length) await turn();
  const patient = run.cluster().call("ListKeyServersKmip", {});
  run.clock.advance(29_000);
  for (let turns = 0; turns < 20; turns += 1) await turn();
  expect(scene.cluster.calls("ListKeyServersKmip")).toEqual([]);
  run.clock.advance(1_000);
  for (const { code } of await Promise.all(slow)) expect(code).toBe("EKM_CONNECTION_TIMEOUT");
  expect((await patient).kmipKeyServers).toHaveLength(1);
});

test("a certificate that is replaced in the middle of a run is not trusted, and nothing is sent", async () => {
  await run.cluster().call("ListKeyServersKmip", {});
  await scene.cluster.replaceCertificate();
  const before = scene.cluster.requests.length;
  const failure = await failureOf(run.cluster().call("ListKeyServersKmip", {}));
  expect(failure).toMatchObject({ name: "ConnectionCertificateError", code: "EKM_CONNECTION_CERTIFICATE" });
  expect(failure.message).toContain(scene.cluster.fingerprint256);
  expect(scene.cluster.requests).toHaveLength(before);
});

test.each([
  ["newer", "12.3", "12.5", undefined],
  ["older", "12.5", "12.3", undefined],
  ["too old", "12.5", "12.2", "EKM_API_VERSION"],
])("a cluster whose API becomes %s in the middle of a run (%s to %s)", async (_what, before, after, code) => {
  scene.cluster.switches.apiVersion = before;
  const ask = () => run.cluster().call("GetSoftwareEncryptionAtRestInfo", {});
  await ask();
  scene.cluster.switches.apiVersion = after;
  if (code !== undefined) expect(await failureOf(ask())).toMatchObject({ code });
  else expect(await ask()).toMatchObject({ state: "enabled" });
  await run.cluster().call("CreateKeyProviderKmip", { keyProviderName: "second" });
  expect(scene.cluster.state().keyProviders).toHaveLength(2);
});

test("neither a password nor control characters, nor too much of what a cluster says, is shown", async () => {
  const login = Buffer.from(`admin:${PASSWORD}`).toString("base64");
  const message = `\u001b[2J${PASSWORD} Basic ${login} \u0007${"x".repeat(100_000)}`;
  scene.cluster.faults.add({ method: "ListKeyServersKmip", action: { error: { name: "xEcho", message } } });
  const failure = await failureOf(run.cluster().call("ListKeyServersKmip", {}));
  expect(failure.message).toMatch(/xEcho: .\[2J\[secret\] Basic \[secret\]/);
  expect(failure.message).not.toMatch(/\p{Cc}/u);
  expect(failure.message.length).toBeLessThan(3_000);
});

async function failureOf(work: Promise<unknown>): Promise<Error & { code: string }> {
  const failure = await work.then(
    () => {
      throw new Error("it succeeded");
    },
    (error: Error & { code: string }) => error,
  );
  expect(`${failure.message} ${failure.stack} ${failure.cause} ${JSON.stringify(failure)}`).not.toContain(PASSWORD);
  return failure;
}
