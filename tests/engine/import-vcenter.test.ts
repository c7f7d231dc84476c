import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Report } from "../../cli/report/model";
import { projectRoot } from "../../tools/engine/paths";
import { issue, publicKeyOf } from "../kit/certificates";
import { RestCaller } from "../vsphere/simulator/rest-caller";
import { SoapCaller } from "../vsphere/simulator/soap-caller";
import { KeyManager, lastingAuthority, VCenter } from "./acceptance/lab";
import { Workspace } from "./harness";

const EKM = join(projectRoot, "dist", "cli", "main.js");

const authority = lastingAuthority("Clients");

let keyManager: KeyManager;
let vcenter: VCenter;
let workspace: Workspace;

beforeAll(async () => {
  [keyManager, vcenter, workspace] = await Promise.all([
    KeyManager.start(authority),
    VCenter.start(),
    Workspace.create({ passphrase: "of the new stack" }),
  ]);
});
afterAll(async () => {
  workspace.remove();
  await vcenter.remove();
  await keyManager.remove();
});

/**
 * What somebody has set up by hand: a standard provider that is the default, and one of Trust Authority, both with certificates
 * that an authority has signed; a standard provider with a certificate that vCenter has made, which no key server knows yet.
 */
async function setUp(): Promise<void> {
  const { simulator } = vcenter;
  const { port } = keyManager.settings;
  const soap = new SoapCaller(simulator);
  for (const name of ["kms", "kms (new)"]) await soap.register(name, port);
  await new RestCaller(simulator).create("attested", port, { description: "made by hand" });
  const { certificate } = keyManager;
  for (const provider of ["kms", "kms (new)", "attested"]) {
    await simulator.act("trustCertificate", { provider, certificate });
  }
  for (const provider of ["kms", "attested"]) {
    await simulator.act("makeSigningRequest", { provider });
    await simulator.act("uploadClientCertificate", { provider, certificate: signed(requestOf(provider)) });
  }
  await simulator.act("generateClientCertificate", { provider: "kms (new)" });
  await simulator.act("changeDefault", { provider: "kms" });
  await simulator.act("encrypt", { machine: "db" });
}

const objects = () => {
  const { kmsClusters, trustAuthorityClusters, defaultProvider } = structuredClone(vcenter.simulator.state());
  const all = [...kmsClusters, ...trustAuthorityClusters.flatMap(({ providers }) => providers)];
  // When vCenter looked at its servers last is no matter of who has changed what.
  return { defaultProvider, providers: all.map(({ health: _health, ...provider }) => provider) };
};

const requestOf = (name: string): string =>
  objects().providers.find((provider) => provider.name === name)?.signingRequest ?? "";

const signed = (request: string): string =>
  issue(authority, { commonName: "vcenter", usage: "client", publicKey: publicKeyOf(request) }).cert;

/** What `ekm report` says of a state, with the connection that it has. */
async function reportOn(state: string): Promise<Report> {
  const reported = spawn(process.execPath, [EKM, "report", "--state", "-", "--json", "report.json"], {
    ...{ cwd: workspace.folder, env: {}, stdio: ["pipe", "ignore", "inherit"] },
  });
  reported.stdin?.end(state);
  expect(await once(reported, "close")).toEqual([0, null]);
  return JSON.parse(readFileSync(join(workspace.folder, "report.json"), "utf8"));
}

/** Arguments of the engine's commands about the program. */
const args = (...more: string[]): string[] => ["--cwd", join(workspace.folder, "imported"), ...more];

it("takes over key providers, certificates and the default without a write, and does not let go of them", async () => {
  await setUp();
  const { connection } = vcenter;
  const [before, writes] = [objects(), vcenter.writes.length];
  const env = { ...process.env, EKM_VCENTERS: JSON.stringify({ default: connection }) };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [EKM, "import", "--system", "vcenter", "--out", "imported"],
    { cwd: workspace.folder, env },
  );
  expect(stdout).toContain('Key provider "kms (new)" is not healthy');
  await workspace.run(["stack", "init", workspace.stack, ...args()]);
  for (const [, command = ""] of stdout.matchAll(/^ {2}pulumi (config set .*)$/gm)) {
    const value = command.endsWith(".password") ? ["--", connection.password] : [];
    await workspace.run([...args(), ...command.split(" "), ...value]);
  }
  const written = readdirSync(join(workspace.folder, "imported"), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(ts|pem|json|yaml)$/.test(path))
    .map((path) => readFileSync(join(workspace.folder, "imported", path), "utf8"));
  expect([stdout, ...written].filter((text) => text.includes(connection.password))).toEqual([]);

  const { steps } = await workspace.up({ args: args() });
  expect(steps.filter(({ op, failed }) => op !== "create" || failed)).toEqual([]);
  const again = await workspace.up({ args: args("--expect-no-changes") });
  expect(again.steps).toEqual([]);
  const drift = await workspace.preview({ args: args("--refresh", "--expect-no-changes") });
  expect(drift.steps).toEqual([]);
  const refused = await workspace.destroy({ args: args(), expectFailure: true });
  expect(refused.stdout).toContain("because it is protected");
  expect(vcenter.writes.slice(writes)).toEqual([]);
  expect(objects()).toEqual(before);

  const { stdout: state } = await workspace.run(["stack", "export", "--show-secrets", ...args()]);
  const report = await reportOn(state);
  expect(report.drift?.resources.map(({ verdict }) => verdict)).toEqual(Array(8).fill("same"));
  expect(report.vcenters[0]?.facts?.keyProviders.map(({ name, healthy, use }) => [name, healthy, use?.keys])).toEqual([
    ["kms", true, 1],
    ["kms (new)", false, 0],
    ["attested", true, undefined],
  ]);
  expect(JSON.stringify(report)).not.toContain(connection.password);
  expect(vcenter.writes.slice(writes)).toEqual([]);

  const adopted: { type: string; id?: string }[] = JSON.parse(state).deployment.resources;
  const ids = (type: string) =>
    adopted.filter((one) => one.type.endsWith(`:${type}`)).map(({ id }) => id?.replace(/#.*/, ""));
  expect(ids("KeyProvider").sort()).toEqual(["kms", "kms (new)"]);
  expect(ids("TrustedKeyProvider")).toEqual(["domain-c8/attested"]);
  expect(ids("ClientCertificate")).toEqual(["kms (new)"]);
  expect(ids("KeyProviderTrust").sort()).toEqual(["domain-c8/attested", "kms", "kms (new)"]);
  expect(ids("DefaultKeyProvider")).toEqual([vcenter.simulator.instanceUuid]);
}, 120_000);
