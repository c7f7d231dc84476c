import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tokenIn } from "../../../provider/adapters/pulumi/resource-type";
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

async function destroyed({ workspace, cluster, keyServer }: Stage): Promise<void> {
  await workspace.destroy();
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

it.each(unfinished)(
  "the stack %s, whose rekey still runs, refreshes without a difference, is finished and updated, and is destroyed",
  async (release) => {
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
    const { steps } = await workspace.up();
    expect(steps.map(({ op, type }) => `${op} ${tokenIn(type)}`).sort()).toEqual([
      "update element:DriveRecovery",
      "update element:HardwareEncryption",
      "update element:KeyServer",
      "update element:MasterKey",
      "update pki:SignedCertificate",
    ]);
    expect(cluster.state().softwareEncryption.rekeys).toBe(rekeys + 1);
    expect((await workspace.up()).steps).toEqual([]);

    await destroyed(stage);
    expect(cluster.state().hardwareEncryption.state).toBe("disabled");
  },
  180_000,
);
