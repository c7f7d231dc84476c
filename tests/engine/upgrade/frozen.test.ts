import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tokenIn } from "../../../provider/adapters/pulumi/resource-type";
import type { Deployment } from "../harness";
import { pathWithPlugin } from "../native/plugin-path";
import { FROZEN, frozenFolders, QUICK, type Stage, setStage } from "./stage";

const { whole, unfinished } = frozenFolders();

let folder: string;
let stage: Stage;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ekm-frozen-"));
});
afterEach(async () => {
  await stage.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts a frozen stack on stage. */
async function staged(release: string): Promise<Stage> {
  cpSync(join(FROZEN, release), folder, { recursive: true });
  stage = await setStage(folder, { program: { file: join(__dirname, "unfinished.js") } });
  await stage.workspace.importState(join(folder, "stack.json"));
  return stage;
}

/** What a program's runs have in their environment, by who serves its resources. */
const servedBy = {
  "the dynamic provider": () => ({}),
  "the plugin": () => ({ SERVED_BY: "plugin", PATH: pathWithPlugin(folder) }),
};
type Server = keyof typeof servedBy;
const servers = Object.keys(servedBy) as Server[];

/** The key that signed the client certificate, which state holds as a secret. */
async function givenKey(): Promise<string> {
  const { stdout } = await stage.workspace.run(["stack", "export", "--show-secrets"]);
  const { resources }: Deployment = JSON.parse(stdout).deployment;
  const [key] = resources.flatMap(({ urn, inputs }) =>
    urn.endsWith("::certificate") ? [inputs.caPrivateKey as { plaintext: string }] : [],
  );
  return JSON.parse(key?.plaintext ?? "");
}

async function destroyed({ workspace, cluster, keyServer }: Stage, env: NodeJS.ProcessEnv = {}): Promise<void> {
  await workspace.destroy({ env });
  expect((await workspace.exportState()).resources).toEqual([]);
  const { softwareEncryption, keyServers, keyProviders } = cluster.state();
  expect(softwareEncryption.masterKey?.keyManagementType).toBe("internal");
  expect([keyServers, keyProviders]).toEqual([[], []]);
  expect(new Set(keyServer.objects().map(({ state }) => state))).toEqual(new Set(["Destroyed"]));
  expect(await cluster.unwrapDataKey()).toBe(true);
}

it.each(whole)(
  "a stack of release %s refreshes without changes, and is destroyed",
  async (release) => {
    const { workspace, cluster } = await staged(release);
    expect((await workspace.refresh({ args: ["--expect-no-changes"] })).summary).toEqual({ same: 9 });
    cluster.switches.rekeySeconds = QUICK;
    await destroyed(stage);
  },
  120_000,
);

it.each(whole)(
  "a stack of release %s goes over to the plugin unchanged, and is destroyed by it",
  async (release) => {
    const { workspace, cluster } = await staged(release);
    workspace.write("authority.json", {
      certificate: readFileSync(join(folder, "authority.pem"), "utf8"),
      privateKey: await givenKey(),
    });
    workspace.setProgram({ file: join(__dirname, "program.js") });
    const env = servedBy["the plugin"]();
    const before = cluster.calls().length;
    expect((await workspace.up({ env })).steps.filter(({ op }) => op !== "same")).toEqual([]);
    expect(cluster.calls().slice(before)).toEqual([]);
    await workspace.refresh({ env, args: ["--expect-no-changes"] });
    cluster.switches.rekeySeconds = QUICK;
    await destroyed(stage, env);
  },
  120_000,
);

it.each(unfinished.flatMap((release) => servers.map((server) => [release, server] as const)))(
  "the stack %s, whose rekey still runs, refreshes without a difference, is finished and updated by %s, and is destroyed",
  async (release, server) => {
    const env = servedBy[server]();
    const { workspace, cluster } = await staged(release);
    const { rekeys } = cluster.state().softwareEncryption;
    // To the engine, what is incomplete has always changed.
    expect(await workspace.refresh()).toMatchObject({ findings: [], summary: { same: 12, update: 1 } });

    cluster.switches.rekeySeconds = QUICK;
    workspace.write("settings.json", {
      authority: JSON.parse(readFileSync(join(folder, "authority.json"), "utf8")),
      triggers: { certificate: { year: "2" }, masterKey: { quarter: "2" }, recovery: { boot: "2" } },
      onDelete: "disable",
    });
    const { steps } = await workspace.up({ env });
    expect(steps.map(({ op, type }) => `${op} ${tokenIn(type)}`).sort()).toEqual([
      "update element:DriveRecovery",
      "update element:HardwareEncryption",
      "update element:KeyServer",
      "update element:MasterKey",
      "update pki:SignedCertificate",
    ]);
    expect(cluster.state().softwareEncryption.rekeys).toBe(rekeys + 1);
    expect((await workspace.up({ env })).steps).toEqual([]);

    await destroyed(stage, env);
    expect(cluster.state().hardwareEncryption.state).toBe("disabled");
  },
  180_000,
);
