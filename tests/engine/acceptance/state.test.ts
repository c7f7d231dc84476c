import { join } from "node:path";
import { registry } from "../../../provider/systems/registry";
import { ClusterSimulator } from "../../../simulator";
import { connectionTo, KeyManager, masterKeyOf, Scenario } from "./lab";

/** What every state ever written holds, and will be asked for by every release to come. */
const stubOf = (token: string) => `exports.handler = () => require("pulumi-ekm/provider").dynamic("${token}");`;

/** Of which the road has none. */
const NOT_ON_THE_ROAD = ["element:Fleet", "pki:CertificateAuthority"];

const TYPE = "pulumi-nodejs:dynamic/ekm/";

/** The road on two clusters, each through an explicit provider with its own password. */
const TWO_CLUSTERS = `
const pulumi = require("@pulumi/pulumi");
const ekm = require("pulumi-ekm");
/** What a transform of either kind makes of the timeouts of one type of resource. */
const withTimeouts = (token, customTimeouts) => ({ type, props, opts }) =>
  type.endsWith(token) ? { props, opts: pulumi.mergeOptions(opts, { customTimeouts }) } : undefined;
const timed = {
  east: { customTimeouts: { update: "20m" } },
  west: {
    customTimeouts: { update: "20m" },
    transforms: [withTimeouts("element:MasterKey", { create: "1h30m" })],
    transformations: [withTimeouts("element:KeyServer", { delete: "90s" })],
  },
};
const { keyManager, authority, clusters } = require("./lab.json");
for (const [name, connection] of Object.entries(clusters)) {
  const provider = new ekm.Provider(name, { clusters: { default: connection } });
  new ekm.element.ExternalKeyManagement(name, {
    keyServer: keyManager,
    subject: { commonName: name + ".example.com" },
    signer: (certificateSigningRequest) => new ekm.pki.SignedCertificate(name, {
      certificateSigningRequest,
      caCertificate: authority.certificate,
      caPrivateKey: authority.privateKey,
    }).certificate,
  }, { ...timed[name], providers: { "pulumi-nodejs": provider } });
}
new ekm.pki.CertificateAuthority("authority", { subject: { commonName: "Lab" }, keyAlgorithm: "ECDSA" });
`;

const nameIn = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
});
afterAll(() => keyManager.remove());
afterEach(() => scenario.end());

it("keeps a constant stub of each resource", async () => {
  scenario = await Scenario.start({ keyManager });
  const { workspace } = scenario;
  scenario.declare({ encryption: "external", recovery: { drives: [1] } });
  await workspace.up();
  const ours = (await workspace.exportState()).resources.filter(({ type }) => type.startsWith(TYPE));
  const tokens = ours.map(({ type }) => type.slice(TYPE.length));
  expect(ours.map(({ inputs }) => inputs.__provider)).toEqual(tokens.map(stubOf));
  const expected = Object.keys(registry).filter((token) => /^(element|pki):/.test(token));
  expect([...tokens, ...NOT_ON_THE_ROAD].sort()).toEqual(expected.sort());
  expect(ours.map(({ outputs }) => outputs.__provider)).toEqual(ours.map(({ inputs }) => inputs.__provider));
}, 120_000);

it("serves two clusters through two providers, each with its own password", async () => {
  scenario = await Scenario.start({ keyManager });
  const { workspace } = scenario;
  const east = scenario.cluster;
  const west = await ClusterSimulator.start({
    stateDir: join(workspace.folder, ".west"),
    rekeySeconds: 0.3,
  });
  try {
    scenario.workspace.write("lab.json", {
      keyManager: keyManager.settings,
      authority: keyManager.authority,
      clusters: { east: connectionTo(east), west: connectionTo(west) },
    });
    workspace.setProgram(TWO_CLUSTERS);
    await workspace.up({ env: { EKM_CLUSTERS: undefined } });
    for (const cluster of [east, west]) {
      expect(masterKeyOf(cluster)).toMatchObject({ keyManagementType: "external", keyProviderID: 1 });
      expect(await cluster.unwrapDataKey()).toBe(true);
    }
    const inForce = [east, west].map((cluster) => masterKeyOf(cluster)?.keyID);
    expect(keyManager.activeKeyIDs()).toEqual(expect.arrayContaining(inForce));
    // The engine passes no timeout to a dynamic provider: what counts are these inputs.
    const { resources } = await workspace.exportState();
    const deadlines = (token: string) =>
      resources
        .filter(({ type }) => type.endsWith(`/${token}`))
        .map(({ urn, inputs }) => [nameIn(urn), inputs.deadlines]);
    expect(Object.fromEntries(deadlines("element:KeyProvider"))).toEqual({
      "east-primary": { update: 1200 },
      "west-primary": { update: 1200 },
    });
    expect(Object.fromEntries(deadlines("element:MasterKey"))).toEqual({
      east: { update: 1200 },
      west: { create: 5400 },
    });
    expect(Object.fromEntries(deadlines("element:KeyServer"))).toEqual({
      "east-primary": { update: 1200 },
      "west-primary": { delete: 90 },
    });
    expect((await workspace.stateOf("authority"))?.inputs.__provider).toBe(stubOf("pki:CertificateAuthority"));

    await workspace.destroy({ env: { EKM_CLUSTERS: undefined } });
    for (const cluster of [east, west]) {
      expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");
    }
  } finally {
    await west.close();
  }
}, 120_000);
