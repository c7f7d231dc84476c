import { encryptionOf, KeyManager, masterKeyOf, rekeysOf, writesOn } from "../acceptance/lab";
import { Example } from "./example";

let keyManager: KeyManager;
let example: Example;

beforeAll(async () => {
  const switches = { hardwareEncryptionSeconds: 0.3, driveRecoverySeconds: 0 };
  [keyManager, example] = await Promise.all([KeyManager.start(), Example.start("hardware-encryption", { switches })]);
  example.write("ca.pem", keyManager.authority.certificate);
  example.write("ca-key.pem", keyManager.authority.privateKey);
});
afterAll(async () => {
  await example.end();
  await keyManager.remove();
});

it("gives the drives' key to the key server, brings drives back, and leaves drives that stay locked", async () => {
  const { cluster } = example;
  await example.begin({ keyServerHost: "127.0.0.1", keyServerPort: keyManager.settings.port });
  expect(encryptionOf(cluster)).toMatchObject({ state: "enabled", key: { keyManagementType: "internal" } });
  expect(keyManager.activeKeyIDs()).toEqual([masterKeyOf(cluster)?.keyID]);

  example.expectShown("preview", await example.follow("preview"));
  example.expectShown("up", await example.follow("up"));
  expect(encryptionOf(cluster)).toMatchObject({ state: "enabled", key: { keyManagementType: "external" } });
  const keyIDs = [masterKeyOf(cluster)?.keyID, encryptionOf(cluster).key?.keyID];
  expect(keyManager.activeKeyIDs().sort()).toEqual(keyIDs.sort());
  expect(rekeysOf(cluster)).toBe(1);
  expect(writesOn(cluster).filter((method) => method.endsWith("EncryptionAtRest"))).toEqual([
    "EnableEncryptionAtRest",
    "DisableEncryptionAtRest",
    "EnableEncryptionAtRest",
  ]);
  await example.expectSettled();

  await cluster.mutate(({ drives }) => {
    for (const drive of drives) if (drive.driveID === 1) drive.status = "available";
  });
  example.expectShown("recovery", await example.follow("recovery"));
  expect(cluster.calls("AddDrives").map(({ params }) => params.drives)).toEqual([[{ driveID: 1 }]]);
  await example.expectSettled();

  await example.destroy();
  expect(encryptionOf(cluster)).toMatchObject({ state: "enabled", key: { keyManagementType: "internal" } });
  expect(keyManager.activeKeyIDs()).toEqual([]);
}, 180_000);
