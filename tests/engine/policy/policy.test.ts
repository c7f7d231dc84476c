import { X509Certificate } from "node:crypto";
import { policies } from "../../../policy/index";
import { Openssl } from "../../kit/openssl";
import { connectionTo, daysLater, KeyManager, Scenario, VCenter } from "../acceptance/lab";
import { type CommandResult, PolicyPack, Workspace } from "../harness";
import { CONNECTIONS, type Declaration, FROM_ENVIRONMENT, rows } from "./rows";

const openssl = new Openssl();
const ROWS = rows(openssl);
afterAll(() => openssl.dispose());

const DAY = 86_400_000;

/** The engine says which executable it found. */
const HOST_FOUND = /using pulumi-analyzer-policy-hosted from \$PATH/;

/** Program of what is recorded: what a look-up finds is an output of the stack. */
const RECORDED = 'require("./road.js"); exports.keyServers = require("pulumi-ekm").element.getKeyServers();';

describe("what is declared", () => {
  let workspace: Workspace;
  let pack: PolicyPack;

  beforeAll(async () => {
    workspace = await Workspace.create({ program: { file: require.resolve("./program") } });
    await workspace.setConfig("ekm:clusters", JSON.stringify(CONNECTIONS), { secret: true });
    pack = new PolicyPack(workspace);
  });
  afterAll(() => workspace.remove());

  const declare = (side: "violating" | "compliant") =>
    workspace.write(
      "rows.json",
      ROWS.map((row): Declaration => ({ name: row.rule, ...row[side] })),
    );

  it("breaks the rules that it breaks, and no other one", async () => {
    declare("violating");
    const { args, env } = pack.options();
    const { violations, exitCode } = await workspace.preview({
      args,
      env: { ...env, EKM_CLUSTERS: JSON.stringify(FROM_ENVIRONMENT), EKM_VCENTERS: JSON.stringify(FROM_ENVIRONMENT) },
      expectFailure: true,
    });
    expect(
      violations
        .map(({ policy, level, name }) => ({ policy, level, name }))
        .sort((a, b) => (a.policy < b.policy ? -1 : 1)),
    ).toEqual(ROWS.map(({ rule, level, place = rule }) => ({ policy: rule, level, name: place })));
    for (const { message } of violations) expect(message).toMatch(/^[A-Z].* should .*\.$/);
    expect(exitCode).toBe(1);
  }, 120_000);

  it("passes where it keeps them", async () => {
    declare("compliant");
    const { violations, diagnostics } = await workspace.preview(pack.options());
    expect(violations).toEqual([]);
    expect(diagnostics.filter(({ message }) => !HOST_FOUND.test(message) && /policy/i.test(message))).toEqual([]);
  }, 120_000);

  it("is judged by levels and limits of the user's own", async () => {
    declare("compliant");
    const { violations } = await workspace.preview({
      ...pack.options({
        "client-certificate-lifetime": { maxDays: 300, enforcementLevel: "mandatory" },
        "key-server-single-host": { minHosts: 3 },
        "certificate-key-size": { minRsaBits: 3072, enforcementLevel: "disabled" },
      }),
      expectFailure: true,
    });
    // The engine tells violations in the order in which it came to the resources, which is any.
    const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
    expect(violations.filter(({ policy }) => policy === "client-certificate-lifetime").sort(byName)).toEqual([
      {
        policy: "client-certificate-lifetime",
        level: "mandatory",
        name: "certificate-remaining-days",
        message: "The client certificate should be valid for at most 300 days, not for 340.",
      },
      expect.objectContaining({ name: "client-certificate-lifetime", level: "mandatory" }),
    ]);
    expect(new Set(violations.map(({ policy }) => policy))).toEqual(
      new Set(["client-certificate-lifetime", "key-server-single-host"]),
    );
    const refused = await workspace.preview({
      ...pack.options({ "master-key-age": { maxDays: 0 } }),
      expectFailure: true,
    });
    expect(refused.stdout + refused.stderr).toContain("maxDays");
  }, 120_000);
});

/** What the road breaks: one address, nothing said of a destroy. */
const FROM_THE_START = ["key-server-ip-literal", "key-server-single-host", "master-key-deletion"];
const brokenIn = ({ violations }: CommandResult) => violations.map(({ policy }) => policy).sort();

