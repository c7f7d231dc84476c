import type * as pulumi from "@pulumi/pulumi";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { dynamic } from "../../../provider";
import { DynamicProvider } from "../../../provider/adapters/pulumi/dynamic/provider";
import { carrying } from "../../../provider/adapters/pulumi/resource/carried-inputs";
import { Runtime } from "../../../provider/adapters/pulumi/runtime";
import { durationSeconds } from "../../../provider/core/duration";
import { IncompleteError } from "../../../provider/core/errors";
import type { AnyLifecycle } from "../../../provider/core/lifecycle";
import { CertificateError } from "../../../provider/pki/errors";
import { RekeyDeadlineError } from "../../../provider/systems/element/errors";
import { element } from "../../../provider/systems/element/system";
import { type ResourceToken, registry } from "../../../provider/systems/registry";
import { elementSubjects } from "../specimen";
import { PASSWORD, type Scene, SUBJECT } from "../stage";
import { useTheatre } from "../table";

const STUB = { __provider: "exports.handler = () => {};" };
const theatre = useTheatre();

// Where Jest runs in this very process, its own last argument would be taken for the address of an engine.
process.argv.length = 2;

/** What the engine's protocol can carry: no `undefined`, at any depth. */
// biome-ignore lint/suspicious/noExplicitAny: the protocol has no types of its own
const carried = (value: any) => Struct.fromJavaScript(value).toJavaScript() as Record<string, any>;

async function providerOn({ cluster }: Scene, token: ResourceToken) {
  const runtime = new Runtime(undefined);
  const provider = new DynamicProvider(
    carrying(registry[token].lifecycle as unknown as AnyLifecycle),
    runtime,
    element,
  );
  const { endpoint, username, fingerprint256 } = cluster;
  const clusters = { default: { endpoint, username, password: PASSWORD, fingerprint256 } };
  const config = { rawConfig: { "ekm:clusters": JSON.stringify(clusters) } } as unknown as pulumi.dynamic.Config;
  await provider.configure({ config });
  return { provider, runtime };
}

test.each(elementSubjects.map((subject) => [subject.token, subject] as const))(
  "%s: every answer fits the engine's protocol and holds no password",
  async (token, subject) => {
    const scene = await theatre.scene("external");
    const { provider, runtime } = await providerOn(scene, token);
    const __resourceUrn = `urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/${token}::main`;
    const args = carried({ ...STUB, __resourceUrn, cluster: "default", ...(await subject.another(scene)) });

    const checked = await provider.check({}, args);
    expect(checked.failures).toEqual([]);
    const inputs = { ...carried(checked.inputs), ...STUB };
    expect(checked.inputs).not.toHaveProperty("__provider");
    const { id, outs } = await provider.create(inputs);
    const state = { ...carried(outs), ...STUB };
    const read = await provider.read(id, state);
    expect(read.id).toBe(id);
    carried(read.props);
    expect(carried(read.inputs)).toMatchObject({ __resourceUrn });
    const again = { ...carried((await provider.check(inputs, args)).inputs), ...STUB };
    expect((await provider.diff(id, state, again)).changes).toBe(false);
    carried((await provider.update(id, state, again)).outs);
    expect(JSON.stringify([checked, outs, read])).not.toContain(PASSWORD);
    await runtime.close();
  },
);

test("arguments that are null, at any depth, count as left out", async () => {
  const scene = await theatre.scene("bare");
  const { provider, runtime } = await providerOn(scene, "element:KeyPair");
  const subject = { ...SUBJECT, country: null };
  const args = { ...STUB, __resourceUrn: "urn::main", cluster: "default", subject, regenerate: null, adopt: null };
  const { inputs, failures } = await provider.check({ cluster: "default", adopt: null }, args);
  expect(failures).toEqual([]);
  expect(inputs).toEqual({ __resourceUrn: "urn::main", cluster: "default", subject: SUBJECT });
  await runtime.close();
});

