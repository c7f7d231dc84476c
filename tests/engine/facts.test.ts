import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UNKNOWN } from "../../provider/core/unknown";
import { type CommandResult, type Deployment, type StateResource, Workspace } from "./harness";

/**
 * What the engine and the Node SDK do that no document promises and the product rests on. One of these failing after an
 * upgrade names what has changed.
 */

interface Call {
  version: number;
  method: string;
  label: string;
  [detail: string]: unknown;
}

interface Run {
  result: CommandResult;
  calls: Call[];
  state: Deployment;
}

const stub = (version: number) => `exports.handler = () => require("./recorder.js")(${version})`;

const program = (version: number, body: string) => `
const pulumi = require("@pulumi/pulumi");
class Thing extends pulumi.CustomResource {
  constructor(label, args = {}, opts) {
    const inputs = { observed: undefined, label, ...args, __provider: ${JSON.stringify(stub(version))} };
    super("pulumi-nodejs:dynamic/facts:Thing", label, inputs, opts);
  }
}
${body}`;

const FIRST = program(
  1,
  `
const east = new pulumi.ProviderResource("pulumi-nodejs", "east", { token: pulumi.secret("t"), nest: { list: [1] } });
new Thing("plain", { value: 1, secret: pulumi.secret("hush") });
new Thing("changing", { value: 1 });
new Thing("drifting", { value: 1 });
new Thing("vanishing", { value: 1 });
new Thing("partial", { halfway: true });
new Thing("eastern", {}, { provider: east });
new Thing("logging", { urn_: pulumi.createUrn("logging", "pulumi-nodejs:dynamic/facts:Thing") });
new Thing("forced", {}, { deleteBeforeReplace: true });
new Thing("old-name");
`,
);

const SECOND = program(
  2,
  `
new Thing("plain", { value: 1, secret: pulumi.secret("hush") });
new Thing("changing", { value: 2 });
new Thing("drifting", { value: 1 });
new Thing("vanishing", { value: 1 });
new Thing("partial", { halfway: true });
new Thing("another-partial", { halfway: true });
new Thing("forced", {}, { deleteBeforeReplace: true });
new Thing("old-name");
`,
);

const THIRD = program(
  2,
  `
const source = new Thing("source");
new Thing("dependant", { value: source.observed, nested: { list: ["known", source.observed] } });
new Thing("forced", {}, { deleteBeforeReplace: true });
new Thing("new-name");
`,
);

let workspace: Workspace;
let created: Run;
let changed: Run;
let drift: Run;
let refreshed: Run;
let unreadable: Run;
let planned: Run;
let replaced: Run;

beforeAll(async () => {
  workspace = await Workspace.create({ program: FIRST, quickStart: false });
  workspace.addFile(require.resolve("./fixtures/recorder.js"));
  await workspace.setConfig("nest.list[0]", "1", { path: true });
  answerReads({});
  created = await run(() => upToTheEnd());
  workspace.setProgram(SECOND);
  changed = await run(() => upToTheEnd());
  answerReads({ drifting: { inputs: { value: 99 } }, vanishing: { gone: true } });
  drift = await run(() => workspace.preview({ args: ["--refresh", "--expect-no-changes"], expectFailure: true }));
  refreshed = await run(() => workspace.refresh());
  answerReads({ plain: { failure: "cannot be reached" } });
  unreadable = await run(() => workspace.refresh({ expectFailure: true }));
  workspace.setProgram(THIRD);
  planned = await run(() => workspace.preview());
  replaced = await run(() => workspace.up({ args: ["--replace", resource(unreadable, "forced")?.urn ?? ""] }));
}, 120_000);

afterAll(() => workspace.remove());

/** The resource that fails halfway must not keep the others from being created. */
const upToTheEnd = () => workspace.up({ args: ["--continue-on-error"], expectFailure: true });

function answerReads(answers: Record<string, object>): void {
  workspace.write("reads.json", answers);
}

async function run(command: () => Promise<CommandResult>): Promise<Run> {
  const log = join(workspace.folder, "calls.jsonl");
  writeFileSync(log, "");
  const result = await command();
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  return { result, calls: lines.map((line) => JSON.parse(line)), state: await workspace.exportState() };
}

const resource = ({ state }: Run, name: string): StateResource | undefined =>
  state.resources.find(({ urn }) => urn.endsWith(`::${name}`));

const calls = (made: Run, label: string, ...methods: string[]) =>
  made.calls.filter((call) => call.label === label && methods.includes(call.method));

const encrypted = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: expect.any(String),
};

