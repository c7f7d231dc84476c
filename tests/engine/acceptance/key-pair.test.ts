import { KeyManager, masterKeyOf, rekeysOf, Scenario, writesOn } from "./lab";

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
  scenario = await Scenario.start({ keyManager });
});
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

it("regenerates the key pair in three steps, and refuses to do it in one", async () => {
  const { workspace, cluster } = scenario;
  await workspace.up();
  const first = cluster.state();
  const args = { pair: { regenerate: "2" } };

  scenario.declare({ args });
  const refused = await workspace.preview({ expectFailure: true });
  expect(refused.stdout).toMatch(/property regenerate .*is active/s);

  scenario.declare({ internal: true });
  await workspace.up();
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");

  scenario.declare({ internal: true, args });
  await workspace.up();
  expect(cluster.state().keyPair?.generation).toBe(2);
  expect(cluster.state().keyPair?.fingerprint256).not.toBe(first.keyPair?.fingerprint256);
  expect(cluster.state().keyServers[0]?.kmipClientCertificate).not.toBe(first.keyServers[0]?.kmipClientCertificate);

  scenario.declare({ args });
  await workspace.up();
  expect(masterKeyOf(cluster)).toMatchObject({ keyManagementType: "external", keyProviderID: 1 });
  expect(rekeysOf(cluster)).toBe(3);
  expect(writesOn(cluster).filter((method) => method === "CreatePublicPrivateKeyPair")).toHaveLength(2);
  expect(keyManager.activeKeyIDs()).toEqual([masterKeyOf(cluster)?.keyID]);
  expect(await cluster.unwrapDataKey()).toBe(true);
  expect((await workspace.up()).steps).toEqual([]);
}, 120_000);
