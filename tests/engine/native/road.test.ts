import type { ClusterSimulator } from "../../../simulator";
import { configurationOf, KeyManager, masterKeyOf, QUICK_REKEY_SECONDS, rekeysOf, Scenario } from "../acceptance/lab";
import type { CommandOptions } from "../harness";
import { pathWithPlugin } from "./plugin-path";

/** The same program, whoever serves its resources. */
const PROGRAM = `
  const { way } = require("./road.json");
  require("pulumi-ekm").useNativePlugin(way === "native");
  module.exports = require("./road.js");
`;

const RESOURCES = ["pair", "request", "certificate", "server", "provider", "attachment", "key"];
const PLUGIN = /^ekm:/;
const DYNAMIC = /^pulumi-nodejs:dynamic\/ekm\//;

let keyManager: KeyManager;
let scenario: Scenario;
let cluster: ClusterSimulator;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  keyManager = await KeyManager.start();
  scenario = await Scenario.start({ keyManager, program: PROGRAM, residentProgram: false });
  ({ cluster } = scenario);
  env = { PATH: pathWithPlugin(scenario.workspace.folder) };
}, 60_000);
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

const by = (way: "native" | "dynamic", road: object = {}) => scenario.declare({ way, ...road });
const up = (options: CommandOptions = {}) => scenario.workspace.up({ env, ...options });

const writesSince = (from: number) =>
  cluster
    .calls()
    .slice(from)
    .map(({ method }) => method)
    .filter((method) => !/^(Get|List|Test)/.test(method));

/** The types of all resources of this package, each once. */
async function serversOf(pattern: RegExp): Promise<string[]> {
  const { resources } = await scenario.workspace.exportState();
  const own = resources.filter(({ urn }) => RESOURCES.some((name) => urn.endsWith(`::${name}`)));
  return own.filter(({ type }) => !pattern.test(type)).map(({ urn }) => urn);
}

it("takes a cluster to an external master key, of which the preview only tells", async () => {
  by("native");
  const before = cluster.calls().length;
  const preview = await scenario.workspace.preview({ env });
  expect(preview.steps.map(({ name, op }) => `${op} ${name}`)).toEqual(
    expect.arrayContaining(RESOURCES.map((name) => `create ${name}`)),
  );
  expect(writesSince(before)).toEqual([]);
  const { stdout } = await up();
  expect(stdout).toContain("key created");
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("external");
  expect(rekeysOf(cluster)).toBe(1);
  expect(await serversOf(PLUGIN)).toEqual([]);
  const made = cluster.calls().length;
  expect((await up()).steps).toEqual([]);
  expect(writesSince(made)).toEqual([]);
}, 120_000);

it("loses nothing where replacements of all that is in use are forced", async () => {
  by("native");
  const { resources } = await scenario.workspace.exportState();
  const before = configurationOf(cluster);
  for (const name of ["pair", "request", "server", "provider", "attachment"]) {
    const urn = resources.find((resource) => resource.urn.endsWith(`::${name}`))?.urn ?? "";
    const { stdout } = await up({ args: ["--replace", urn] });
    expect(stdout).toContain("stays");
    expect(configurationOf(cluster)).toEqual(before);
  }
  expect((await scenario.workspace.preview({ env, args: ["--refresh", "--expect-no-changes"] })).steps).toEqual([]);
}, 120_000);

it("goes back to the dynamic provider and comes over again, and nothing is written on the cluster", async () => {
  const before = cluster.calls().length;
  by("dynamic");
  expect((await up()).steps.filter(({ op }) => op !== "same")).toEqual([]);
  expect(await serversOf(DYNAMIC)).toEqual([]);
  await scenario.workspace.refresh({ env, args: ["--expect-no-changes"] });
  by("native");
  expect((await up()).steps.filter(({ op }) => op !== "same")).toEqual([]);
  expect(await serversOf(PLUGIN)).toEqual([]);
  await scenario.workspace.refresh({ env, args: ["--expect-no-changes"] });
  expect(writesSince(before)).toEqual([]);
}, 120_000);

it("shows what somebody has changed by the place of the difference", async () => {
  by("native");
  await cluster.mutate(({ keyServers: [server] }) => server?.kmipKeyServerHostnames.push("localhost"));
  const { stdout } = await scenario.workspace.preview({ env, args: ["--refresh", "--diff"] });
  expect(stdout).toContain('- [1]: "localhost"');
  await up({ args: ["--refresh"] });
  expect(configurationOf(cluster).keyServers[0]?.kmipKeyServerHostnames).toEqual(["127.0.0.1"]);
}, 60_000);

it("ends a wait at once when it is told to, and goes on with the same rekey in the next run", async () => {
  cluster.switches.rekeySeconds = 30;
  by("native", { args: { key: { rotationTriggers: { quarter: "2" } } } });
  const rekeys = rekeysOf(cluster);
  const running = scenario.workspace.spawnUp({ env });
  await running.printed(/rekeying \(/);
  running.signal("SIGINT");
  expect((await running.ended).exitCode).not.toBe(0);
  expect(rekeysOf(cluster)).toBe(rekeys);
  cluster.switches.rekeySeconds = QUICK_REKEY_SECONDS;
  await up();
  expect(rekeysOf(cluster)).toBe(rekeys + 1);
  expect((await up()).steps).toEqual([]);
}, 60_000);

it("brings the cluster back to internal keys, and leaves nothing behind", async () => {
  await scenario.workspace.destroy({ env });
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");
  expect(configurationOf(cluster)).toMatchObject({ keyServers: [], keyProviders: [] });
  expect(keyManager.activeKeyIDs()).toEqual([]);
}, 60_000);
