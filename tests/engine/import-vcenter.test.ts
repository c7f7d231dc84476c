import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../cli/report/model";
import { projectRoot } from "../../tools/engine/paths";
import { issue, publicKeyOf } from "../kit/certificates";
import { RestCaller } from "../vsphere/simulator/rest-caller";
import { SoapCaller } from "../vsphere/simulator/soap-caller";
import { KeyManager, lastingAuthority, VCenter } from "./acceptance/lab";
import { ImportedProgram, LANGUAGES } from "./imported-program";

const EKM = join(projectRoot, "dist", "cli", "main.js");

const authority = lastingAuthority("Clients");

let keyManager: KeyManager;
let vcenter: VCenter;
let program: ImportedProgram;

beforeAll(async () => {
  [keyManager, vcenter] = await Promise.all([KeyManager.start(authority), VCenter.start()]);
  await setUp();
}, 300_000);
afterEach(() => program.remove());
afterAll(async () => {
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
    ...{ cwd: program.folder, env: {}, stdio: ["pipe", "ignore", "inherit"] },
  });
  reported.stdin?.end(state);
  expect(await once(reported, "close")).toEqual([0, null]);
  return JSON.parse(readFileSync(join(program.folder, "report.json"), "utf8"));
}

it.each(LANGUAGES)(
  "takes over key providers, certificates and the default without a write, and does not let go of them, in %s",
  async (language) => {
    const { password } = vcenter.connection;
    const [before, writes] = [objects(), vcenter.writes.length];
    const connection = { EKM_VCENTERS: JSON.stringify({ default: vcenter.connection }) };
    program = await ImportedProgram.write(language, { system: "vcenter", connection, secret: password });
    expect(program.printed).toContain('Key provider "kms (new)" is not healthy');
    expect(program.texts.filter((text) => text.includes(password))).toEqual([]);
    await program.expectAdoption();
    expect(vcenter.writes.slice(writes)).toEqual([]);
    expect(objects()).toEqual(before);

    const { stdout: state } = await program.workspace.run(["stack", "export", "--show-secrets", ...program.args()]);
    const report = await reportOn(state);
    expect(report.drift?.resources.map(({ verdict }) => verdict)).toEqual(Array(8).fill("same"));
    const providers = report.vcenters[0]?.facts?.keyProviders;
    expect(providers?.map(({ name, healthy, use }) => [name, healthy, use?.keys])).toEqual([
      ["kms", true, 1],
      ["kms (new)", false, 0],
      ["attested", true, undefined],
    ]);
    expect(JSON.stringify(report)).not.toContain(password);
    expect(vcenter.writes.slice(writes)).toEqual([]);

    const found = await program.ids();
    const names = (resourceClass: string) =>
      found(resourceClass)
        .map((id) => id.replace(/#.*/, ""))
        .sort();
    expect(names("KeyProvider")).toEqual(["kms", "kms (new)"]);
    expect(names("TrustedKeyProvider")).toEqual(["domain-c8/attested"]);
    expect(names("ClientCertificate")).toEqual(["kms (new)"]);
    expect(names("KeyProviderTrust")).toEqual(["domain-c8/attested", "kms", "kms (new)"]);
    expect(names("DefaultKeyProvider")).toEqual([vcenter.simulator.instanceUuid]);
  },
  120_000,
);
