import { configurationOf, KeyManager, masterKeyOf, rekeysOf, Scenario, until } from "./lab";

/** The whole road as one component, on the key server that road.json names. */
const COMPONENT = `
const { element, pki } = require("pulumi-ekm");
const { keyManagers, authority } = require("./lab.json");
const { place = "east" } = require("./road.json");
new element.ExternalKeyManagement("storage", {
  subject: { commonName: "storage.example.com" },
  keyServer: keyManagers[place],
  keyProvider: { logicalName: place },
  signer: (certificateSigningRequest) => new pki.SignedCertificate("storage", {
    certificateSigningRequest,
    caCertificate: authority.certificate,
    caPrivateKey: authority.privateKey,
  }).certificate,
});
`;

let east: KeyManager;
let west: KeyManager;
let scenario: Scenario;

beforeEach(async () => {
  east = await KeyManager.start();
  west = await KeyManager.start(east.authority);
  const keyManagers = { east: east.settings, west: west.settings };
  scenario = await Scenario.start({ keyManager: east, program: COMPONENT, lab: { keyManagers } });
  await scenario.workspace.up();
}, 120_000);
afterEach(async () => {
  await scenario.end();
  await Promise.all([east.remove(), west.remove()]);
});

it("moves from one key server to another without a gap", async () => {
  const { workspace, cluster } = scenario;
  scenario.declare({ place: "west" });
  await workspace.up();
  expect(rekeysOf(cluster)).toBe(2);
  expectOnlyWest();
  expect(await cluster.unwrapDataKey()).toBe(true);
  expect((await workspace.up()).steps).toEqual([]);
}, 120_000);

it("stays on the old key server when the new one dies in the middle, and then finishes", async () => {
  const { workspace, cluster } = scenario;
  const [key] = east.activeKeyIDs();
  cluster.switches.rekeySeconds = 2;
  scenario.declare({ place: "west" });
  const running = workspace.spawnUp();
  await until(() => west.activeKeyIDs().length === 1);
  await west.stop();
  const failed = await running.ended;

  expect(failed.exitCode).toBe(1);
  expect(failed.stdout).toContain("EKM_REKEY_FAILED");
  expect(masterKeyOf(cluster)).toMatchObject({ keyID: key, keyProviderID: 1 });
  expect(configurationOf(cluster).keyServers).toHaveLength(2);
  expect(east.activeKeyIDs()).toEqual([key]);
  expect(await cluster.unwrapDataKey()).toBe(true);

  await west.restart();
  cluster.switches.rekeySeconds = 0.3;
  await workspace.up();
  expectOnlyWest();
  expect(rekeysOf(cluster)).toBe(2);
  expect(await cluster.unwrapDataKey()).toBe(true);
}, 120_000);

function expectOnlyWest(): void {
  const { cluster } = scenario;
  expect(masterKeyOf(cluster)).toMatchObject({ keyManagementType: "external", keyProviderID: 2 });
  expect(cluster.state()).toMatchObject({ keyProviders: [{ keyProviderID: 2 }], keyServers: [{ keyServerID: 2 }] });
  expect(east.activeKeyIDs()).toEqual([]);
  expect(west.activeKeyIDs()).toEqual([masterKeyOf(cluster)?.keyID]);
}
