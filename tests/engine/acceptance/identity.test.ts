import { KeyManager, Scenario, writesOn } from "./lab";

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
  scenario = await Scenario.start({ keyManager });
});
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

it("does nothing on another cluster that has taken over the address, and forgets nothing", async () => {
  const { workspace } = scenario;
  await workspace.up();
  const { resources } = await workspace.exportState();
  const env = await scenario.replaceCluster();
  const refused = { env, expectFailure: true };
  const refusedThroughout = { ...refused, args: ["--continue-on-error"] };

  expect((await workspace.refresh(refused)).stdout).toContain("EKM_CONNECTION_IDENTITY");
  scenario.declare({ args: { server: { name: "other" }, key: { rotationTriggers: { quarter: "2" } } } });
  expect((await workspace.up(refusedThroughout)).stdout).toContain("EKM_CONNECTION_IDENTITY");
  expect((await workspace.destroy(refusedThroughout)).stdout).toContain("EKM_CONNECTION_IDENTITY");
  const kept = (await workspace.exportState()).resources;
  expect(kept.map(({ urn }) => urn).sort()).toEqual(resources.map(({ urn }) => urn).sort());
  expect(writesOn(scenario.cluster)).toEqual([]);
}, 120_000);
