import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { ClusterSimulator } from "../../../simulator";
import { getLanguageHost } from "../../../tools/engine/language-hosts";
import { makeExecutable } from "../../../tools/plugin/executable";
import { REQUIREMENTS, sdkPython } from "../../../tools/sdks/make";
import { Page } from "../../kit/page";
import { configurationOf, KeyManager, masterKeyOf, QUICK_REKEY_SECONDS, rekeysOf } from "../acceptance/lab";
import { Workspace } from "../harness";
import { putAuthorities, settingsIn } from "./page-settings";
import { Release } from "./release";

const overview = new Page("docs/_index.md");
const installation = new Page("docs/installation-configuration.md");

let release: Release;
let hosts: string[];
let keyManager: KeyManager;
let cluster: ClusterSimulator;

beforeAll(async () => {
  [release, keyManager, ...hosts] = await Promise.all([
    Release.make(),
    KeyManager.start(),
    ...(["python", "go", "yaml"] as const).map((language) => getLanguageHost(language)),
  ]);
  const stateDir = join(release.folder, "cluster");
  cluster = await ClusterSimulator.start({ stateDir, rekeySeconds: QUICK_REKEY_SECONDS });
  const workspace = await emptyWorkspace();
  try {
    await shell(workspace, installation.script("plugin"));
  } finally {
    workspace.remove();
  }
}, 600_000);
afterAll(async () => {
  await cluster?.close();
  await keyManager?.remove();
  release?.remove();
});

interface Empty {
  /** Folders that come before the machine's own on PATH. @default that of this Node */
  bin?: string[];
  /** What a user has of the engine: plugins are there. */
  home?: string;
}

/** A folder with nothing but the downloads, and a stack. */
async function emptyWorkspace({ bin = [NODE], home = "home" }: Empty = {}): Promise<Workspace> {
  const PATH = [...bin, ...hosts, ...pathWithoutNode()].join(delimiter);
  const env = { PATH, PULUMI_HOME: join(release.folder, home), PIP_CONSTRAINT: REQUIREMENTS };
  const workspace = await Workspace.create({ parent: release.folder, project: "storage", env, quickStart: false });
  rmSync(join(workspace.folder, "index.js"));
  release.downloadTo(workspace.folder);
  return workspace;
}

const NODE = dirname(process.execPath);

/** The engine takes a plugin on PATH before one that is installed: that of the checkout is beside a Node. */
const pathWithoutNode = (): string[] =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder, index) => (existsSync(join(folder, "node")) ? othersIn(folder, `commands-${index}`) : folder));

/** A folder with everything that another one has, but Node. */
function othersIn(folder: string, name: string): string {
  const others = join(release.folder, name);
  if (existsSync(others)) return others;
  mkdirSync(others);
  for (const command of readdirSync(folder)) {
    if (command !== "node") symlinkSync(join(folder, command), join(others, command));
  }
  return others;
}

/** Runs what a page tells, which must end well. */
async function shell(workspace: Workspace, script: string): Promise<void> {
  const ended = await workspace.shell(script, { timeoutSeconds: 300 });
  if (ended.exitCode !== 0) throw new Error(`${script}\n${ended.stdout}${ended.stderr}`);
}

/** Takes the cluster to an external master key and back by the program in a workspace. */
async function walk(workspace: Workspace): Promise<void> {
  putAuthorities(workspace.folder, keyManager);
  const settings = [installation.script("configuration"), installation.script("settings")].join("");
  await shell(workspace, settingsIn(settings, cluster, keyManager));
  const rekeys = rekeysOf(cluster);
  const options = { timeoutSeconds: 200 };
  await workspace.up(options);
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("external");
  expect((await workspace.outputs()).keyID).toBe(masterKeyOf(cluster)?.keyID);
  expect((await workspace.up(options)).steps).toEqual([]);
  await workspace.refresh({ ...options, args: ["--expect-no-changes"] });
  expect(rekeysOf(cluster)).toBe(rekeys + 1);
  const state = readFileSync(workspace.stateFile, "utf8");
  const [line = ""] = keyManager.authority.privateKey.split("\n").slice(1);
  for (const secret of [cluster.password, line]) expect(state).not.toContain(secret);
  await workspace.destroy(options);
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");
  expect(configurationOf(cluster)).toMatchObject({ keyServers: [], keyProviders: [] });
}

it("takes a cluster to a key server and back by a program in YAML, with the plugin alone", async () => {
  const workspace = await emptyWorkspace();
  try {
    writeFileSync(join(workspace.folder, "Pulumi.yaml"), overview.program("yaml"));
    await walk(workspace);
  } finally {
    workspace.remove();
  }
}, 120_000);

