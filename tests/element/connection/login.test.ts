import { configuredConnections } from "../../../provider/adapters/pulumi/connections";
import { Logins } from "../../../provider/connections/https/login";
import { ElementApiError } from "../../../provider/systems/element/api/errors";
import { element as elementSystem } from "../../../provider/systems/element/system";
import { element } from "../../../sdk";
import { MovedClock } from "../../kit/moved-clock";
import { PASSWORD, type Scene } from "../stage";
import { useTheatre } from "../table";

const theatre = useTheatre();

const runtime = { clock: new MovedClock(), signal: new AbortController().signal, assertHostAlive: async () => {} };
const connectionTo = ({ cluster: { endpoint, username, fingerprint256 } }: Scene, password: string) => ({
  endpoint,
  username,
  password,
  fingerprint256,
});

const outcomeOf = (call: Promise<unknown>) =>
  call.then(
    () => "answered",
    (error: Error & { code?: string }) => error.code ?? error.message,
  );

test("a wrong password is one attempt, by however many names and connections, at once and afterwards", async () => {
  const scene = await theatre.scene("bare");
  const logins = new Logins();
  const clusters = { east: connectionTo(scene, "wrong"), west: connectionTo(scene, "wrong") };
  const open = [1, 2].map(() => configuredConnections(elementSystem, { clusters }, {}, runtime, logins));
  const before = scene.cluster.requests.length;
  const calls = () =>
    open.flatMap((connections) =>
      ["east", "west"].flatMap((name) => [
        outcomeOf(connections.connection(name).clusterInfo()),
        outcomeOf(connections.connection(name).call("ListKeyServersKmip", {})),
      ]),
    );
  expect(new Set(await Promise.all(calls()))).toEqual(new Set(["EKM_CONNECTION_LOGIN"]));
  expect(new Set(await Promise.all(calls()))).toEqual(new Set(["EKM_CONNECTION_LOGIN"]));
  expect(scene.cluster.requests.length - before).toBe(1);
  const right = configuredConnections(
    elementSystem,
    { clusters: { east: connectionTo(scene, PASSWORD) } },
    {},
    runtime,
    logins,
  );
  expect(await outcomeOf(right.connection("east").clusterInfo())).toBe("answered");
  await Promise.all([...open, right].map((connections) => connections.close()));
});

test("a password that is refused in the middle of a run is tried no more", async () => {
  const scene = await theatre.scene("bare");
  const connections = configuredConnections(
    elementSystem,
    { clusters: { east: connectionTo(scene, PASSWORD) } },
    {},
    runtime,
  );
  const cluster = connections.connection("east");
  await cluster.clusterInfo();
  scene.cluster.faults.add({ method: "ListKeyServersKmip", count: 1, action: { httpStatus: 401 } });
  const before = scene.cluster.requests.length;
  for (const _ of [1, 2, 3]) {
    expect(await outcomeOf(cluster.call("ListKeyServersKmip", {}))).toBe("EKM_CONNECTION_LOGIN");
  }
  expect(scene.cluster.requests.length - before).toBe(1);
  await connections.close();
});

test("until a login is proven one call goes out at a time, and its failure is that of those that waited", async () => {
  const login = new Logins().of("https://10.0.0.1", "admin", PASSWORD);
  let calls = 0;
  const failing = async () => {
    calls += 1;
    throw new Error("no answer");
  };
  const outcomes = await Promise.all([1, 2, 3].map(() => outcomeOf(login.attempt(failing))));
  expect([outcomes, calls]).toEqual([Array(3).fill("no answer"), 1]);
  let running = 0;
  let most = 0;
  const working = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  await Promise.all([1, 2, 3, 4].map(() => login.attempt(working)));
  expect(most).toBe(3);
});

test("a refusal that proves the login is that of its own call alone", async () => {
  const login = new Logins().of("https://10.0.0.1", "admin", PASSWORD);
  const refusal = new ElementApiError(
    { attempt: "calling ListKeyServersKmip", reason: "there is none", wayOut: "make one" },
    "xNotFound",
  );
  const calls = [login.attempt(() => Promise.reject(refusal)), login.attempt(async () => "the list")];
  expect(await Promise.allSettled(calls)).toEqual([
    { status: "rejected", reason: refusal },
    { status: "fulfilled", value: "the list" },
  ]);
});

test("look-ups of one program try a wrong password once, and say the whole of it once", async () => {
  const scene = await theatre.scene("bare");
  const connection = connectionTo(scene, "wrong too");
  const before = scene.cluster.requests.length;
  const looks = [element.getKeyServers({ connection }), element.getKeyProviders({ connection })];
  const said = (await Promise.allSettled(looks)).map((look) => String((look as PromiseRejectedResult).reason.message));
  expect(said.sort()).toEqual([
    expect.stringMatching(
      /^EKM_CONNECTION_LOGIN: calling GetAPI on cluster "default": the cluster refused the user name/,
    ),
    'EKM_CONNECTION_LOGIN: held up by the refused login to cluster "default", which is told in full once.',
  ]);
  expect(scene.cluster.requests.length - before).toBe(1);
});
