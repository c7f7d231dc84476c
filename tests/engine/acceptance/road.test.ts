import { configurationOf, KeyManager, masterKeyOf, rekeysOf, Scenario, writesOn } from "./lab";

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

const TO_EXTERNAL = [
  "CreatePublicPrivateKeyPair",
  "CreateKeyProviderKmip",
  "CreateKeyServerKmip",
  "AddKeyServerToProviderKmip",
  "RekeySoftwareEncryptionAtRestMasterKey",
];
const BACK_TO_INTERNAL = [
  "RekeySoftwareEncryptionAtRestMasterKey",
  "RemoveKeyServerFromProviderKmip",
  "DeleteKeyServerKmip",
  "DeleteKeyProviderKmip",
];

it("goes from internal keys to an external master key and back", async () => {
  const { workspace, cluster } = scenario;

  const planned = await workspace.preview();
  expect(planned.summary).toEqual({ create: 8 });
  expect(writesOn(cluster)).toEqual([]);

  const made = await workspace.up();
  expect(made.summary).toEqual({ create: 8 });
  expect(writesOn(cluster).sort()).toEqual([...TO_EXTERNAL].sort());
  expect(masterKeyOf(cluster)).toMatchObject({ keyManagementType: "external", keyProviderID: 1 });
  expect(keyManager.activeKeyIDs()).toEqual([masterKeyOf(cluster)?.keyID]);
  expect(await cluster.unwrapDataKey()).toBe(true);

  const [before, calls] = [configurationOf(cluster), cluster.calls().length];
  expect((await workspace.up()).steps).toEqual([]);
  expect(cluster.calls().length).toBe(calls);
  expect((await workspace.refresh({ args: ["--expect-no-changes"] })).steps).toEqual([]);
  expect((await workspace.preview({ args: ["--refresh", "--expect-no-changes"] })).steps).toEqual([]);
  expect(configurationOf(cluster)).toEqual(before);
  expect(writesOn(cluster)).toHaveLength(TO_EXTERNAL.length);

  await workspace.destroy();
  const [rekey, remove, ...deletes] = writesOn(cluster).slice(TO_EXTERNAL.length);
  expect([rekey, remove, ...deletes.sort()]).toEqual([
    ...BACK_TO_INTERNAL.slice(0, 2),
    ...BACK_TO_INTERNAL.slice(2).sort(),
  ]);
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");
  expect(cluster.state()).toMatchObject({ keyServers: [], keyProviders: [], keysToDestroy: [] });
  expect(keyManager.activeKeyIDs()).toEqual([]);
  expect(rekeysOf(cluster)).toBe(2);
  expect(await cluster.unwrapDataKey()).toBe(true);
  expect((await workspace.exportState()).resources).toEqual([]);
}, 120_000);

it("runs the program for a refresh and a destroy where that is asked for", async () => {
  const { workspace, cluster } = scenario;
  await workspace.up();
  const refreshed = await workspace.refresh({ args: ["--run-program", "--expect-no-changes"] });
  expect(refreshed.steps).toEqual([]);
  await workspace.destroy({ args: ["--run-program"] });
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");
  expect(cluster.state()).toMatchObject({ keyServers: [], keyProviders: [], keysToDestroy: [] });
  expect((await workspace.exportState()).resources).toEqual([]);
}, 120_000);
