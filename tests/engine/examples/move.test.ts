import { activeProviderIDs } from "../../../simulator/element/methods/key-provider-activity";
import { KeyManager, masterKeyOf, rekeysOf } from "../acceptance/lab";
import { Example } from "./example";

let east: KeyManager;
let west: KeyManager;
let example: Example;

beforeAll(async () => {
  [east, example] = await Promise.all([KeyManager.start(), Example.start("move")]);
  west = await KeyManager.start();
  await west.presentAnother(west.authority, east.authority.certificate);
  example.write("east-ca.pem", east.authority.certificate);
  example.write("west-ca.pem", west.authority.certificate);
  example.write("client-ca.pem", east.authority.certificate);
  example.write("client-ca-key.pem", east.authority.privateKey);
});
afterAll(async () => {
  await example.end();
  await Promise.all([east.remove(), west.remove()]);
});

it("moves the master key to another key server, and has it on one of them at every moment", async () => {
  const { cluster } = example;
  await example.begin({
    "keyServers.east.hostnames[0]": "127.0.0.1",
    "keyServers.east.port": east.settings.port,
    "keyServers.west.hostnames[0]": "127.0.0.1",
    "keyServers.west.port": west.settings.port,
  });
  expect(east.activeKeyIDs()).toEqual([masterKeyOf(cluster)?.keyID]);

  example.expectShown("preview", await example.follow("preview"));
  const active = new Set<number>();
  const watch = setInterval(() => active.add(activeProviderIDs(cluster.state()).size), 5);
  const moved = await example.follow("up");
  clearInterval(watch);
  example.expectShown("up", moved);

  expect(active).toEqual(new Set([1, 2]));
  expect(rekeysOf(cluster)).toBe(2);
  expect(east.activeKeyIDs()).toEqual([]);
  expect(west.activeKeyIDs()).toEqual([masterKeyOf(cluster)?.keyID]);
  const { keyServers, keyProviders } = cluster.state();
  expect(keyServers).toEqual([expect.objectContaining({ kmipKeyServerPort: west.settings.port })]);
  expect(keyProviders).toHaveLength(1);
  expect(await cluster.unwrapDataKey()).toBe(true);
  await example.expectSettled();

  await example.destroy();
  expect(west.activeKeyIDs()).toEqual([]);
}, 180_000);
