import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { type ClusterView, connectToCluster, lookAtCluster } from "../../tools/quickstart/observation";
import type { ClusterConnection } from "../../tools/quickstart/servers";
import { issue, makeAuthority } from "../kit/certificates";
import { PolicyPack, Workspace } from "./harness";

const CHECKOUT = join(__dirname, "..", "..");

/** What a user writes who has nothing but the installed package. */
const PROGRAM = `
const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const { element, pki } = require("pulumi-ekm");

const caCertificate = readFileSync("authority.pem", "utf8");
const caPrivateKey = pulumi.secret(readFileSync("authority-key.pem", "utf8"));
const storage = new element.ExternalKeyManagement("storage", {
  subject: { commonName: "storage.example.com" },
  keyServer: { hostnames: ["127.0.0.1"], port: Number(process.env.KEY_SERVER_PORT), caCertificate },
  signer: (certificateSigningRequest) =>
    new pki.SignedCertificate("storage", { certificateSigningRequest, caCertificate, caPrivateKey }).certificate,
});
exports.keyID = storage.masterKey.keyID;
`;

/** A component is registered before what is in it. */
const PROGRAM_OF_A_LIBRARY = `
const { element, pki } = require("pulumi-ekm");
const signer = new pki.CertificateAuthority("lab", { subject: { commonName: "Lab" } });
const keyServer = { hostnames: ["kms.example.com"], caCertificate: signer.certificate };
new element.ExternalKeyManagement("storage", { keyServer, signer });
`;

const POLICED_PROGRAM = 'const { element } = require("pulumi-ekm"); new element.MasterKey("key");';

/** Without types of their own, the arguments would take anything. */
const TYPED_PROGRAM = `
import { element, Provider, pki } from "pulumi-ekm";
import { startKmipServer as startServer } from "pulumi-ekm/kmip";
import { dynamic } from "pulumi-ekm/provider";
import type { Report } from "pulumi-ekm/report";
import { ClusterSimulator, KmipClient, startKmipServer } from "pulumi-ekm/simulator";
// @ts-expect-error
export const refused: element.ExternalKeyManagementArgs = { keyServer: 1 };
// @ts-expect-error
export const another: Report["schema"] = 0;
// @ts-expect-error
startServer({ stateDir: 1 });
`;

/** The examples of the page of the KMIP library, which are one program. */
const KMIP_PROGRAM = [
  ...readFileSync(join(CHECKOUT, "kmip", "README.md"), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm),
]
  .map(([, block]) => block)
  .join("");

/** The pack of one's own that the pack's page shows. */
const TYPED_PACK =
  /```ts\n(import \{ PolicyPack[\s\S]*?)```/.exec(readFileSync(join(CHECKOUT, "policy", "README.md"), "utf8"))?.[1] ??
  "";

interface PackedFile {
  path: string;
}

/** Everything of this test, outside of the checkout so that nothing of it can be found by accident. */
let outside: string;
let tarball: string;
let packed: string[];

beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), "published-package-"));
  // Whoever publishes builds first; for this run that is done.
  const { stdout } = await npm(CHECKOUT, "pack", "--ignore-scripts", "--json", "--pack-destination", outside);
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: PackedFile[] }];
  tarball = join(outside, filename);
  packed = files.map(({ path }) => path);
});

afterAll(() => rmSync(outside, { recursive: true, force: true, maxRetries: 3 }));

