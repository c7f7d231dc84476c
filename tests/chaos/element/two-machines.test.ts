import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeyManager, QUICK_REKEY_SECONDS, rekeysOf, Scenario, until } from "../../engine/acceptance/lab";
import type { Workspace } from "../../engine/harness";
import { Interception } from "../interception";

const REKEY = "RekeySoftwareEncryptionAtRestMasterKey";
const rotated = (quarter: string) => ({ args: { key: { rotationTriggers: { quarter } } } });

let keyManager: KeyManager;
let scenario: Scenario;
const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "ekm-machine-"));
  folders.push(folder);
  return folder;
};

beforeAll(async () => {
  keyManager = await KeyManager.start();
  scenario = await Scenario.start({ keyManager });
});
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The same stack on a machine that shares no lock with this one. */
async function elsewhere(): Promise<Workspace> {
  const workspace = await scenario.neighbour(scenario.workspace.stack);
  const { stdout } = await scenario.workspace.run(["stack", "export"]);
  const file = join(newFolder(), "state.json");
  writeFileSync(file, stdout);
  await workspace.importState(file);
  return workspace;
}

it("two machines that rotate at the same time make one key: the cluster refuses the second one, which joins the first", async () => {
  const { cluster, workspace } = scenario;
  scenario.declare(rotated("1"));
  await workspace.up();
  scenario.declare(rotated("2"));
  const other = await elsewhere();
  cluster.switches.rekeySeconds = 3_600;

  // Each has looked for the last time, and sends its rekey only when the other one has looked as well.
  let release = () => {};
  const bothHaveLooked = new Promise<void>((resolve) => {
    release = resolve;
  });
  let waiting = 0;
  const machines = await Promise.all(
    [workspace, other].map(async (machine) => {
      const interception = await Interception.start(
        {
          call: { method: REKEY, ordinal: 1 },
          moment: "before",
          spring: () => {
            waiting += 1;
            if (waiting === 2) release();
            return bothHaveLooked;
          },
        },
        () => {},
      );
      const run = machine.spawnUp({ env: { ...interception.environment(), TMPDIR: newFolder() } });
      return { machine, run, interception };
    }),
  );
  await until(() => cluster.calls(REKEY).length === 3);
  cluster.switches.rekeySeconds = QUICK_REKEY_SECONDS;
  const ended = await Promise.all(
    machines.map(async ({ machine, run, interception }) => {
      const { exitCode, stdout } = await run.ended;
      await interception.close();
      return { machine, exitCode, stdout, calls: interception.sent };
    }),
  );
  expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(ended.filter(({ stdout }) => /joining the rekey that already runs/.test(stdout))).toHaveLength(1);
  // Nothing but this look's own round trip lies between it and the write.
  for (const { calls } of ended) {
    expect(calls[calls.indexOf(REKEY) - 1]).toBe("GetSoftwareEncryptionAtRestInfo");
  }
  expect(rekeysOf(cluster)).toBe(2);

  for (const { machine } of ended) expect((await machine.up()).steps).toEqual([]);
  expect(rekeysOf(cluster)).toBe(2);
  expect(keyManager.activeKeyIDs()).toHaveLength(1);
  expect(await cluster.unwrapDataKey()).toBe(true);
  other.remove();
}, 180_000);
