import { makeAuthority } from "../../kit/certificates";
import { configurationOf, KeyManager, masterKeyOf, rekeysOf, writesOn } from "../acceptance/lab";
import { Example } from "./example";

let keyManager: KeyManager;
let example: Example;

beforeAll(async () => {
  [keyManager, example] = await Promise.all([KeyManager.start(), Example.start("signed-elsewhere")]);
  const clients = makeAuthority({ commonName: "Client Authority" });
  await keyManager.presentAnother(keyManager.authority, clients.certificate);
  example.write("ca.pem", keyManager.authority.certificate);
  example.write("client-ca.pem", clients.certificate);
  example.write("client-ca-key.pem", clients.privateKey);
});
afterAll(async () => {
  await example.end();
  await keyManager.remove();
});

it("waits for a certificate that somebody else signs, goes on with it, and takes the next one", async () => {
  const { cluster, workspace } = example;
  await example.begin({ keyServerHost: "127.0.0.1", keyServerPort: keyManager.settings.port });
  expect(writesOn(cluster)).toEqual(["CreatePublicPrivateKeyPair"]);
  await example.expectSettled();
  await example.prepare("export");
  await example.prepare("sign");

  example.expectShown("continue", await example.follow("continue"));
  const key = masterKeyOf(cluster);
  expect(keyManager.activeKeyIDs()).toEqual([key?.keyID]);
  const { keyServers, ...others } = configurationOf(cluster);
  expect(keyServers).toEqual([expect.objectContaining({ kmipClientCertificate: example.read("storage.pem").trim() })]);
  await example.expectSettled();

  await example.prepare("sign");
  example.expectShown("renew", await example.follow("renew"));
  expect(configurationOf(cluster)).toMatchObject(others);
  expect(cluster.state().keyServers).toEqual([
    { ...keyServers[0], kmipClientCertificate: example.read("storage.pem").trim() },
  ]);
  expect(rekeysOf(cluster)).toBe(1);
  expect(await cluster.unwrapDataKey()).toBe(true);
  await example.expectSettled();

  const writes = writesOn(cluster);
  await workspace.run(["config", "rm", "clientCertificate"]);
  const refused = await workspace.up({ expectFailure: true });
  expect(refused.stdout).toContain("because it is protected");
  expect(writesOn(cluster)).toEqual(writes);
  expect(masterKeyOf(cluster)).toEqual(key);

  await example.destroy();
  expect(keyManager.activeKeyIDs()).toEqual([]);
}, 180_000);