it("publishes compiled code with its declarations, licence, pages and examples, and nothing else", () => {
  const code = packed.filter((path) => path.startsWith("dist/"));
  const pages = packed.filter((path) => /^docs\/.*\.md$/.test(path));
  const examples = packed.filter((path) => path.startsWith("examples/"));
  const plugin = packed.filter((path) => path.startsWith("plugin/"));
  const pack = ["policy/PulumiPolicy.yaml", "policy/README.md", "policy/package.json"];
  expect(packed.filter((path) => ![...code, ...pages, ...examples, ...plugin].includes(path)).sort()).toEqual([
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "kmip/README.md",
    "package.json",
    ...pack,
    "schema.json",
  ]);
  expect(examples.filter((path) => /node_modules|Pulumi\..+\.yaml/.test(path))).toEqual([]);
  expect(code.filter((path) => !/^dist\/(cli|kmip|policy|provider|sdk|simulator)\/.*\.(js|d\.ts)$/.test(path))).toEqual(
    [],
  );
  const declarations = code.filter((path) => path.endsWith(".d.ts")).map((path) => path.replace(/\.d\.ts$/, ".js"));
  expect(declarations.sort()).toEqual(code.filter((path) => path.endsWith(".js")).sort());
  const { exports, bin } = JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8"));
  const entries = Object.values<string | Record<string, string>>({ ...exports, ...bin }).flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry),
  );
  expect(packed).toEqual(expect.arrayContaining(entries.map((path) => path.replace(/^\.\//, ""))));
});

it("publishes what its pages link to", () => {
  const isPublished = (path: string) => packed.some((file) => file === path || file.startsWith(`${path}/`));
  const broken = packed
    .filter((page) => page.endsWith(".md"))
    .flatMap((page) => linksOf(page).filter((target) => !isPublished(target)));
  expect(broken).toEqual([]);
});

/** Where a page's links lead within the project. */
const linksOf = (page: string): string[] =>
  [...readFileSync(join(CHECKOUT, page), "utf8").matchAll(/\]\(([^)\s#]+)[^)\s]*\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^\w+:/.test(target))
    .map((target) => posix.join(posix.dirname(page), target).replace(/\/$/, ""));

describe("installed into an empty program", () => {
  let workspace: Workspace;
  const servers: ChildProcess[] = [];

  beforeAll(async () => {
    workspace = await Workspace.create({ parent: outside, program: PROGRAM, quickStart: false });
    await install(workspace.folder);
  }, 180_000);

  afterAll(async () => {
    await Promise.all(servers.map(stop));
    workspace?.remove();
  });

  it("moves a cluster's master key to a key server and back, both run from the package's own binary", async () => {
    const authority = makeAuthority();
    const keyServer = issue(authority, { commonName: "Key Server", usage: "server" });
    const files = {
      "authority.pem": authority.certificate,
      "authority-key.pem": authority.privateKey,
      "server.pem": keyServer.cert,
      "server-key.pem": keyServer.key,
    };
    for (const [name, contents] of Object.entries(files)) writeFileSync(join(workspace.folder, name), contents);

    const connection = await startSimulator<ClusterConnection>("cluster", "--state", "cluster", "--rekey-seconds", "1");
    const { listening } = await startSimulator<{ listening: string }>(
      ..."kmip --cert server.pem --key server-key.pem --ca authority.pem --state keys".split(" "),
    );
    const env = {
      EKM_CLUSTERS: JSON.stringify({ default: connection }),
      KEY_SERVER_PORT: listening.split(":").at(-1),
    };
    expect((await look(connection)).encryption.masterKeyInfo?.keyManagementType).toBe("internal");

    const { steps } = await workspace.up({ env });
    expect(steps.filter(({ failed }) => failed)).toEqual([]);
    const after = await look(connection);
    expect(after.encryption.masterKeyInfo).toMatchObject({
      keyManagementType: "external",
      keyID: (await workspace.outputs()).keyID,
      keyProviderID: after.keyProviders[0]?.keyProviderID,
    });
    expect(after.keyProviders).toEqual([expect.objectContaining({ keyProviderIsActive: true })]);

    expect((await run(binary("ekm"), ["import", "--out", "imported"], { env })).stdout).toContain("MasterKey");
    expect(readFileSync(join(workspace.folder, "imported", "index.ts"), "utf8")).toContain("new element.MasterKey(");

    await workspace.destroy({ env });
    const destroyed = await look(connection);
    expect(destroyed.encryption.masterKeyInfo?.keyManagementType).toBe("internal");
    expect(destroyed).toMatchObject({ keyServers: [], keyProviders: [] });
  }, 120_000);

  it("has the command ekm", async () => {
    expect((await run(binary("ekm"), ["--help"])).stdout).toMatch(/^Usage: ekm COMMAND/);
  });

  it("has the plugin, which an engine asks for its schema", async () => {
    const { stdout } = await workspace.run(["package", "get-schema", binary("pulumi-resource-ekm")]);
    expect(JSON.parse(stdout)).toMatchObject({ name: "ekm", resources: { "ekm:element:MasterKey": {} } });
  }, 60_000);

  it("is refused, before anything is registered, in a program that has it through a library alone", async () => {
    const library = join(outside, "library");
    mkdirSync(library);
    symlinkSync(join(workspace.folder, "node_modules"), join(library, "node_modules"));
    writeFileSync(join(library, "index.js"), PROGRAM_OF_A_LIBRARY);
    const program = await Workspace.create({ parent: outside, program: 'require("../library");', quickStart: false });
    mkdirSync(join(program.folder, "node_modules"));
    symlinkSync(join(library, "node_modules/@pulumi"), join(program.folder, "node_modules/@pulumi"));
    try {
      const refused = await program.preview({ expectFailure: true });
      expect(refused.stdout).toMatch(
        new RegExp(`EKM_PROGRAM_DEPENDENCY: .*${program.folder}, where it is not installed.* own package\\.json`),
      );
      expect(refused.stdout).not.toMatch(/\n\s+at |Cannot find module/);
      expect(refused.steps).toEqual([]);
      symlinkSync(join(library, "node_modules/pulumi-ekm"), join(program.folder, "node_modules/pulumi-ekm"));
      // What says so is loaded now.
      expect((await program.preview({ expectFailure: true })).stdout).toContain("EKM_CONNECTION_NOT_CONFIGURED");
    } finally {
      program.remove();
    }
  }, 120_000);

  it("has declarations that serve a TypeScript program", async () => {
    expect(await compile(TYPED_PROGRAM)).toBe("");
    // The resolution of older templates, which knows no exports.
    const classic = "--module commonjs --moduleResolution node --skipLibCheck".split(" ");
    expect(await compile(TYPED_PROGRAM, ...classic)).toBe("");
    expect(KMIP_PROGRAM).not.toBe("");
    expect(await compileModule(KMIP_PROGRAM)).toBe("");
    expect(await compileModule(KMIP_PROGRAM.replace("length: 256", 'length: "256"'))).toContain("number");
  }, 120_000);

  it("has a policy pack that runs from where it was installed", async () => {
    await npm(workspace.folder, ...INSTALL, `@pulumi/policy@${lockedVersion("@pulumi/policy")}`);
    workspace.setProgram(POLICED_PROGRAM);
    const { args, env } = new PolicyPack(
      workspace,
      join(workspace.folder, "node_modules", "pulumi-ekm", "policy"),
    ).options();
    const connection = { endpoint: "https://127.0.0.1:9", username: "admin", password: "unused" };
    const clusters = JSON.stringify({ default: connection });
    const { violations } = await workspace.preview({ args, env: { ...env, EKM_CLUSTERS: clusters } });
    expect(violations.map(({ policy }) => policy).sort()).toEqual([
      "cluster-connection-from-environment",
      "master-key-deletion",
      "master-key-internal",
    ]);
    // The framework's own declarations have errors.
    expect(TYPED_PACK).not.toBe("");
    expect(await compile(TYPED_PACK, "--skipLibCheck")).toBe("");
    expect(await compile(TYPED_PACK, ..."--module commonjs --moduleResolution node --skipLibCheck".split(" "))).toBe(
      "",
    );
    expect(await compile(TYPED_PACK.replace("({ maxAge }", "({ minAge }"), "--skipLibCheck")).toContain("minAge");
  }, 120_000);

  /** What the compiler complains about. */
  const compile = (program: string, ...more: string[]) => compileFile("typed.ts", program, ...more);

  const compileModule = (program: string) => compileFile("typed.mts", program, "--types", "node");

  async function compileFile(file: string, program: string, ...more: string[]): Promise<string> {
    writeFileSync(join(workspace.folder, file), program);
    const compiler = require.resolve("typescript/bin/tsc");
    const options = [..."--noEmit --strict --module node16 --target es2022".split(" "), ...more, file];
    const compiled = promisify(execFile)(process.execPath, [compiler, ...options], { cwd: workspace.folder });
    const { stdout } = await compiled.catch((failure: { stdout: string }) => failure);
    return stdout;
  }

  /** An installed binary itself: its first line must make the system run it with Node. */
  const binary = (name: string) => join(workspace.folder, "node_modules", ".bin", name);

  const run = (command: string, args: string[], { env }: { env?: NodeJS.ProcessEnv } = {}) =>
    promisify(execFile)(command, args, { cwd: workspace.folder, env: { ...process.env, ...env } });

  async function startSimulator<Announcement>(...args: string[]): Promise<Announcement> {
    const server = spawn(binary("ekm-simulator"), args, {
      cwd: workspace.folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    servers.push(server);
    for await (const line of createInterface({ input: server.stdout })) return JSON.parse(line);
    throw new Error(`ekm-simulator ${args[0]} ended at once`);
  }
});

/** Installs the tarball and its peer, with the versions of the checkout's lock file: nothing newer decides the test. */
async function install(folder: string): Promise<void> {
  const { "": root, "node_modules/pulumi-ekm": link, ...locked } = lockedPackages();
  const program = { name: "program", private: true };
  writeFileSync(join(folder, "package.json"), JSON.stringify(program));
  const lock = { ...program, lockfileVersion: 3, requires: true, packages: { "": program, ...locked } };
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify(lock));
  await npm(folder, ...INSTALL, tarball, `@pulumi/pulumi@${lockedVersion("@pulumi/pulumi")}`);
  expect(existsSync(join(folder, "node_modules", "jest"))).toBe(false);
}

const lockedPackages = (): Record<string, { version: string }> =>
  JSON.parse(readFileSync(join(CHECKOUT, "package-lock.json"), "utf8")).packages;

const lockedVersion = (name: string): string | undefined => lockedPackages()[`node_modules/${name}`]?.version;

const INSTALL = ["install", "--prefer-offline", "--no-audit", "--no-fund"];

const npm = (cwd: string, ...args: string[]) => promisify(execFile)("npm", args, { cwd, maxBuffer: 16 * 1024 * 1024 });

async function look(connection: ClusterConnection): Promise<ClusterView> {
  const cluster = connectToCluster(connection, new AbortController().signal);
  try {
    return await lookAtCluster(cluster);
  } finally {
    await cluster.close();
  }
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, "exit");
  server.kill("SIGTERM");
  await exited;
}
