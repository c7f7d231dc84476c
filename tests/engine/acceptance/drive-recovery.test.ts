import { KeyManager, Scenario, somebody, until, writesOn } from "./lab";

/** The metadata drives of the simulated cluster, which lock. */
const DRIVES = [1, 3, 5, 7];

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
  const switches = { faultCacheSeconds: 0, driveRecoverySeconds: 2 };
  scenario = await Scenario.start({ keyManager, cluster: { control: true, switches } });
  await scenario.workspace.up();
}, 120_000);
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

const additions = () => scenario.cluster.calls("AddDrives").map(({ params }) => params.drives);
const all = DRIVES.map((driveID) => ({ driveID }));

function expectHealthy(): void {
  const { drives, faults } = scenario.cluster.state();
  expect(drives.filter(({ status }) => status !== "active")).toEqual([]);
  expect(faults.filter(({ resolved }) => !resolved)).toEqual([]);
  const left = ["driveFailed", "kmipServerFault", "sliceServiceUnhealthy"];
  expect(faults.map(({ code }) => code)).toEqual(expect.arrayContaining(left));
}

it("waits with the drives until the key server is back, adds them once, and never acts again", async () => {
  const { workspace, cluster } = scenario;
  await keyManager.stop();
  await somebody(cluster, "bootWithoutKey");
  scenario.declare({ recovery: { drives: DRIVES } });
  expect((await workspace.preview()).summary).toMatchObject({ create: 1 });
  const early = await workspace.up({ expectFailure: true });
  expect(early.stdout).toContain("EKM_KEY_SERVER_TEST");
  expect(additions()).toEqual([]);

  await keyManager.restart();
  const recovered = await workspace.up();
  expect(recovered.stdout).toMatch(/waiting for the cluster to be healthy \(\d+s\) .*sliceServiceUnhealthy/);
  expect(additions()).toEqual([all]);
  expectHealthy();
  expect((await workspace.stateOf("recovery"))?.outputs).toMatchObject({ complete: true, drives: DRIVES });
  const writes = writesOn(cluster);
  expect((await workspace.up()).steps).toEqual([]);
  expect((await workspace.refresh({ args: ["--expect-no-changes"] })).steps).toEqual([]);
  expect(writesOn(cluster)).toEqual(writes);
}, 120_000);

it("joins the job of a run that was killed, after another boot", async () => {
  const { workspace, cluster } = scenario;
  await keyManager.stop();
  await somebody(cluster, "bootWithoutKey");
  await keyManager.restart();
  cluster.switches.addDrivesSeconds = 3600;
  scenario.declare({ recovery: { drives: DRIVES, triggers: { boot: "second" } } });
  const killed = workspace.spawnUp();
  await until(() => cluster.state().driveAdditions?.length === 1);
  await killed.kill();
  await workspace.cancel();

  const resumed = workspace.spawnUp();
  await resumed.printed(/joining the job that adds drives already/);
  cluster.switches.addDrivesSeconds = 0;
  expect(await resumed.ended).toMatchObject({ exitCode: 0 });
  expect(additions()).toEqual([all, all]);
  expectHealthy();
  expect((await workspace.up()).steps).toEqual([]);

  scenario.declare({});
  const writes = writesOn(cluster);
  expect((await workspace.up()).summary).toMatchObject({ delete: 1 });
  expect(writesOn(cluster)).toEqual(writes);
}, 120_000);