it("judges what is recorded: a key's age, servers that nobody declared, a connection that was not verified", async () => {
  const keyManager = await KeyManager.start();
  // A look-up takes its connection from the environment of the program's process, which is each command's own.
  const scenario = await Scenario.start({ keyManager, program: RECORDED, residentProgram: false });
  try {
    const { workspace, cluster } = scenario;
    const pack = new PolicyPack(workspace);
    const { fingerprint256, ...unverified } = connectionTo(cluster);
    const insecure = { EKM_CLUSTERS: JSON.stringify({ default: { ...unverified, insecure: true } }) };
    const options = (env: NodeJS.ProcessEnv) => {
      const { args, env: path } = pack.options({ "cluster-tls-verification": "advisory" });
      return { args, env: { ...insecure, ...path, ...env } };
    };

    const planned = await workspace.preview(options({}));
    expect(brokenIn(planned)).toEqual(["cluster-connection-from-environment", ...FROM_THE_START]);
    const made = await workspace.up(options({}));
    expect(brokenIn(made)).toEqual([
      "cluster-connection-from-environment",
      "cluster-tls-verification",
      ...FROM_THE_START,
    ]);

    await cluster.mutate(({ keyServers }) => {
      keyServers.push(...keyServers.map((server) => ({ ...server, keyServerID: 7, kmipKeyServerName: "by hand" })));
    });
    const later = await workspace.preview(options(daysLater(300)));
    expect(later.violations).toContainEqual({
      policy: "key-server-unmanaged",
      level: "advisory",
      name: "ekm-test",
      message: expect.stringContaining('Key server 7 "by hand" of cluster'),
    });
    expect(later.violations.filter(({ policy }) => policy === "key-server-unmanaged")).toHaveLength(1);
    const old = await workspace.preview(options(daysLater(366)));
    expect(old.violations).toContainEqual({
      policy: "master-key-age",
      level: "advisory",
      name: "key",
      message: "The master key should be at most 365 days old, not 366: set maxAge.",
    });
    expect(JSON.stringify([planned, made, later, old].map(({ violations }) => violations))).not.toContain(
      cluster.password,
    );
  } finally {
    await scenario.end();
    await keyManager.remove();
  }
}, 120_000);

/** Program of a vCenter's key provider at one server. */
const ON_VCENTER = `
const { pki, vsphere } = require("pulumi-ekm");
const { keyServer, caCertificate, caPrivateKey, fingerprint256 } = require("./key-server.json");
new vsphere.ExternalKeyManagement("machines", {
  servers: [keyServer],
  trustedServers: [fingerprint256],
  signer: (certificateSigningRequest) =>
    new pki.SignedCertificate("machines", { certificateSigningRequest, caCertificate, caPrivateKey }).certificate,
});
`;

it("judges what a vCenter has: a default provider with one server, and what that presents", async () => {
  const [keyManager, vcenter, workspace] = await Promise.all([
    KeyManager.start(),
    VCenter.start(),
    Workspace.create({ program: ON_VCENTER }),
  ]);
  try {
    const pack = new PolicyPack(workspace);
    const { hostnames, port, caCertificate } = keyManager.settings;
    workspace.write("key-server.json", {
      ...{ keyServer: { hostname: hostnames[0], port }, fingerprint256: keyManager.fingerprint256 },
      ...{ caCertificate, caPrivateKey: keyManager.authority.privateKey },
    });
    await workspace.setConfig("ekm:vcenters", JSON.stringify({ default: vcenter.connection }), { secret: true });
    expect(brokenIn(await workspace.preview(pack.options()))).toEqual(["key-server-ip-literal"]);
    const made = await workspace.up(pack.options());
    expect(brokenIn(made)).toEqual(["default-key-provider-single-server", "key-server-ip-literal"]);
    const ends = new X509Certificate(keyManager.certificate).validToDate;
    const days = Math.floor((ends.getTime() - Date.now()) / DAY) - 10;
    const { args, env } = pack.options();
    const late = await workspace.preview({ args, env: { ...env, ...daysLater(days) } });
    expect(late.violations).toContainEqual({
      policy: "key-server-certificate-remaining-days",
      level: "advisory",
      name: "machines-primary",
      message: expect.stringMatching(
        /^The certificate of the key server should be valid for 30 more days, not for (9|10)\.$/,
      ),
    });
    expect(brokenIn(late)).toEqual(expect.arrayContaining(brokenIn(made)));
    expect(JSON.stringify([made, late].map(({ violations }) => violations))).not.toContain(vcenter.connection.password);
  } finally {
    await Promise.all([workspace.remove(), vcenter.remove(), keyManager.remove()]);
  }
}, 120_000);

it("has a row here for every rule", () => {
  // What is recorded has tests of its own, or is judged without an engine, as is what breaks two rules at once.
  const elsewhere = [
    "default-key-provider-single-server",
    "key-server-certificate-remaining-days",
    "key-server-unmanaged",
    "kmip-adapter-clients-declared",
    "master-key-age",
    "root-key-age",
    "trusted-key-provider-deletion",
  ];
  expect([...ROWS.map(({ rule }) => rule), ...elsewhere].sort()).toEqual(policies.map(({ name }) => name).sort());
});