describe("what a newer release has written is refused, and never written over", () => {
  const URN = "urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/element:KeyProvider::main";
  type State = Record<string, unknown>;
  const METHODS: [string, (provider: DynamicProvider, state: State) => Promise<unknown>][] = [
    ["diff", (provider, state) => provider.diff("1", state, { ...STUB, cluster: "default" })],
    ["read", (provider, state) => provider.read("1", state)],
    ["update", (provider, state) => provider.update("1", state, { ...STUB, cluster: "default" })],
    ["delete", (provider, state) => provider.delete("1", state)],
  ];

  test.each(METHODS)("a higher stateVersion, by %s", async (_method, call) => {
    const scene = await theatre.scene("attached");
    const { provider, runtime } = await providerOn(scene, "element:KeyProvider");
    const { uniqueID: clusterUniqueID } = scene.cluster.state().identity;
    const recorded = { __resourceUrn: URN, cluster: "default", name: "by hand", clusterUniqueID, keyProviderID: 1 };
    const calls = scene.cluster.calls().length;
    const refused = await call(provider, { ...STUB, ...recorded, stateVersion: 2 }).catch((error) => error);
    expect(refused).toMatchObject({
      message: expect.stringMatching(/^EKM_NEWER_STATE: .*element\.KeyProvider "main": .*Install that release/),
      stack: "",
    });
    // With these, the engine would write an incomplete resource.
    expect(refused).not.toHaveProperty("properties");
    expect(scene.cluster.calls()).toHaveLength(calls);
    await runtime.close();
  });

  const CALLED: typeof METHODS = [
    ["check", (provider, state) => provider.check({}, state)],
    ["create", (provider, state) => provider.create(state)],
    ...METHODS,
  ];

  test.each(CALLED)("a resource that this release does not have, by %s", async (_method, call) => {
    for (const token of ["element:KeyEscrow", "constructor"]) {
      const refused = await call(dynamic(token), { ...STUB, __resourceUrn: URN }).catch((error) => error);
      expect(refused).toMatchObject({
        message: expect.stringMatching(/^EKM_NEWER_STATE: .*has no resource (element\.KeyEscrow|constructor): /),
      });
    }
  });
});

test("what is gone has a blank id", async () => {
  const scene = await theatre.scene("bare");
  const { provider, runtime } = await providerOn(scene, "element:KeyProvider");
  const state = { cluster: "default", clusterUniqueID: scene.cluster.state().identity.uniqueID };
  expect(await provider.read("1", state)).toEqual({ id: "" });
  await runtime.close();
});

test("the looks of a refresh share a list, and what comes after it looks again", async () => {
  const scene = await theatre.scene("bare");
  const { provider, runtime } = await providerOn(scene, "element:KeyProvider");
  const lists = () => scene.cluster.calls("ListKeyProvidersKmip").length;
  const before = lists();
  const state = { cluster: "default", clusterUniqueID: scene.cluster.state().identity.uniqueID };
  await Promise.all(["1", "2"].map((id) => provider.read(id, state)));
  await provider.read("3", state);
  expect(lists() - before).toBe(1);
  const { id, outs } = await provider.create({ ...STUB, __resourceUrn: "urn::made", cluster: "default", name: "made" });
  expect(await provider.read(id, carried(outs))).toMatchObject({ id });
  await runtime.close();
});

test("a refresh keeps no error that may pass", async () => {
  const scene = await theatre.scene("bare");
  const { provider, runtime } = await providerOn(scene, "element:KeyProvider");
  const state = { cluster: "default", clusterUniqueID: scene.cluster.state().identity.uniqueID };
  scene.cluster.switches.deniedMethods = ["ListKeyProvidersKmip"];
  await expect(provider.read("1", state)).rejects.toThrow("EKM_PERMISSION_DENIED");
  scene.cluster.switches.deniedMethods = [];
  expect(await provider.read("1", state)).toEqual({ id: "" });
  await runtime.close();
});

/** A lifecycle whose create fails. */
const failing = (error: Error) =>
  new DynamicProvider({ create: () => Promise.reject(error) } as unknown as AnyLifecycle, new Runtime(undefined));

const cause = new RekeyDeadlineError({ attempt: "rekeying", reason: "it still runs", wayOut: "run again" });

test("a failure is shown with its code and without a stack", async () => {
  await expect(failing(cause).create({})).rejects.toMatchObject({
    message: "EKM_REKEY_DEADLINE: rekeying: it still runs. Run again.",
    stack: "",
  });
});

test("a failure and the reason of a refusal are shown on one line, without control sequences", async () => {
  const hostile = "\u001b[2J\r\n::warning::x";
  const error = new CertificateError(hostile);
  await expect(failing(error).create({})).rejects.toThrow("EKM_CERTIFICATE_MALFORMED: \ufffd[2J ::warning::x");
  const refusing = {
    check: async () => ({ inputs: {}, failures: [{ property: "name", reason: hostile }], lines: [] }),
  };
  const provider = new DynamicProvider(refusing as unknown as AnyLifecycle, new Runtime(undefined));
  expect((await provider.check({}, { name: "x" })).failures).toEqual([
    { property: "name", reason: "\ufffd[2J ::warning::x" },
  ]);
});

