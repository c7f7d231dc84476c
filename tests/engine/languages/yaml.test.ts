import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterSimulator } from "../../../simulator";
import { projectRoot } from "../../../tools/engine/paths";
import { Page } from "../../kit/page";
import { configurationOf, KeyManager, masterKeyOf, QUICK_REKEY_SECONDS, rekeysOf } from "../acceptance/lab";
import type { Workspace } from "../harness";
import { conclusionOf } from "../harness/printed";
import { putAuthorities, settingsIn } from "./page-settings";
import { PLUGINS, reference, yamlWorkspace } from "./yaml-workspace";

const EXAMPLE = join(projectRoot, "examples/yaml");
const page = new Page("examples/yaml/README.md");

let folder: string;
let keyManager: KeyManager;
let cluster: ClusterSimulator;
let workspace: Workspace;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ekm-yaml-"));
  keyManager = await KeyManager.start();
  cluster = await ClusterSimulator.start({ stateDir: join(folder, "cluster"), rekeySeconds: QUICK_REKEY_SECONDS });
  workspace = await yamlWorkspace("production");
  cpSync(EXAMPLE, workspace.folder, { recursive: true });
  putAuthorities(workspace.folder, keyManager);
}, 300_000);
afterAll(async () => {
  workspace.remove();
  await cluster.close();
  await keyManager.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** The commands of the page, with this lab's own settings. */
const ownSettingsIn = (script = "") => settingsIn(script, cluster, keyManager);

it("takes a cluster to an external master key by the commands of the page, with one rekey", async () => {
  const [settings, run] = page.script("up").split(/^(?=pulumi up)/m);
  expect(await workspace.shell(ownSettingsIn(settings))).toMatchObject({ exitCode: 0, stderr: "" });
  expect(run).toBe("pulumi up\n");
  await workspace.preview();
  expect(rekeysOf(cluster)).toBe(0);
  page.expectPrinted("up", conclusionOf(await workspace.up()));
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("external");
  expect((await workspace.up()).steps).toEqual([]);
  expect(rekeysOf(cluster)).toBe(1);
  await workspace.preview({ args: ["--refresh", "--expect-no-changes"] });
}, 120_000);

it("imports what stands on a cluster by the commands of the page, and previews as unchanged", async () => {
  const before = configurationOf(cluster);
  const another = await yamlWorkspace("imported");
  try {
    const plugins = readFileSync(join(EXAMPLE, "Pulumi.yaml"), "utf8").match(/^plugins:\n(?: .*\n)+/m)?.[0];
    const head = `name: storage\nruntime: yaml\n${plugins}`;
    writeFileSync(join(another.folder, "Pulumi.yaml"), head);
    const [settings] = page.script("up").split(/^(?=pulumi config set key)/m);
    const imports = page.script("import").trim().split("\n");
    expect(await another.shell(ownSettingsIn(settings))).toMatchObject({ exitCode: 0 });
    const generated = [];
    for (const [index, command] of imports.entries()) {
      const file = `generated-${index}.yaml`;
      expect(await another.shell(`${command} --out ${file}`)).toMatchObject({ exitCode: 0 });
      generated.push(readFileSync(join(another.folder, file), "utf8").replace(/^resources:\n/m, ""));
    }
    writeFileSync(join(another.folder, "Pulumi.yaml"), `${head}resources:\n${generated.join("")}`);
    expect((await another.preview()).steps).toEqual([]);
    const { resources } = await another.exportState();
    expect(resources.filter(({ type }) => /^ekm:/.test(type))).toHaveLength(imports.length);
    expect(configurationOf(cluster)).toEqual(before);
  } finally {
    another.remove();
  }
}, 120_000);

/** What a preview says of the program with a change. */
async function previewWith(change: (program: string) => string): Promise<string> {
  const program = join(workspace.folder, "Pulumi.yaml");
  const source = readFileSync(program, "utf8");
  writeFileSync(program, change(source));
  const { stdout } = await workspace.preview({ expectFailure: true });
  writeFileSync(program, source);
  return stdout;
}

it("says which property of which resource is wrong", async () => {
  const said = await previewWith((program) =>
    program.replace(/^( +)type: ekm:element:KeyProvider\n/m, '$&$1properties: { name: "" }\n'),
  );
  expect(said).toMatch(/ekm:element:KeyProvider \(provider\):\s+error: .*name/);
}, 60_000);

it("refuses a connection on the provider instance that has it, and calls nobody", async () => {
  const before = cluster.requests.length;
  const password = "of a connection that is refused";
  const said = await previewWith(() =>
    JSON.stringify({
      name: "storage",
      runtime: "yaml",
      plugins: PLUGINS,
      resources: {
        east: {
          type: "pulumi:providers:ekm",
          properties: { clusters: { east: { endpoint: "http://storage.example.com", username: "admin", password } } },
        },
      },
    }),
  );
  expect(said).toMatch(/pulumi:providers:ekm \(east\):\s+error: .*EKM_CONNECTION_CONFIGURATION: .*https/);
  expect(said).not.toContain(password);
  expect(cluster.requests).toHaveLength(before);
}, 60_000);

it("has no secret in clear in state", async () => {
  const state = JSON.stringify((await workspace.exportState()).resources);
  const [line = ""] = keyManager.authority.privateKey.split("\n").slice(1);
  expect(line).toMatch(/^[\w+/=]{20,}$/);
  for (const secret of [cluster.password, line]) expect(state).not.toContain(secret);
});

it("brings the cluster back to internal keys", async () => {
  await workspace.destroy();
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");
  expect(configurationOf(cluster)).toMatchObject({ keyServers: [], keyProviders: [] });
}, 60_000);

describe("the component", () => {
  const IN_YAML = { name: "storage", runtime: "yaml", plugins: PLUGINS };
  const IN_NODE = {
    ...IN_YAML,
    runtime: { name: "nodejs", options: { typescript: false } },
    main: "index.js",
  };
  let project: string;
  let keyServer: object;

  beforeAll(() => {
    project = join(workspace.folder, "Pulumi.yaml");
    const { hostnames, port, caCertificate } = keyManager.settings;
    keyServer = { hostnames, port, caCertificate };
    declare({ keyServer });
  });

  const writtenSince = (from: number) =>
    cluster.requests.slice(from).filter(({ method }) => !/^(Get|List|Test)/.test(method));

  function declare(args: object): void {
    const { certificate, privateKey } = keyManager.authority;
    const signer = { certificate, privateKey: { "fn::secret": privateKey } };
    const resources = {
      storage: { type: "ekm:element:ExternalKeyManagement", properties: { signer, ...args } },
    };
    const outputs = {
      keyID: reference("storage.masterKey.keyID"),
      clientCertificate: reference("storage.clientCertificate"),
    };
    writeFileSync(project, JSON.stringify({ ...IN_YAML, resources, outputs }));
  }

  const programInNode = (isNative: boolean) => `
    const { readFileSync } = require("node:fs");
    const ekm = require("pulumi-ekm");
    ekm.useNativePlugin(${isNative});
    new ekm.element.ExternalKeyManagement("storage", {
      keyServer: ${JSON.stringify(keyServer)},
      signer: {
        certificate: readFileSync("client-ca.pem", "utf8"),
        privateKey: readFileSync("client-ca.key", "utf8"),
      },
    });
  `;

  it.each<[string, object, RegExp]>([
    ["an argument of a resource inside", { keyServer: { hostnames: [], caCertificate: "-" } }, /hostnames/],
    ["an argument that the component does not have", { keyServer: {}, name: "storage" }, /name/],
    ["what decides which resources there are", { masterKey: { keyManagementType: "elsewhere" } }, /keyManagementType/],
  ])(
    "says what is wrong with %s, and makes nothing",
    async (_what, args, said) => {
      const before = cluster.requests.length;
      declare({ keyServer, ...args });
      const { stdout, stderr } = await workspace.preview({ expectFailure: true });
      expect(stdout + stderr).toMatch(said);
      expect(writtenSince(before)).toEqual([]);
      declare({ keyServer });
    },
    60_000,
  );

  it("takes a cluster to an external master key and shows what is inside, with one rekey", async () => {
    const rekeys = rekeysOf(cluster);
    await workspace.preview();
    expect(rekeysOf(cluster)).toBe(rekeys);
    await workspace.up();
    expect(masterKeyOf(cluster)?.keyManagementType).toBe("external");
    expect((await workspace.up()).steps).toEqual([]);
    await workspace.preview({ args: ["--refresh", "--expect-no-changes"] });
    expect(rekeysOf(cluster)).toBe(rekeys + 1);
    const { resources } = await workspace.exportState();
    const [stack] = resources.filter(({ type }) => type === "pulumi:pulumi:Stack");
    expect(stack?.outputs).toMatchObject({
      keyID: masterKeyOf(cluster)?.keyID,
      clientCertificate: expect.stringContaining("BEGIN CERTIFICATE"),
    });
    const [line = ""] = keyManager.authority.privateKey.split("\n").slice(1);
    expect(JSON.stringify(resources)).not.toContain(line);
  }, 120_000);

  it("goes over to a program for Node and comes back, and nothing is written", async () => {
    const inYaml = readFileSync(project, "utf8");
    const before = cluster.requests.length;
    writeFileSync(join(workspace.folder, "package.json"), "{}");
    for (const isNative of [false, true, undefined]) {
      writeFileSync(project, isNative === undefined ? inYaml : JSON.stringify(IN_NODE));
      workspace.setProgram(isNative === undefined ? "" : programInNode(isNative));
      expect((await workspace.up()).steps.filter(({ type }) => /ekm/.test(type))).toEqual([]);
    }
    expect(writtenSince(before)).toEqual([]);
  }, 120_000);

  it("brings the cluster back to internal keys, and leaves nothing behind", async () => {
    await workspace.destroy();
    expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");
    expect(configurationOf(cluster)).toMatchObject({ keyServers: [], keyProviders: [] });
  }, 60_000);
});
