import { daysLater, KeyManager, masterKeyOf, rekeysOf } from "../acceptance/lab";
import { Example } from "./example";

let keyManager: KeyManager;
let example: Example;

beforeAll(async () => {
  [keyManager, example] = await Promise.all([KeyManager.start(), Example.start("rotation")]);
  example.write("ca.pem", keyManager.authority.certificate);
  example.write("ca-key.pem", keyManager.authority.privateKey);
});
afterAll(async () => {
  await example.end();
  await keyManager.remove();
});

it("has a new master key after 90 days, or when somebody asks for it, and no other one", async () => {
  const { cluster } = example;
  await example.begin({ keyServerHost: "127.0.0.1", keyServerPort: keyManager.settings.port });
  const first = masterKeyOf(cluster)?.keyID;
  expect(keyManager.activeKeyIDs()).toEqual([first]);

  await example.follow("rotate", { env: daysLater(89) });
  expect(rekeysOf(cluster)).toBe(1);

  const then = { env: daysLater(90.1) };
  cluster.switches.clockOffsetSeconds = 90.1 * 86_400;
  example.expectShown("rotate", await example.follow("rotate", then));
  expect(rekeysOf(cluster)).toBe(2);
  expect(masterKeyOf(cluster)?.keyID).not.toBe(first);
  expect(keyManager.activeKeyIDs()).toEqual([masterKeyOf(cluster)?.keyID]);
  await example.expectSettled(then);

  example.expectShown("rotate at once", await example.follow("rotate at once", then));
  await example.workspace.up(then);
  expect(rekeysOf(cluster)).toBe(3);
  await example.expectSettled(then);

  await example.destroy();
  expect(keyManager.activeKeyIDs()).toEqual([]);
}, 180_000);
