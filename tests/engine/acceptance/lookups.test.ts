import { connectionTo, KeyManager, masterKeyOf, Scenario, writtenBy } from "./lab";

/** Looks before the road is walked, and after it. */
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const { element } = require("pulumi-ekm");
module.exports = async () => {
  const { connection } = require("./road.json");
  const before = await element.getKeyProviders({ connection });
  const { key } = require("./road.js");
  // Its key is known only when the master key is where it is to be.
  const cluster = key.keyID.apply(() => "default");
  return {
    providersBefore: before.keyProviders.length,
    servers: element.getKeyServersOutput({ cluster, connection: connection && pulumi.secret(connection) }).keyServers,
    encryption: element.getEncryptionInfoOutput({ cluster, connection }),
    faults: element.getClusterFaultsOutput({ connection }).faults,
    name: (await element.getClusterInfo({ connection })).name,
  };
};
`;

const PASSWORD = "lookup-canary-password";

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
  const cluster = { password: PASSWORD, name: "east" };
  // A program looks with its own environment, which one that stays would not have.
  scenario = await Scenario.start({ keyManager, program: PROGRAM, cluster, residentProgram: false });
});
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

it("look in previews and updates, through the environment, and keep the password to themselves", async () => {
  const { workspace, cluster } = scenario;
  const planned = await workspace.preview();
  expect(planned.summary).toMatchObject({ create: 8 });
  expect(cluster.calls("ListKeyProvidersKmip")).toHaveLength(1);
  // What depends on a key that is not made yet is not looked up.
  expect(cluster.calls("ListKeyServersKmip")).toHaveLength(0);

  const made = await workspace.up();
  const { keyID } = masterKeyOf(cluster) ?? {};
  expect(await workspace.outputs()).toMatchObject({
    providersBefore: 0,
    servers: [{ keyServerID: 1, keyProviderID: 1, kmipClientCertificate: { issuer: expect.stringMatching(/CN=/) } }],
    encryption: { softwareEncryptionAtRest: { masterKeyInfo: { keyManagementType: "external", keyID } } },
    faults: [],
    name: "east",
  });
  expect(`${planned.stdout}${made.stdout}`).not.toContain(PASSWORD);
}, 120_000);

it("look through the stack configuration, and through a connection of their own", async () => {
  const { workspace, cluster } = scenario;
  const connection = connectionTo(cluster);
  const env = { EKM_CLUSTERS: undefined };
  const { password, ...open } = connection;
  for (const [name, value] of Object.entries(open)) {
    await workspace.setConfig(`ekm:clusters.default.${name}`, value, { path: true });
  }
  await workspace.setConfig("ekm:clusters.default.password", password, { path: true, secret: true });
  const configured = await workspace.up({ env });
  expect(configured.steps).toEqual([]);
  expect(configured.diagnostics.filter(({ severity }) => severity === "warning")).toEqual([]);
  expect((await workspace.outputs()).providersBefore).toBe(1);

  scenario.declare({ connection });
  const given = await workspace.up({ env });
  expect(given.steps).toEqual([]);
  expect((await workspace.outputs()).servers).toMatchObject([{ keyServerID: 1 }]);
  expect(`${configured.stdout}${given.stdout}`).not.toContain(PASSWORD);
  const written = writtenBy(workspace);
  expect(written.some((content) => content.includes("kmipKeyServerName"))).toBe(true);
  expect(written.filter((content) => content.includes(PASSWORD))).toEqual([]);
}, 120_000);

it("end a program that cannot look with their code, and without a stack", async () => {
  const { workspace, cluster } = scenario;
  scenario.declare({ connection: { ...connectionTo(cluster), password: "wrong" } });
  const { stdout } = await workspace.preview({ env: { EKM_CLUSTERS: undefined }, expectFailure: true });
  expect(stdout).toContain("EKM_CONNECTION_LOGIN: calling GetAPI");
  expect(stdout).not.toMatch(/unhandled exception|\n\s+at /);
}, 120_000);
