import { configurationOf, KeyManager, lastingAuthority, rekeysOf, writesOn } from "../acceptance/lab";
import { Example } from "./example";

const oldAuthority = lastingAuthority("Old Authority");
const newAuthority = lastingAuthority("New Authority");

let keyManager: KeyManager;
let example: Example;

beforeAll(async () => {
  [keyManager, example] = await Promise.all([KeyManager.start(oldAuthority), Example.start("authority-renewal")]);
  for (const [name, { certificate, privateKey }] of Object.entries({ old: oldAuthority, new: newAuthority })) {
    example.write(`${name}-ca.pem`, certificate);
    example.write(`${name}-ca-key.pem`, privateKey);
  }
});
afterAll(async () => {
  await example.end();
  await keyManager.remove();
});

it("leaves one authority for another, with both trusted in between and without a rekey", async () => {
  const { cluster } = example;
  await example.begin({ keyServerHost: "127.0.0.1", keyServerPort: keyManager.settings.port });
  const { keyServers, ...others } = configurationOf(cluster);
  const writes = writesOn(cluster);
  const [oldOne, newOne] = [oldAuthority.certificate, newAuthority.certificate];

  example.expectShown("trust both", await example.follow("trust both"));
  const trusting = configurationOf(cluster);
  example.expectShown("too early", await example.follow("trust the new one", { expectFailure: true }));
  expect(configurationOf(cluster)).toEqual(trusting);
  await example.follow("trust both");
  await keyManager.presentAnother(newAuthority, oldOne + newOne);
  expect(await cluster.unwrapDataKey()).toBe(true);

  example.expectShown("sign anew", await example.follow("sign anew"));
  await keyManager.presentAnother(newAuthority, newOne);
  expect(await cluster.unwrapDataKey()).toBe(true);

  example.expectShown("trust the new one", await example.follow("trust the new one"));
  expect(await cluster.unwrapDataKey()).toBe(true);
  await example.expectSettled();
  const after = configurationOf(cluster);
  expect(after).toMatchObject(others);
  expect(after.keyServers).toEqual([
    {
      ...keyServers[0],
      kmipCaCertificate: expect.stringContaining(newOne.trim()),
      kmipClientCertificate: after.keyServers[0]?.kmipClientCertificate,
    },
  ]);
  // Three steps, and the one that was taken too early.
  expect(writesOn(cluster).slice(writes.length)).toEqual(Array(4).fill("ModifyKeyServerKmip"));
  expect(rekeysOf(cluster)).toBe(1);

  await example.destroy();
  expect(keyManager.activeKeyIDs()).toEqual([]);
}, 180_000);
