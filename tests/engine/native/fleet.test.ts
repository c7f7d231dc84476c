import { KeyManager, masterKeyOf, rekeysOf } from "../acceptance/lab";
import { Example } from "../examples/example";
import { pathWithPlugin } from "./plugin-path";

let keyManager: KeyManager;
let example: Example;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  const clusters = ["storage-1", "storage-2", "storage-3"];
  [keyManager, example] = await Promise.all([
    KeyManager.start(),
    Example.start("many-clusters", { clusters, loadsAnew: true }),
  ]);
  example.write("ca.pem", keyManager.authority.certificate);
  example.write("ca-key.pem", keyManager.authority.privateKey);
  env = { PATH: pathWithPlugin(example.workspace.folder) };
}, 60_000);
afterAll(async () => {
  await example.end();
  await keyManager.remove();
});

/** The example's program, with its resources served by one or the other. */
function declare(isNative: boolean): void {
  const program = example.read("index.ts").replace(/^(?:import \* as ekm.*\nekm\..*\n)?/, "");
  const choice = `import * as ekm from "pulumi-ekm";\nekm.useNativePlugin(${isNative});\n`;
  example.write("index.ts", choice + program);
}

const rekeys = () => example.clusters.map(rekeysOf);

it("tells what became of the clusters of a fleet, and goes back and comes again with both components unchanged", async () => {
  const [, second] = example.clusters;
  declare(true);
  const settings = { keyServerHost: "127.0.0.1", keyServerPort: keyManager.settings.port };
  const begun = await example.begin(settings, { env });
  expect(begun.stdout).toContain("3 clusters: all done");
  expect(rekeys()).toEqual([1, 1, 1]);

  if (second) second.switches.deniedMethods = ["RekeySoftwareEncryptionAtRestMasterKey"];
  const rotated = await example.follow("rotate", { env, expectFailure: true });
  expect(rotated.stdout).toContain("3 clusters: 2 done, 1 failed");
  expect(rotated.stdout).toContain("failed with EKM_PERMISSION_DENIED: storage-2");
  if (second) second.switches.deniedMethods = [];
  expect((await example.follow("finish", { env })).stdout).toContain("3 clusters: all done");
  expect(rekeys()).toEqual([2, 2, 2]);

  for (const isNative of [false, true]) {
    declare(isNative);
    expect((await example.workspace.up({ env })).steps.filter(({ op }) => op !== "same")).toEqual([]);
    await example.workspace.refresh({ env, args: ["--expect-no-changes"] });
  }
  expect(rekeys()).toEqual([2, 2, 2]);
  await example.workspace.destroy({ env });
  const holders = example.clusters.map((cluster) => masterKeyOf(cluster)?.keyManagementType);
  expect(new Set(holders)).toEqual(new Set(["internal"]));
  expect(keyManager.activeKeyIDs()).toEqual([]);
}, 180_000);
