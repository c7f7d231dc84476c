import { configurationOf, KeyManager, Scenario, writesOn } from "./lab";

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
});
afterAll(() => keyManager.remove());

beforeEach(async () => {
  scenario = await Scenario.start({ keyManager });
});
afterEach(() => scenario.end());

it("takes other logical names of what exists once, or of anything with an alias, as the same objects", async () => {
  const { workspace, cluster } = scenario;
  await workspace.up();
  const [before, writes] = [configurationOf(cluster), writesOn(cluster)];
  const once = { pair: "pair-2", request: "request-2", attachment: "attachment-2", key: "key-2" };
  scenario.declare({ names: once });
  const renamed = await workspace.up();
  expect(renamed.summary).toMatchObject({ create: 4, delete: 4 });

  const kinds = ["certificate", "server", "provider"] as const;
  scenario.declare({
    names: { ...once, ...Object.fromEntries(kinds.map((kind) => [kind, `${kind}-2`])) },
    options: Object.fromEntries(kinds.map((kind) => [kind, { aliases: [{ name: kind }] }])),
  });
  expect((await workspace.up()).steps).toEqual([]);
  expect(configurationOf(cluster)).toEqual(before);
  expect(writesOn(cluster)).toEqual(writes);
}, 120_000);

it("refuses another logical name of a server or provider in use, and changed back is clean", async () => {
  const { workspace, cluster } = scenario;
  await workspace.up();
  const before = configurationOf(cluster);
  for (const kind of ["server", "provider"] as const) {
    scenario.declare({ names: { [kind]: "other" } });
    const refused = await workspace.up({ expectFailure: true });
    expect(refused.stdout).toMatch(/is active.*aliases/s);
    expect(configurationOf(cluster).softwareEncryption).toEqual(before.softwareEncryption);
    scenario.declare({});
    await workspace.up();
    expect(configurationOf(cluster)).toEqual(before);
  }
  expect((await workspace.refresh({ args: ["--expect-no-changes"] })).steps).toEqual([]);
}, 120_000);

it("refuses at plan time to rename a provider in use, and replaces an idle one", async () => {
  const { workspace, cluster } = scenario;
  scenario.declare({ args: { provider: { name: "east" } } });
  await workspace.up();
  const before = configurationOf(cluster);
  scenario.declare({ args: { provider: { name: "west" } } });
  const refused = await workspace.preview({ expectFailure: true });
  expect(refused.stdout).toMatch(/property name .*EKM_PROVIDER_ACTIVE: renaming key provider 1 .*is active/s);
  expect(configurationOf(cluster)).toEqual(before);

  scenario.declare({ args: { provider: { name: "east" } }, internal: true });
  await workspace.up();
  scenario.declare({ args: { provider: { name: "west" } }, internal: true });
  await workspace.up();
  expect(cluster.state()).toMatchObject({
    keyProviders: [{ keyProviderID: 2, keyProviderName: "west" }],
    keyServers: [{ keyServerID: 1, keyProviderID: 2 }],
  });
}, 120_000);
