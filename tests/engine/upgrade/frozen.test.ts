import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FROZEN, type Stage, setStage } from "./stage";

const releases = readdirSync(FROZEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

let folder: string;
let stage: Stage;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ekm-frozen-"));
});
afterEach(async () => {
  await stage.end();
  rmSync(folder, { recursive: true, force: true });
});

it.each(releases)(
  "a stack of release %s refreshes without changes, and is destroyed",
  async (release) => {
    cpSync(join(FROZEN, release), folder, { recursive: true });
    stage = await setStage(folder);
    const { workspace, cluster, keyServer } = stage;
    await workspace.importState(join(folder, "stack.json"));

    expect((await workspace.refresh({ args: ["--expect-no-changes"] })).summary).toEqual({ same: 9 });
    await workspace.destroy();
    expect((await workspace.exportState()).resources).toEqual([]);
    const { softwareEncryption, keyServers, keyProviders } = cluster.state();
    expect(softwareEncryption.masterKey?.keyManagementType).toBe("internal");
    expect([keyServers, keyProviders]).toEqual([[], []]);
    expect(keyServer.objects().map(({ state }) => state)).toEqual(["Destroyed"]);
    expect(await cluster.unwrapDataKey()).toBe(true);
  },
  120_000,
);