test.each<[string, object, string, string, string]>([
  ["a value of its own", { port: 0 }, "port", "port", "is wrong"],
  [
    "a value inside another",
    { subject: { country: "USA" } },
    "subject.country",
    "subject",
    "subject.country: is wrong",
  ],
  ["an element of a list", { hostnames: ["a", ""] }, "hostnames[1]", "hostnames", "hostnames[1]: is wrong"],
  ["a value that was not given", {}, "hostnames", "", "hostnames: is wrong"],
  ["a value inside another that was not given", { subject: null }, "subject.country", "", "subject.country: is wrong"],
  ["a text of several lines", { pem: "a\nb" }, "pem", "", "pem: is wrong"],
  ["no property", {}, "", "", "is wrong"],
])("%s that is refused is named so that the engine can show it", async (_, inputs, path, property, reason) => {
  const refusing = {
    check: async () => ({ inputs: {}, failures: [{ property: path, reason: "is wrong" }], lines: [] }),
  };
  const provider = new DynamicProvider(refusing as unknown as AnyLifecycle, new Runtime(undefined));
  expect((await provider.check({}, { ...inputs })).failures).toEqual([{ property, reason }]);
});

test("an incomplete resource is kept, and the cause's code is shown", async () => {
  const error = new IncompleteError("a1b2", { complete: false, asyncHandle: undefined }, cause);
  await expect(failing(error).create({})).rejects.toMatchObject({
    id: "a1b2",
    properties: { complete: false },
    reasons: ["EKM_REKEY_DEADLINE: rekeying: it still runs. Run again."],
  });
});

test("a defect keeps its stack", async () => {
  const defect = new TypeError("undefined is not a function");
  await expect(failing(defect).create({})).rejects.toBe(defect);
});

test("a process that was never configured says so, by the name of the cluster", async () => {
  const provider = new DynamicProvider(
    registry["element:KeyProvider"].lifecycle as unknown as AnyLifecycle,
    new Runtime(undefined),
  );
  await expect(provider.create({ cluster: "east" })).rejects.toThrow(/^EKM_CONNECTION_NOT_CONFIGURED: .*"east"/);
});

test.each([
  ["45s", 45],
  ["30m", 1800],
  ["12h", 43_200],
  ["90d", 7_776_000],
])("%s lasts %i seconds", (text, seconds) => expect(durationSeconds(text)).toBe(seconds));

test.each(["", "0d", "-1d", "1.5h", "1w", "d", " 1d", "1d ", "1234567890s", 90, null, undefined])(
  "%p is no duration",
  (text) => expect(durationSeconds(text)).toBeUndefined(),
);

test("a failure does not have the engine print a text of many lines", async () => {
  const scene = await theatre.scene("paired");
  const { provider, runtime } = await providerOn(scene, "element:KeyServer");
  const { clientCertificate, ...args } = await scene.keyServerArguments();
  const news = {
    ...STUB,
    cluster: "default",
    ...args,
    clientCertificate: clientCertificate + clientCertificate,
    port: 0,
  };
  expect((await provider.check({}, carried(news))).failures).toEqual([
    { property: "port", reason: expect.anything() },
    { property: "", reason: expect.stringMatching(/^clientCertificate: holds 2 certificates/) },
  ]);
  await runtime.close();
});

const unreachableThrough = async (environment: string | undefined, check: boolean): Promise<string[]> => {
  const scene = await theatre.scene("bare");
  const { endpoint, username, fingerprint256 } = scene.cluster;
  const runtime = new Runtime(undefined);
  const provider = new DynamicProvider(registry["element:KeyProvider"].lifecycle as unknown as AnyLifecycle, runtime);
  const clusters = { default: { endpoint, username, password: "an old one", fingerprint256 } };
  const config = { rawConfig: { "ekm:clusters": JSON.stringify(clusters) } } as unknown as pulumi.dynamic.Config;
  await provider.configure({ config });
  if (environment !== undefined) process.env.EKM_CLUSTERS = environment;
  if (check) await provider.check({}, { __resourceUrn: "urn::main", cluster: "default" });
  const state = { cluster: "default", clusterUniqueID: "a7k3" };
  const said = [];
  for (const id of ["1", "2", "3"]) said.push(await provider.read(id, state).catch((error: Error) => error.message));
  await runtime.close();
  delete process.env.EKM_CLUSTERS;
  expect(scene.cluster.requests.filter(({ outcome }) => outcome !== "result")).toHaveLength(1);
  return said as string[];
};

const RECORDED =
  'The connection is the one that the last "pulumi up" recorded, unless --run-program was given: with it, the present one is used.';

test.each<[string, string | undefined, boolean, boolean]>([
  ["without a program", undefined, false, true],
  ["with a program", undefined, true, false],
  ["with a password of the environment", JSON.stringify({ default: { password: "a new one" } }), false, false],
])(
  "%s: a refused login is one attempt, told whole once, with what was recorded",
  async (_, environment, check, hint) => {
    const [first, ...others] = await unreachableThrough(environment, check);
    expect(first).toMatch(
      /^EKM_CONNECTION_LOGIN: calling GetAPI on cluster "default": the cluster refused .*credentials\./,
    );
    expect(first?.endsWith(RECORDED)).toBe(hint);
    const short =
      'EKM_CONNECTION_LOGIN: held up by the refused login to cluster "default", which is told in full once.';
    expect(others).toEqual([short, short]);
  },
);
