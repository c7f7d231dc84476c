import type { KmipClient } from "../../../kmip";
import { type Issued, issue, makeAuthority } from "../../kit/certificates";
import { activeKey, clientAt } from "../../kit/kmip-client";
import { Region } from "../acceptance/lab";
import { Example } from "./example";

const clientOf = (commonName: string): Issued => issue(makeAuthority(), { commonName, usage: "client" });
const [east, west, stranger] = ["east", "west", "stranger"].map(clientOf) as [Issued, Issued, Issued];

let region: Region;
let example: Example;
const clients: KmipClient[] = [];

async function connect(identity: Issued): Promise<KmipClient> {
  const client = await clientAt(region.simulator, identity);
  clients.push(client);
  return client;
}

beforeAll(async () => {
  [region, example] = await Promise.all([
    Region.start({ propagationSeconds: 1 }),
    Example.start("kmip-clients", { clusters: [] }),
  ]);
  example.write("east.pem", east.cert);
  example.write("west.pem", west.cert);
  example.write("region.pem", region.simulator.certificate);
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await example.end();
  await region.remove();
});

it("lets in two clients that share their keys, and refuses a third one that nobody has declared", async () => {
  const { endpoint, instance, apiKey, iamEndpoint, kmipEndpoint } = region.connection;
  const settings = { endpoint, instance, apiKey, iamEndpoint, kmipEndpoint };
  const ofInstance = (names: (keyof typeof settings)[]) =>
    Object.fromEntries(names.map((name) => [`ekm:keyProtectInstances.default.${name}`, settings[name]]));
  await example.prepare("simulator", ofInstance(["iamEndpoint", "kmipEndpoint"]));
  await example.begin(ofInstance(["endpoint", "instance", "apiKey"]));
  const [first, second] = [await connect(east), await connect(west)];
  const uid = await activeKey(first);
  expect(await second.locate()).toEqual([uid]);
  expect(await second.get(uid)).toEqual(await first.get(uid));
  await expect(connect(stranger)).rejects.toMatchObject({ code: "clientCertificateRefused" });
  await example.expectSettled();

  const [adapter] = region.objects.adapters;
  const registration = { adapter: adapter?.id, name: "by-hand" };
  await region.simulator.act("registerCertificate", { ...registration, certificate: stranger.cert });
  const { length } = region.writes;
  example.expectShown("refused", await example.follow("refused", { expectFailure: true }));
  await region.simulator.act("removeCertificate", { adapter: adapter?.id, certificate: "by-hand" });
  await example.follow("refused");
  expect(region.writes.slice(length)).toEqual([]);
  await example.expectSettled();

  example.expectShown("destroy", await example.follow("destroy", { expectFailure: true }));
  await second.revoke(uid);
  await second.destroy(uid);
  await example.follow("destroy");
  expect(region.objects).toMatchObject({ keys: [{ state: "active" }], adapters: [] });
  expect((await example.workspace.exportState()).resources).toEqual([]);
}, 120_000);
