import { configurationOf, encryptionOf, KeyManager, masterKeyOf, Scenario, somebody, until, writesOn } from "./lab";

const TO_ANOTHER_HOLDER = ["DisableEncryptionAtRest", "EnableEncryptionAtRest"];

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
});
afterAll(() => keyManager.remove());

beforeEach(async () => {
  scenario = await Scenario.start({
    keyManager,
    cluster: { control: true, switches: { hardwareEncryptionSeconds: 0.3 } },
  });
});
afterEach(() => scenario.end());

const togglesOf = () => writesOn(scenario.cluster).filter((method) => method.endsWith("EncryptionAtRest"));

/** What a run says that an update will do. */
const announcedIn = ({ diagnostics }: { diagnostics: { message: string }[] }): string[] =>
  diagnostics.map(({ message }) => message).filter((message) => /: will /.test(message));

/** The key server has the keys that are in use, and no other one in use. */
function expectKeys(...keys: ({ keyID: string } | undefined)[]): void {
  expect(keyManager.activeKeyIDs().sort()).toEqual(keys.map((key) => key?.keyID).sort());
}

function expectEncryption(holder: number | "internal"): void {
  const { state, key } = encryptionOf(scenario.cluster);
  expect({ state, holder: key?.keyProviderID ?? key?.keyManagementType }).toEqual({ state: "enabled", holder });
}

function expectNothingLeft(): void {
  expect(configurationOf(scenario.cluster)).toMatchObject({ keyServers: [], keyProviders: [] });
  expect(scenario.cluster.state().keysToDestroy).toEqual([]);
  expect(masterKeyOf(scenario.cluster)?.keyManagementType).toBe("internal");
  expectKeys();
}

it("shares a provider with the master key, sees the button of the interface, and leaves internal keys", async () => {
  const { workspace, cluster } = scenario;
  scenario.declare({ encryption: "external" });
  expect((await workspace.up()).summary).toEqual({ create: 9 });
  expectEncryption(1);
  expectKeys(masterKeyOf(cluster), encryptionOf(cluster).key);
  const calls = cluster.calls().length;
  expect((await workspace.up()).steps).toEqual([]);
  expect(cluster.calls().length).toBe(calls);
  expect((await workspace.refresh({ args: ["--expect-no-changes"] })).steps).toEqual([]);

  await somebody(cluster, "enableHardwareEncryptionInternally");
  await until(() => encryptionOf(cluster).state === "enabled");
  const drifted = await workspace.preview({ args: ["--refresh", "--expect-no-changes"], expectFailure: true });
  expect(drifted.exitCode).toBe(7);
  expect(drifted.steps.filter(({ op }) => op === "update")).toEqual([
    expect.objectContaining({ name: "encryption", differing: ["keyProvider", "keyProviderName"] }),
  ]);
  expect(announcedIn(drifted)).toEqual([expect.stringContaining("will disable hardware encryption")]);
  // A refresh compares as well, and does nothing about it.
  const refreshed = await workspace.refresh();
  expect(refreshed.steps.map(({ name }) => name)).toEqual(["encryption"]);
  expect(announcedIn(refreshed)).toEqual([]);
  expect(togglesOf()).toEqual(["EnableEncryptionAtRest"]);
  await workspace.up({ args: ["--refresh"] });
  expectEncryption(1);
  expect(togglesOf()).toEqual(["EnableEncryptionAtRest", ...TO_ANOTHER_HOLDER]);
  expectKeys(masterKeyOf(cluster), encryptionOf(cluster).key);

  const { urn = "" } = (await workspace.stateOf("encryption")) ?? {};
  const replaced = await workspace.up({ args: ["--replace", urn], expectFailure: true });
  expect(replaced.stdout).toContain("EKM_REPLACEMENT_REFUSED");
  expect((await workspace.up()).steps).toEqual([]);

  await workspace.destroy();
  expectEncryption("internal");
  expectNothingLeft();
  expect((await workspace.exportState()).resources).toEqual([]);
}, 180_000);

it("moves from internal keys to the provider while a rekey runs, and is off after a destroy that says so", async () => {
  const { workspace, cluster } = scenario;
  scenario.declare({ encryption: "internal", internal: true });
  await workspace.up();
  expectEncryption("internal");

  scenario.declare({ encryption: "external", args: { encryption: { onDelete: "disable" } } });
  const planned = await workspace.preview();
  expect(planned.steps).toContainEqual(
    expect.objectContaining({
      op: "update",
      name: "encryption",
      differing: ["keyProvider", "keyProviderName", "onDelete"],
    }),
  );
  await workspace.up();
  expectEncryption(1);
  expectKeys(masterKeyOf(cluster), encryptionOf(cluster).key);
  expect(togglesOf()).toEqual(["EnableEncryptionAtRest", ...TO_ANOTHER_HOLDER]);

  await workspace.destroy();
  expect(encryptionOf(cluster)).toMatchObject({ state: "disabled" });
  expectNothingLeft();
}, 180_000);

it("is kept by a destroy that says so, which names it where its provider is not kept as well", async () => {
  const { workspace, cluster } = scenario;
  const args = { encryption: { onDelete: "keep" } };
  const impatient = { attachment: { customTimeouts: { delete: "1s" } } };
  scenario.declare({ encryption: "external", args, options: impatient });
  await workspace.up();
  const { keyServers, keyProviders } = configurationOf(cluster);
  const { stdout } = await workspace.destroy({ expectFailure: true });
  expect(stdout).toMatch(/EKM_PROVIDER_ACTIVE: detaching .* hardware encryption at rest uses its key/);
  expect(configurationOf(cluster)).toMatchObject({ keyServers, keyProviders });

  const retained = { retainOnDelete: true };
  const options = { server: retained, provider: retained, attachment: retained };
  scenario.declare({ encryption: "external", args, options });
  await workspace.up();
  await workspace.destroy();
  expectEncryption(1);
  expect(configurationOf(cluster)).toMatchObject({ keyServers, keyProviders });
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");
  expectKeys(encryptionOf(cluster).key);
  expect(togglesOf()).toEqual(["EnableEncryptionAtRest"]);
}, 180_000);

it("is finished by the next run where the engine was killed between its halves", async () => {
  const { workspace, cluster } = scenario;
  scenario.declare({ encryption: "internal" });
  await workspace.up();
  cluster.switches.hardwareEncryptionSeconds = 3600;
  scenario.declare({ encryption: "external" });
  const killed = workspace.spawnUp();
  await killed.printed(/disabling hardware encryption \(/);
  await killed.kill();
  await workspace.cancel();

  const resumed = workspace.spawnUp();
  await resumed.printed(/waiting for hardware encryption, which is disabling already/);
  cluster.switches.hardwareEncryptionSeconds = 0.3;
  expect(await resumed.ended).toMatchObject({ exitCode: 0 });
  expectEncryption(1);
  expect(togglesOf()).toEqual(["EnableEncryptionAtRest", ...TO_ANOTHER_HOLDER]);
  expect((await workspace.up()).steps).toEqual([]);
}, 180_000);
