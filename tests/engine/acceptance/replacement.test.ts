import type { StateResource } from "../harness";
import { configurationOf, KeyManager, type Road, type RoadResource, Scenario } from "./lab";

let keyManager: KeyManager;
let scenario: Scenario;
let resources: StateResource[];

beforeAll(async () => {
  keyManager = await KeyManager.start();
  scenario = await Scenario.start({ keyManager });
  scenario.declare(triggered("1"));
  await scenario.workspace.up();
  ({ resources } = await scenario.workspace.exportState());
}, 120_000);
afterAll(async () => {
  await scenario.end();
  await keyManager.remove();
});

/** The road, with a value whose change asks Pulumi for a replacement of the master key's resource. */
const triggered = (replacementTrigger: string): Road => ({ options: { key: { replacementTrigger } } });

const replace = (name: RoadResource, { expectFailure = false } = {}) => {
  const urn = resources.find((resource) => resource.urn.endsWith(`::${name}`))?.urn ?? "";
  return scenario.workspace.up({ args: ["--replace", urn], expectFailure });
};

describe("a forced replacement while in use", () => {
  it("of what holds or guards the key is refused, and the next run has nothing to do", async () => {
    const { workspace, cluster } = scenario;
    const before = configurationOf(cluster);
    for (const name of ["server", "provider", "attachment"] as const) {
      expect((await replace(name, { expectFailure: true })).stdout).toContain("EKM_PROVIDER_ACTIVE");
    }
    scenario.declare(triggered("2"));
    const planned = await workspace.preview({ expectFailure: true });
    expect(planned.stdout).toContain("EKM_REPLACEMENT_REFUSED");
    scenario.declare(triggered("1"));
    expect((await replace("key", { expectFailure: true })).stdout).toContain("EKM_REPLACEMENT_REFUSED");
    expect(configurationOf(cluster)).toEqual(before);
    expect((await workspace.up()).steps).toEqual([]);
  }, 120_000);

  it("of the key pair or its request finds the same key pair", async () => {
    const { workspace, cluster } = scenario;
    const before = configurationOf(cluster);
    await replace("pair");
    await replace("request");
    expect(configurationOf(cluster)).toEqual(before);
    expect((await workspace.up()).steps).toEqual([]);
  }, 120_000);

  it("of the certificate signs anew for the same key pair, without a rekey", async () => {
    const { workspace, cluster } = scenario;
    const { keyServers, ...before } = configurationOf(cluster);
    await replace("certificate");
    const after = configurationOf(cluster);
    expect(after).toMatchObject(before);
    expect(after.keyServers[0]?.kmipClientCertificate).not.toBe(keyServers[0]?.kmipClientCertificate);
    expect((await workspace.up()).steps).toEqual([]);
    expect(await cluster.unwrapDataKey()).toBe(true);
  }, 120_000);
});