it("takes a cluster to a key server and back by a program in Python, which is held to its types", async () => {
  const bin = join(release.folder, "venv/bin");
  const workspace = await emptyWorkspace({ bin: [bin, NODE] });
  try {
    await shell(workspace, `${JSON.stringify(await sdkPython())} -m venv ../venv`);
    await shell(workspace, installation.script("python"));
    const runtime = { name: "python", options: { virtualenv: "../venv" } };
    workspace.write("Pulumi.yaml", { name: "storage", runtime });
    const program = overview.program("python");
    writeFileSync(join(workspace.folder, "__main__.py"), program);
    expect(await complaintsOfMypy(workspace, "__main__.py")).toBe("");
    writeFileSync(join(workspace.folder, "wrong.py"), program.replace("hostnames=[", "hostnames=[1, "));
    expect(await complaintsOfMypy(workspace, "wrong.py")).toMatch(/^wrong\.py:\d+: error: List item 0 .*"int"/);
    await walk(workspace);
  } finally {
    workspace.remove();
  }
}, 300_000);

/** What the checker of types says of a program that uses what is installed. */
async function complaintsOfMypy({ folder }: Workspace, file: string): Promise<string> {
  const python = join(release.folder, "venv/bin/python");
  const args = ["-m", "mypy", "--strict", "--no-error-summary", "--python-executable", python, file];
  const checked = promisify(execFile)(await sdkPython(), args, { cwd: folder });
  const { stdout } = await checked.catch((failure: { stdout: string }) => failure);
  return stdout;
}

it("takes a cluster to a key server and back by a program in Go, whose module compiles as a whole", async () => {
  const workspace = await emptyWorkspace();
  try {
    writeFileSync(join(workspace.folder, "main.go"), overview.program("go"));
    workspace.write("Pulumi.yaml", { name: "storage", runtime: "go" });
    await shell(workspace, "go mod init storage");
    await shell(workspace, installation.script("go"));
    await shell(workspace, "go vet . && cd pulumi-ekm-go-* && go build ./...");
    await walk(workspace);
  } finally {
    workspace.remove();
  }
}, 600_000);

it("takes a cluster to a key server and back by the program in TypeScript, without a plugin", async () => {
  const workspace = await Workspace.create({ project: "storage" });
  try {
    rmSync(join(workspace.folder, "index.js"));
    writeFileSync(join(workspace.folder, "index.ts"), overview.program("ts"));
    workspace.write("Pulumi.yaml", { name: "storage", runtime: "nodejs" });
    workspace.write("package.json", { name: "storage" });
    const compiler = require.resolve("typescript/bin/tsc");
    await shell(workspace, `node ${compiler} --noEmit --strict --module node16 --target es2022 --types node index.ts`);
    await walk(workspace);
  } finally {
    workspace.remove();
  }
}, 120_000);

it("takes a cluster to a key server and back on a machine without Node, by the executable that has its own", async () => {
  await makeExecutable(join(release.folder, "dist/executable"));
  const workspace = await emptyWorkspace({ home: "home-without-node", bin: [] });
  try {
    expect((await workspace.shell("node --version")).exitCode).toBe(127);
    await shell(workspace, `cd .. && ${installation.script("executable")}`);
    writeFileSync(join(workspace.folder, "Pulumi.yaml"), overview.program("yaml"));
    await walk(workspace);
  } finally {
    workspace.remove();
  }
}, 120_000);

it("installs the plugin from a server that has the archives of the page", async () => {
  const workspace = await emptyWorkspace({ home: "another-home" });
  const requested: string[] = [];
  const server = createServer(({ url = "" }, answer) => {
    requested.push(url);
    answer.end(readFileSync(join(workspace.folder, "pulumi-resource-ekm-v0.1.0-linux-amd64.tar.gz")));
  });
  try {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await shell(workspace, "tar -xzf pulumi-ekm-0.1.0.tgz package/plugin");
    await shell(workspace, installation.script("archive"));
    const install = installation.script("server").replace("https://plugins.example.com", `http://127.0.0.1:${port}`);
    await shell(workspace, install);
    expect(requested.map((url) => basename(url))).toEqual([
      expect.stringMatching(/^pulumi-resource-ekm-v0\.1\.0-\w+-\w+\.tar\.gz$/),
    ]);
    const { stdout } = await workspace.run(["package", "get-schema", "ekm"]);
    expect(JSON.parse(stdout)).toMatchObject({ name: "ekm", version: "0.1.0" });
  } finally {
    server.close();
    workspace.remove();
  }
}, 60_000);
