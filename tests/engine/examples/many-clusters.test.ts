import { KeyManager, masterKeyOf, rekeysOf } from "../acceptance/lab";
import { Example } from "./example";

let keyManager: KeyManager;
let example: Example;

beforeAll(async () => {
  const clusters = ["storage-1", "storage-2", "storage-3"];
  [keyManager, example] = await Promise.all([KeyManager.start(), Example.start("many-clusters", { clusters })]);
  example.write("ca.pem", keyManager.authority.certificate);
  example.write("ca-key.pem", keyManager.authority.privateKey);
});
afterAll(async () => {
  await example.end();
  await keyManager.remove();
});

it("rotates the keys of all clusters that let it, and of the others when they do", async () => {
  const [, second] = example.clusters;
  const rekeys = () => example.clusters.map(rekeysOf);
  const expectKeys = () =>
    expect(keyManager.activeKeyIDs().sort()).toEqual(
      example.clusters.map((cluster) => masterKeyOf(cluster)?.keyID).sort(),
    );
  await example.begin({ keyServerHost: "127.0.0.1", keyServerPort: keyManager.settings.port });
  expect(rekeys()).toEqual([1, 1, 1]);
  expectKeys();

  if (second) second.switches.deniedMethods = ["RekeySoftwareEncryptionAtRestMasterKey"];
  example.expectShown("rotate", await example.follow("rotate", { expectFailure: true }));
  expect(rekeys()).toEqual([2, 1, 2]);
  expectKeys();

  if (second) second.switches.deniedMethods = [];
  example.expectShown("finish", await example.follow("finish"));
  expect(rekeys()).toEqual([2, 2, 2]);
  expectKeys();
  await example.expectSettled();

  await example.destroy();
  expect(keyManager.activeKeyIDs()).toEqual([]);
}, 180_000);
