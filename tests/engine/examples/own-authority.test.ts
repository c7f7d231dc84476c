import { configurationOf, daysLater, KeyManager, rekeysOf, writesOn } from "../acceptance/lab";
import { Example } from "./example";

/** The first certificate has less than 30 days left today. */
const THEN = { env: daysLater(-340) };

let keyManager: KeyManager;
let example: Example;

beforeAll(async () => {
  [keyManager, example] = await Promise.all([KeyManager.start(), Example.start("own-authority")]);
  example.write("ca.pem", keyManager.authority.certificate);
});
afterAll(async () => {
  await example.end();
  await keyManager.remove();
});

it("makes an authority that the key server gets to know first, and renews what it has signed in time", async () => {
  const { cluster } = example;
  await example.begin({ keyServerHost: "127.0.0.1", keyServerPort: keyManager.settings.port }, THEN);
  expect(cluster.calls()).toEqual([]);
  await example.prepare("hand over");
  await keyManager.presentAnother(keyManager.authority, example.read("lab-authority.pem"));

  example.expectShown("up", await example.follow("up", THEN));
  await example.expectSettled(THEN);
  const { keyServers, ...others } = configurationOf(cluster);
  const writes = writesOn(cluster);
  expect(await cluster.unwrapDataKey()).toBe(true);

  example.expectShown("renew", await example.follow("renew"));
  const renewed = configurationOf(cluster);
  expect(renewed).toMatchObject(others);
  expect(renewed.keyServers[0]?.kmipClientCertificate).not.toBe(keyServers[0]?.kmipClientCertificate);
  expect(writesOn(cluster)).toEqual([...writes, "ModifyKeyServerKmip"]);
  expect(rekeysOf(cluster)).toBe(1);
  expect(await cluster.unwrapDataKey()).toBe(true);
  await example.expectSettled();

  const refused = await example.workspace.destroy({ expectFailure: true });
  expect(refused.stdout).toContain("because it is protected");
  await example.destroy();
  expect(keyManager.activeKeyIDs()).toEqual([]);
}, 180_000);
