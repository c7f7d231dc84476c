import { issue, publicKeyOf } from "../../kit/certificates";
import { configurationOf, daysLater, KeyManager, masterKeyOf, rekeysOf, Scenario } from "./lab";

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

const updates = (steps: { op: string; name: string }[]) => steps.map(({ op, name }) => `${op} ${name}`);

it("renews a certificate that nears its end, for the same key pair and without a rekey", async () => {
  const { workspace, cluster } = scenario;
  await workspace.up({ env: daysLater(-340) });
  const before = configurationOf(cluster);

  expect(updates((await workspace.preview()).steps)).toEqual(["update certificate", "update server"]);
  expect(configurationOf(cluster)).toEqual(before);
  expect(updates((await workspace.up()).steps)).toEqual(["update certificate", "update server"]);

  const after = configurationOf(cluster);
  expect(after.keyServers[0]?.kmipClientCertificate).not.toBe(before.keyServers[0]?.kmipClientCertificate);
  expect({ ...after, keyServers: [] }).toEqual({ ...before, keyServers: [] });
  expect(await cluster.unwrapDataKey()).toBe(true);
  expect((await workspace.up()).steps).toEqual([]);
}, 120_000);

it("takes a certificate that another authority renewed as one update", async () => {
  const { workspace, cluster } = scenario;
  await workspace.up();
  const { keyPair, keyServers, ...others } = configurationOf(cluster);
  const request = (await workspace.stateOf("request"))?.outputs.pem as string;
  const { cert } = issue(keyManager.authority, {
    commonName: "storage.example.com",
    usage: "client",
    publicKey: publicKeyOf(request),
  });
  scenario.declare({ args: { server: { clientCertificate: cert } } });

  expect(updates((await workspace.preview()).steps)).toEqual(["update server"]);
  expect(updates((await workspace.up()).steps)).toEqual(["update server"]);
  expect(cluster.state().keyServers).toEqual([{ ...keyServers[0], kmipClientCertificate: cert }]);
  expect(configurationOf(cluster)).toMatchObject({ keyPair, ...others });
}, 120_000);

it("rekeys once when a trigger changes or the key is too old, and not for anything else", async () => {
  const { workspace, cluster } = scenario;
  scenario.declare({ args: { key: { rotationTriggers: { quarter: "1" } } } });
  await workspace.up();
  expect(rekeysOf(cluster)).toBe(1);
  const first = masterKeyOf(cluster)?.keyID;

  const second = { rotationTriggers: { quarter: "2" } };
  scenario.declare({ args: { key: second } });
  expect(updates((await workspace.up()).steps)).toEqual(["update key"]);
  expect(rekeysOf(cluster)).toBe(2);
  expect(masterKeyOf(cluster)?.keyID).not.toBe(first);
  expect(keyManager.activeKeyIDs()).toContain(masterKeyOf(cluster)?.keyID);
  expect(keyManager.activeKeyIDs()).not.toContain(first);

  scenario.declare({ args: { key: { ...second, maxAge: "90d" } } });
  await workspace.up();
  expect(rekeysOf(cluster)).toBe(2);

  const later = daysLater(91);
  expect(updates((await workspace.preview({ env: later })).steps)).toEqual(["update key"]);
  await workspace.up({ env: later });
  expect(rekeysOf(cluster)).toBe(3);
  expect((await workspace.up({ env: later })).steps).toEqual([]);
  expect(await cluster.unwrapDataKey()).toBe(true);
}, 120_000);
