import { configurationOf, KeyManager, type RoadResource, Scenario } from "./lab";

let keyManager: KeyManager;
let scenario: Scenario;

beforeAll(async () => {
  keyManager = await KeyManager.start();
  scenario = await Scenario.start({ keyManager });
  await scenario.workspace.up();
}, 120_000);
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

const replace = async (name: RoadResource, expectFailure: boolean) => {
  const { workspace } = scenario;
  const urn = (await workspace.stateOf(name))?.urn ?? "";
  return workspace.up({ args: ["--replace", urn], expectFailure });
};

describe("a forced replacement while in use", () => {
  it.each<[RoadResource, string]>([
    ["server", "EKM_PROVIDER_ACTIVE"],
    ["provider", "EKM_PROVIDER_ACTIVE"],
    ["attachment", "EKM_PROVIDER_ACTIVE"],
    ["key", "EKM_REPLACEMENT_REFUSED"],
  ])(
    "of the %s is refused, and the next run has nothing to do",
    async (name, code) => {
      const { workspace, cluster } = scenario;
      const before = configurationOf(cluster);
      expect((await replace(name, true)).stdout).toContain(code);
      expect(configurationOf(cluster)).toEqual(before);
      expect((await workspace.up()).steps).toEqual([]);
    },
    120_000,
  );

  it.each<RoadResource>(["pair", "request"])(
    "of the %s finds the same key pair",
    async (name) => {
      const { workspace, cluster } = scenario;
      const before = configurationOf(cluster);
      await replace(name, false);
      expect(configurationOf(cluster)).toEqual(before);
      expect((await workspace.up()).steps).toEqual([]);
    },
    120_000,
  );

  it("of the certificate signs anew for the same key pair, without a rekey", async () => {
    const { workspace, cluster } = scenario;
    const { keyServers: _, ...before } = configurationOf(cluster);
    await replace("certificate", false);
    expect(configurationOf(cluster)).toMatchObject(before);
    expect((await workspace.up()).steps).toEqual([]);
    expect(await cluster.unwrapDataKey()).toBe(true);
  }, 120_000);
});
