import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";
import { postJson } from "../../kit/post-json";
import type { RunningUp, Workspace } from "../harness";
import { KeyManager, masterKeyOf, QUICK_REKEY_SECONDS, rekeysOf, Scenario, until, writesOn } from "./lab";

/** What people do after a run that was cut off, where the kill matrix has no cell for it. */

let east: KeyManager;
let west: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  east = await KeyManager.start();
  west = await KeyManager.start(east.authority);
});
afterAll(() => Promise.all([east.remove(), west.remove()]));

beforeEach(async () => {
  const program = `require(require("./road.json").component === undefined ? "./road.js" : "./component.js");`;
  scenario = await Scenario.start({ keyManager: east, program });
  scenario.workspace.addFile(join(projectRoot, "tests/chaos/element/component.js"));
});
afterEach(() => scenario.end());

const NAMES = { server: "server-west", provider: "provider-west", attachment: "attachment-west" };
const toWest = (options: object = {}) => ({ names: NAMES, args: { server: west.settings }, options });
const rotated = (quarter: string) => ({ args: { key: { rotationTriggers: { quarter } } } });
const providersOn = () => scenario.cluster.state().keyProviders.map(({ keyProviderName }) => keyProviderName);

/** Starts an `up` whose rekey does not end, and cuts it off in the middle of it. */
async function cutOffInRekey(road: object, workspace: Workspace = scenario.workspace): Promise<void> {
  const { cluster } = scenario;
  scenario.declare(road);
  cluster.switches.rekeySeconds = 3_600;
  const running: RunningUp = workspace.spawnUp();
  await running.printed(/rekeying \(/);
  await running.kill({ children: true });
  cluster.switches.rekeySeconds = QUICK_REKEY_SECONDS;
  await workspace.cancel();
}

async function rekeyByHand(): Promise<void> {
  const { endpoint, username, password, certificate, switches } = scenario.cluster;
  const params = { keyManagementType: "External", keyProviderID: 1 };
  await postJson(`${endpoint}/json-rpc/${switches.apiVersion}`, {
    body: { method: "RekeySoftwareEncryptionAtRestMasterKey", params, id: 1 },
    ca: certificate,
    auth: `${username}:${password}`,
  });
  await until(() => scenario.cluster.state().softwareEncryption.rekey === undefined);
}

/** The same stack on a machine that has not seen its runs. */
async function elsewhere(): Promise<Workspace> {
  const { workspace } = scenario;
  const other = await scenario.neighbour(workspace.stack);
  other.addFile(join(projectRoot, "tests/chaos/element/component.js"));
  const { stdout } = await workspace.run(["stack", "export"]);
  const file = join(other.folder, "exported.json");
  writeFileSync(file, stdout);
  await other.importState(file);
  return other;
}

async function expectOnlyEast(rekeys: number): Promise<void> {
  const { cluster } = scenario;
  expect(masterKeyOf(cluster)).toMatchObject({ keyManagementType: "external", keyProviderID: 1 });
  expect(cluster.state()).toMatchObject({ keyProviders: [{ keyProviderID: 1 }], keyServers: [{ keyServerID: 1 }] });
  expect(rekeysOf(cluster)).toBe(rekeys);
  expect(await cluster.unwrapDataKey()).toBe(true);
}

it("a move that reached its deadline is put back by a plain up", async () => {
  const { workspace, cluster } = scenario;
  await workspace.up();
  scenario.declare(toWest({ key: { customTimeouts: { update: "1s" } } }));
  cluster.switches.rekeySeconds = 3_600;
  expect((await workspace.up({ expectFailure: true })).stdout).toContain("EKM_REKEY_DEADLINE");
  cluster.switches.rekeySeconds = QUICK_REKEY_SECONDS;
  scenario.declare({});
  await workspace.up();
  await expectOnlyEast(3);
  expect((await workspace.up()).steps).toEqual([]);
}, 120_000);

it("a move that was killed is put back on another machine as the refusal says, and destroyed there", async () => {
  await scenario.workspace.up();
  await cutOffInRekey(toWest());
  scenario.declare({});
  const other = await elsewhere();
  const refused = await other.up({ expectFailure: true });
  expect(refused.stdout).toContain("EKM_PROVIDER_ACTIVE");
  expect(refused.stdout).toContain('run "pulumi up --refresh"');
  await other.up({ args: ["--refresh"] });
  await expectOnlyEast(3);

  await other.destroy();
  expect(masterKeyOf(scenario.cluster)?.keyManagementType).toBe("internal");
  expect(scenario.cluster.state()).toMatchObject({ keyProviders: [], keyServers: [] });
  other.remove();
}, 120_000);

it("a move that was killed is destroyed on another machine, with internal keys and nothing left", async () => {
  await scenario.workspace.up();
  await cutOffInRekey(toWest());
  const other = await elsewhere();
  await other.destroy({ args: ["--refresh"] });
  expect(masterKeyOf(scenario.cluster)?.keyManagementType).toBe("internal");
  expect(scenario.cluster.state()).toMatchObject({ keyProviders: [], keyServers: [] });
  expect(other.storedState().resources.filter(({ type }) => type.includes("/element:"))).toEqual([]);
  other.remove();
}, 120_000);

it("a rotation that is asked for happens, whatever was done by hand before and whatever was cut off", async () => {
  const { workspace, cluster } = scenario;
  scenario.declare(rotated("1"));
  await workspace.up();
  await rekeyByHand();
  expect((await workspace.up()).steps).toEqual([]);
  expect(rekeysOf(cluster)).toBe(2);

  // For this wish, the key that was made by hand is none; for the next one, neither is that of a wish that was taken back.
  await cutOffInRekey(rotated("2"));
  scenario.declare(rotated("1"));
  await workspace.up();
  expect(rekeysOf(cluster)).toBe(3);
  scenario.declare(rotated("3"));
  const preview = await workspace.preview();
  expect(preview.stdout).toMatch(/will rekey to a new key of .* \(trigger quarter changed: 1 → 3\)$/m);
  await workspace.up();
  expect(rekeysOf(cluster)).toBe(4);
}, 120_000);

it("a component that is renamed without an alias is refused before anything is made, and then renamed with one", async () => {
  const { workspace, cluster } = scenario;
  scenario.declare({ component: {} });
  await workspace.up();
  const writes = writesOn(cluster).length;
  scenario.declare({ component: { name: "vault" } });
  for (const command of ["preview", "up"] as const) {
    const { stdout } = await workspace[command]({ expectFailure: true });
    expect(stdout).toMatch(/EKM_RESOURCE_RENAMED: creating "vault"/);
  }
  expect(writesOn(cluster)).toHaveLength(writes);
  // The component itself got into state, and an alias is looked for only where there is no resource of the new name.
  scenario.declare({ component: {} });
  await workspace.up();
  scenario.declare({ component: { name: "vault", aliases: [{ name: "storage" }] } });
  await workspace.up();
  expect(rekeysOf(cluster)).toBe(1);
  expect(providersOn()).toHaveLength(1);
}, 120_000);

it("resources that were renamed without aliases get their names back, and then aliases, without a rekey", async () => {
  const { workspace } = scenario;
  await workspace.up();
  const renamed = Object.fromEntries(
    ["pair", "request", "certificate", "server", "provider", "attachment", "key"].map((kind) => [kind, `${kind}-new`]),
  );
  scenario.declare({ names: renamed });
  expect((await workspace.up({ expectFailure: true })).stdout).toContain("EKM_RESOURCE_RENAMED");
  scenario.declare({});
  await workspace.up();
  await expectOnlyEast(1);
  const options = Object.fromEntries(Object.keys(renamed).map((kind) => [kind, { aliases: [{ name: kind }] }]));
  scenario.declare({ names: renamed, options });
  await workspace.up();
  await expectOnlyEast(1);
}, 120_000);
