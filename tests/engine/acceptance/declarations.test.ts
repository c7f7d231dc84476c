import { configurationOf, KeyManager, Scenario, writesOn } from "./lab";

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
});
afterAll(() => keyManager.remove());
afterEach(() => scenario.end());

/** Declares once more what `road.json` says. */
const TWICE = `
const { element } = require("pulumi-ekm");
const { pair, request, provider, server, attachment, key, encryption } = require("./road.js");
const again = {
  pair: (opts) => new element.KeyPair("again", {}, opts),
  request: (opts) => new element.CertificateSigningRequest("again", { keyPair: pair }, opts),
  attachment: (opts) => new element.KeyServerAttachment("again", { keyProvider: provider, keyServer: server }, opts),
  key: (opts) => new element.MasterKey("again", {}, opts),
  encryption: (opts) => new element.HardwareEncryption("again", {}, opts),
};
again[require("./road.json").twice]({ dependsOn: [pair, request, attachment, key, encryption] });
`;

it("refuses a second declaration of what exists once", async () => {
  scenario = await Scenario.start({ keyManager });
  const { workspace, cluster } = scenario;
  scenario.declare({ encryption: "internal" });
  await workspace.up();
  const [before, writes] = [configurationOf(cluster), writesOn(cluster)];
  workspace.setProgram(TWICE);
  for (const twice of ["pair", "request", "attachment", "key", "encryption"]) {
    scenario.declare({ twice, encryption: "internal" });
    const { stdout } = await workspace.preview({ expectFailure: true });
    expect(stdout).toMatch(
      new RegExp(
        `'again'(?:: property| has a problem: cluster:) .*("${twice}" already declares it|attached by element\\.KeyServerAttachment "${twice}":)`,
      ),
    );
  }
  expect(configurationOf(cluster)).toEqual(before);
  expect(writesOn(cluster)).toEqual(writes);
}, 120_000);

it("leaves the master key to the stack that gave it away", async () => {
  scenario = await Scenario.start({ keyManager });
  const { workspace, cluster } = scenario;
  await workspace.up();
  const before = configurationOf(cluster);
  const other = await scenario.neighbour("other");
  try {
    const refused = await other.up({ expectFailure: true });
    expect(refused.stdout).toContain("EKM_MASTER_KEY_HELD_ELSEWHERE");
    expect(configurationOf(cluster)).toMatchObject({
      keyPair: before.keyPair,
      softwareEncryption: before.softwareEncryption,
      keyServers: [before.keyServers[0], { keyServerID: 2 }],
    });
    await other.destroy();
    expect(configurationOf(cluster)).toEqual(before);
    expect((await workspace.refresh({ args: ["--expect-no-changes"] })).steps).toEqual([]);
  } finally {
    other.remove();
  }
}, 120_000);
