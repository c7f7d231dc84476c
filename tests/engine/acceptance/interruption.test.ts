import { processesIn } from "../harness/processes";
import { KeyManager, masterKeyOf, QUICK_REKEY_SECONDS, rekeysOf, Scenario, until, writesOn } from "./lab";

const LONG_REKEY_SECONDS = 30;

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
});
afterAll(() => keyManager.remove());

beforeEach(async () => {
  scenario = await Scenario.start({ keyManager });
});
afterEach(() => scenario.end());

const expectOneRekey = async () => {
  const { cluster } = scenario;
  expect(writesOn(cluster).filter((method) => method.startsWith("Rekey"))).toHaveLength(1);
  expect(rekeysOf(cluster)).toBe(1);
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("external");
  expect(keyManager.activeKeyIDs()).toContain(masterKeyOf(cluster)?.keyID);
  expect(await cluster.unwrapDataKey()).toBe(true);
};

describe("a rekey that outlives its run", () => {
  it("because of the deadline is resumed after a refresh, and not doubled", async () => {
    const { workspace, cluster } = scenario;
    cluster.switches.rekeySeconds = LONG_REKEY_SECONDS;
    scenario.declare({
      args: { key: { rotationTriggers: { quarter: "1" } } },
      options: { key: { customTimeouts: { create: "1s" } } },
    });
    const late = await workspace.up({ expectFailure: true });
    expect(late.stdout).toContain("EKM_REKEY_DEADLINE");
    expect((await workspace.stateOf("key"))?.outputs).toMatchObject({ complete: false });

    await workspace.refresh();
    expect((await workspace.preview()).steps).toEqual([expect.objectContaining({ op: "update", name: "key" })]);
    const resumed = workspace.spawnUp();
    await resumed.printed(/joining the rekey that already runs/);
    cluster.switches.rekeySeconds = QUICK_REKEY_SECONDS;
    expect(await resumed.ended).toMatchObject({ exitCode: 0 });
    expect((await workspace.stateOf("key"))?.outputs).toMatchObject({ complete: true });
    expect((await workspace.up()).steps).toEqual([]);
    await expectOneRekey();
  }, 120_000);

  it("is awaited by a destroy, which then brings the key back", async () => {
    const { workspace, cluster } = scenario;
    cluster.switches.rekeySeconds = LONG_REKEY_SECONDS;
    scenario.declare({ options: { key: { customTimeouts: { create: "1s" } } } });
    await workspace.up({ expectFailure: true });
    cluster.switches.rekeySeconds = QUICK_REKEY_SECONDS;
    await workspace.destroy();
    expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");
    expect(cluster.state()).toMatchObject({ keyServers: [], keyProviders: [] });
    expect(rekeysOf(cluster)).toBe(2);
    expect(await cluster.unwrapDataKey()).toBe(true);
  }, 120_000);

  it("because the engine was killed is joined, and not doubled", async () => {
    const { workspace, cluster } = scenario;
    cluster.switches.rekeySeconds = LONG_REKEY_SECONDS;
    const killed = workspace.spawnUp();
    await killed.printed(/rekeying \(/);
    await killed.kill();
    await workspace.cancel();

    const joining = workspace.spawnUp();
    await joining.printed(/joining the rekey that already runs/);
    cluster.switches.rekeySeconds = QUICK_REKEY_SECONDS;
    expect(await joining.ended).toMatchObject({ exitCode: 0 });
    await workspace.refresh({ args: ["--clear-pending-creates", "--expect-no-changes"] });
    expect((await workspace.exportState()).pendingOperations).toEqual([]);
    expect((await workspace.up()).steps).toEqual([]);
    await expectOneRekey();
  }, 120_000);
});

it("makes one key server when the engine is killed before it learns of it", async () => {
  const { workspace, cluster } = scenario;
  cluster.faults.add({ method: "CreateKeyServerKmip", when: "after", delayMs: 4_000, count: 1 });
  const killed = workspace.spawnUp();
  await until(() => cluster.state().keyServers.length === 1);
  await killed.kill();
  await workspace.cancel();
  await workspace.up();
  expect(cluster.state().keyServers).toMatchObject([{ keyServerID: 1, keyProviderID: 1 }]);
  await expectOneRekey();
  // The provider process of the killed engine ends by itself.
  await until(() => processesIn(workspace.folder).length === 0);
}, 120_000);