describe("the stub", () => {
  it("may be literal text, and state keeps it byte by byte", () => {
    expect(resource(created, "plain")?.inputs.__provider).toBe(stub(1));
    expect(resource(created, "plain")?.outputs.__provider).toBe(stub(1));
  });

  it("is the program's for check, diff, create and update", () => {
    expect(calls(changed, "changing", "check", "diff", "update").map(({ version }) => version)).toEqual([2, 2, 2]);
    expect(calls(changed, "another-partial", "create").map(({ version }) => version)).toEqual([2]);
  });

  it("alone differing is no change when diff says so, yet its new text becomes an input", () => {
    expect(changed.result.steps.map(({ name }) => name)).not.toContain("plain");
    expect(resource(changed, "plain")?.inputs.__provider).toBe(stub(2));
    expect(resource(changed, "plain")?.outputs.__provider).toBe(stub(1));
  });

  it("is that of the last create or update for read and delete", () => {
    expect(calls(refreshed, "plain", "read").map(({ version }) => version)).toEqual([1]);
    expect(calls(refreshed, "changing", "read").map(({ version }) => version)).toEqual([2]);
    expect(calls(replaced, "plain", "delete").map(({ version }) => version)).toEqual([1]);
  });
});

describe("secrets", () => {
  it("reach the provider in clear", () => {
    expect(calls(created, "plain", "create")[0]?.inputs).toMatchObject({ secret: "hush" });
  });

  it("are secret in the outputs of the same name, and only there", () => {
    expect(resource(created, "plain")?.outputs).toMatchObject({ secret: encrypted, copied: "hush" });
  });

  it("are made by a provider that returns their wire form", () => {
    expect(resource(created, "plain")?.outputs.generated).toEqual(encrypted);
  });
});

describe("configuration", () => {
  it("comes to the default provider as text", () => {
    expect(calls(created, "plain", "create")[0]?.rawConfig).toMatchObject({ "ekm:nest": '{"list":[1]}' });
  });

  it("comes to an explicit provider as objects under bare keys, secrets in clear", () => {
    expect(calls(created, "eastern", "create")[0]?.rawConfig).toMatchObject({ token: "t", nest: { list: [1] } });
  });
});

describe("a create that fails halfway", () => {
  it("with id, properties and reasons leaves a resource with errors in state", () => {
    expect(resource(created, "partial")).toMatchObject({
      id: "partial-id",
      outputs: { complete: false },
      initErrors: ["only halfway there"],
    });
  });

  it("is finished by update on the next run, although diff sees no change", () => {
    expect(calls(changed, "partial", "create", "update")).toEqual([
      expect.objectContaining({ method: "update", olds: expect.objectContaining({ complete: false }) }),
    ]);
    expect(resource(changed, "partial")?.initErrors ?? []).toEqual([]);
  });

  it("is forgotten by a refresh", () => {
    expect(resource(changed, "another-partial")?.initErrors).toEqual(["only halfway there"]);
    expect(resource(refreshed, "another-partial")?.initErrors ?? []).toEqual([]);
    expect(resource(refreshed, "another-partial")?.outputs.complete).toBe(false);
  });
});

describe("read", () => {
  it("makes a preview that refreshes and expects no changes end with exit code 7", () => {
    expect(drift.result.exitCode).toBe(7);
    expect(resource(drift, "vanishing")).toBeDefined();
  });

  it("changes the inputs in state by the inputs that it returns", () => {
    expect(resource(refreshed, "drifting")?.inputs).toMatchObject({ label: "drifting", value: 99 });
    expect(resource(refreshed, "drifting")?.outputs.value).toBe(99);
  });

  it("with a blank id drops the resource from state", () => {
    expect(resource(changed, "vanishing")).toBeDefined();
    expect(resource(refreshed, "vanishing")).toBeUndefined();
  });

  it("that throws fails the refresh and keeps state", () => {
    expect(unreadable.result.exitCode).toBe(1);
    expect(resource(unreadable, "plain")).toMatchObject({
      id: "plain-id",
      inputs: { value: 1 },
      outputs: { observed: 1 },
    });
  });
});

it("stands in for unknown values with one text, at any depth", () => {
  expect(calls(planned, "dependant", "check")[0]?.news).toMatchObject({
    value: UNKNOWN,
    nested: { list: ["known", UNKNOWN] },
  });
  expect(calls(planned, "dependant", "create")).toEqual([]);
});

it("prints log lines with a URN on that resource's row", () => {
  expect(created.result.diagnostics).toContainEqual(
    expect.objectContaining({ urn: resource(created, "logging")?.urn, message: expect.stringContaining("own row") }),
  );
});

describe("order", () => {
  it("of a forced replacement is delete, then create, with deleteBeforeReplace on the class", () => {
    expect(calls(replaced, "forced", "delete", "create").map(({ method }) => method)).toEqual(["delete", "create"]);
  });

  it("of a changed logical name is create, then delete", () => {
    const order = replaced.calls.filter(({ label, method }) => /-name$/.test(label) && /create|delete/.test(method));
    expect(order.map(({ method, label }) => `${method} ${label}`)).toEqual(["create new-name", "delete old-name"]);
  });
});
