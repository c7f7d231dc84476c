import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { ClusterFacts, Report, ResourceReport } from "../../cli/report/model";
import { projectRoot } from "../../tools/engine/paths";
import { search, texts } from "../secrets/search";
import { keySecret, textSecret } from "../secrets/spellings";
import { configurationOf, connectionTo, KeyManager, masterKeyOf, Scenario, writesOn } from "./acceptance/lab";

const EKM = join(projectRoot, "dist", "cli", "main.js");
const TRIGGER = 'trigger c4n4ry "é"\\&<+/%鍵';

/** The road, with a secret of the program's own. */
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const rotationTriggers = { secret: pulumi.secret(${JSON.stringify(TRIGGER)}) };
Object.assign(require("./road.json"), { args: { key: { rotationTriggers } } });
require("./road.js");
`;

interface Made {
  status: number | null;
  stdout: string;
  stderr: string;
  report: Report;
  /** Everything that was written and printed, by its name. */
  written: Record<string, string>;
}

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
  scenario = await Scenario.start({
    keyManager,
    program: PROGRAM,
    cluster: { switches: { hardwareEncryptionSeconds: 0.3 } },
  });
  const { cluster, workspace } = scenario;
  const { password, ...connection } = connectionTo(cluster);
  for (const [name, value] of Object.entries(connection)) {
    await workspace.setConfig(`ekm:clusters.default.${name}`, value, { path: true });
  }
  await workspace.setConfig("ekm:clusters.default.password", password, { path: true, secret: true });
  scenario.declare({ encryption: "external" });
  await workspace.up();
}, 120_000);
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

/** Runs `ekm report` on the stack's state, with the connections that it has. */
async function ekmReport(args: string[] = [], exportArgs = ["--show-secrets"]): Promise<Made> {
  const { workspace } = scenario;
  const { stdout: state } = await workspace.run(["stack", "export", ...exportArgs]);
  const child = spawn(process.execPath, [EKM, "report", "--state", "-", ...args], { cwd: workspace.folder, env: {} });
  child.stdin.end(state);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  const [json, page] = ["ekm-report.json", "ekm-report.html"].map((file) =>
    readFileSync(join(workspace.folder, file), "utf8"),
  );
  return {
    ...{ status: child.exitCode, stdout, stderr },
    report: JSON.parse(json ?? ""),
    written: { stdout, stderr, json: json ?? "", page: page ?? "" },
  };
}

const factsOf = ({ clusters: [cluster] }: Report): ClusterFacts => {
  if (cluster?.facts === undefined) throw new Error("the cluster was not read");
  return cluster.facts;
};

const resourcesOf = ({ drift }: Report): ResourceReport[] => drift?.resources ?? [];

it("tells what the cluster and its key server have in their own records", async () => {
  const { cluster } = scenario;
  const [before, writes] = [configurationOf(cluster), writesOn(cluster)];
  const { status, stderr, report } = await ekmReport(["--fail-on", "drift", "--fail-on", "faults"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect({ before: configurationOf(cluster), writes: writesOn(cluster) }).toEqual({ before, writes });

  const { identity, keyServers, keyProviders, hardwareEncryption, keyPair } = cluster.state();
  expect(report.clusters).toEqual([
    expect.objectContaining({ connection: "default", endpoint: cluster.endpoint, tlsVerification: "fingerprint256" }),
  ]);
  const facts = factsOf(report);
  const holder = { kind: "keyProvider", id: keyProviders[0]?.keyProviderID, name: keyProviders[0]?.keyProviderName };
  const { keyID, keyCreatedTime } = masterKeyOf(cluster) ?? {};
  expect(facts).toMatchObject({
    uniqueID: identity.uniqueID,
    softwareEncryption: {
      state: "enabled",
      masterKey: { holder, keyID, created: keyCreatedTime, ageDays: 0 },
      lastRekey: { asyncHandle: cluster.state().softwareEncryption.asyncResultID, state: "succeeded" },
    },
    hardwareEncryption: { state: "enabled", key: { holder, keyID: hardwareEncryption.key?.keyID } },
    keyPair: { publicKeyFingerprint: keyPair?.fingerprint256.replaceAll(":", "").toLowerCase() },
    keyProviders: [{ id: holder.id, name: holder.name, active: true, holds: ["masterKey", "hardwareEncryptionKey"] }],
    keyServers: keyServers.map((server) => ({
      id: server.keyServerID,
      name: server.kmipKeyServerName,
      hostnames: server.kmipKeyServerHostnames,
      port: server.kmipKeyServerPort,
      keyProvider: 1,
      usable: true,
    })),
    faults: [],
  });
  expect(keyManager.activeKeyIDs().sort()).toEqual(
    [facts.softwareEncryption.masterKey?.keyID, facts.hardwareEncryption.key?.keyID].sort(),
  );
  expect(facts.certificates.map(({ purpose, status, isForKeyPair }) => [purpose, status, isForKeyPair])).toEqual(
    expect.arrayContaining([
      ["client", "valid", true],
      ["authority", "valid", undefined],
    ]),
  );
}, 60_000);

it("finds no drift where a preview finds none", async () => {
  expect((await scenario.workspace.preview({ args: ["--refresh", "--expect-no-changes"] })).steps).toEqual([]);
  const { report } = await ekmReport();
  expect(report.drift).toMatchObject({ project: "ekm", stack: "test" });
  expect(
    resourcesOf(report)
      .map(({ name, verdict }) => [name, verdict])
      .sort(),
  ).toEqual(
    ["attachment", "certificate", "encryption", "key", "pair", "provider", "request", "server"].map((name) => [
      name,
      "same",
    ]),
  );
  expect(report.findings).toEqual([]);
}, 60_000);

it("names what was changed by hand as a preview does, on the same resources and properties", async () => {
  const { cluster, workspace } = scenario;
  await cluster.mutate(({ keyServers: [server], softwareEncryption: { masterKey } }) => {
    if (server === undefined || masterKey === undefined) throw new Error("the road was not gone");
    server.kmipKeyServerName = "renamed by hand";
    server.kmipKeyServerHostnames = ["localhost"];
    masterKey.keyID = "2f6a8a0e-5d0c-4b7e-8d6f-0c5a1f3e7b90";
  });
  const { status, stdout, report } = await ekmReport(["--fail-on", "drift"]);
  expect(status).toBe(3);
  const changed = resourcesOf(report).filter(({ verdict }) => verdict !== "same");
  expect(changed.map(({ name, verdict }) => [name, verdict]).sort()).toEqual([
    ["key", "changed"],
    ["server", "changed"],
  ]);
  const [key, server] = ["key", "server"].map((name) => changed.find((resource) => resource.name === name));
  expect(server?.differences).toEqual([
    expect.objectContaining({ property: "hostnames", recorded: ["127.0.0.1"], observed: ["localhost"] }),
    expect.objectContaining({ property: "name", observed: "renamed by hand" }),
    // The key server's certificate is for its address alone.
    expect.objectContaining({ property: "tested", recorded: true, observed: false }),
  ]);
  expect(key?.differences).toContainEqual(
    expect.objectContaining({ property: "keyID", observed: masterKeyOf(cluster)?.keyID }),
  );
  expect(stdout).toContain('DRIFT [default] element.KeyServer "server" was changed: hostnames, name, tested.');

  const { steps, diagnostics } = await workspace.preview({ args: ["--refresh"] });
  const updates = steps.filter(({ op }) => op === "update");
  expect(updates.map(({ name }) => name).sort()).toEqual(["key", "server"]);
  expect(updates.find(({ name }) => name === "server")?.differing).toEqual(
    server?.differences.map(({ property }) => property),
  );
  const said = diagnostics.filter(({ severity }) => severity === "info").map(({ message }) => message.trim());
  expect(said).toEqual(expect.arrayContaining([...(server?.plan ?? []), ...(key?.plan ?? [])]));
  expect(key?.plan).toHaveLength(1);
}, 60_000);

it("tells what is gone from what is changed", async () => {
  await scenario.cluster.mutate(({ keyServers: [server] }) => Object.assign(server ?? {}, { keyProviderID: null }));
  const { status, report } = await ekmReport();
  expect(status).toBe(0);
  expect(resourcesOf(report).find(({ name }) => name === "attachment")).toMatchObject({ verdict: "missing" });
  expect(report.findings).toContainEqual({
    ...{ kind: "drift", cluster: "default" },
    text: 'element.KeyServerAttachment "attachment" is gone.',
  });
  await scenario.cluster.mutate(({ keyServers: [server] }) => Object.assign(server ?? {}, { keyProviderID: 1 }));
}, 60_000);

it("compares nothing that is encrypted, and says so", async () => {
  const { status, stdout, report } = await ekmReport(["--fail-on", "drift"], []);
  // Neither the connection, whose password is a secret of the stack.
  expect({ status, clusters: report.clusters }).toMatchObject({
    status: 1,
    clusters: [{ failure: { code: "EKM_STATE", message: expect.stringContaining("--show-secrets") } }],
  });
  const resources = resourcesOf(report);
  for (const { verdict, cluster, failure } of resources) {
    if (cluster !== undefined)
      expect({ verdict, code: failure?.code }).toEqual({ verdict: "unread", code: "EKM_STATE" });
  }
  expect(stdout).toMatch(/ of \d+ resources compared, \d+ not: whether they were changed is not known/);
  expect(stdout).not.toContain("nothing was changed");
  const server = resources.find(({ name }) => name === "server");
  expect(server).toMatchObject({ verdict: "unread", failure: { code: "EKM_STATE" } });
  expect(stdout).toContain("caCertificate, clientCertificate are encrypted in the state");
}, 60_000);

it("holds no secret", async () => {
  const secrets = [
    ...textSecret("password", scenario.cluster.password),
    ...textSecret("trigger", TRIGGER),
    ...keySecret("authority", keyManager.authority.privateKey),
  ];
  const { written } = await ekmReport();
  expect(search(texts(written), secrets)).toEqual([]);
  // What it is made of does.
  const { stdout } = await scenario.workspace.run(["stack", "export", "--show-secrets"]);
  const found = search(texts({ stdout }), secrets).map(({ spelling }) => spelling.replace(/,.*/, ""));
  expect(new Set(found)).toEqual(new Set(["password", "trigger", "authority"]));
}, 60_000);

it("reports a cluster that does not answer, and takes nothing for drift", async () => {
  await scenario.cluster.close();
  const { status, report } = await ekmReport(["--fail-on", "drift"]);
  expect({ status, clusters: report.clusters }).toMatchObject({
    status: 1,
    clusters: [{ failure: { code: "EKM_CONNECTION_UNREACHABLE" } }],
  });
  const verdicts = resourcesOf(report).map(({ name, verdict }) => [name, verdict]);
  expect(Object.fromEntries(verdicts)).toMatchObject({ server: "unread", key: "unread", certificate: "same" });
  expect(report.findings.filter(({ kind }) => kind === "drift")).toEqual([]);
}, 120_000);
