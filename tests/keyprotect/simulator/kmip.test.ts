import type { KmipClient } from "../../../kmip";
import type { KeyProtectSimulator } from "../../../simulator/keyprotect";
import { type Issued, issue, makeAuthority } from "../../kit/certificates";
import { clientAt } from "../../kit/kmip-client";
import { closeAfterTest, closeAll } from "../../simulator/cleanup";
import { startClockedRegion } from "./regions";

afterEach(closeAll);

const PROPAGATION = 300;
const [storage, archive] = ["storage", "archive"].map((commonName) =>
  issue(makeAuthority(), { commonName, usage: "client" }),
) as [Issued, Issued];

/** Two adapters of one root key, each with a client whose certificate has arrived at the port. */
async function scene() {
  const { clock, region, caller } = await startClockedRegion({ propagationSeconds: PROPAGATION });
  const key = await caller.rootKey();
  const adapters: string[] = [];
  for (const { cert } of [storage, archive]) {
    const adapter = await caller.adapter(key);
    await caller.certificate(adapter, cert);
    adapters.push(adapter);
  }
  return { clock, region, caller, key, adapters };
}

async function connect(region: KeyProtectSimulator, identity: Issued): Promise<KmipClient> {
  const client = await clientAt(region, identity);
  closeAfterTest(() => client.close());
  return client;
}

const AES = { algorithm: "AES", length: 256 } as const;
const NOT_REGISTERED = { code: "clientCertificateRefused", message: expect.stringContaining("not registered") };

test("a certificate is accepted a while after it is registered, and refused a while after it is removed", async () => {
  const { clock, region, adapters } = await scene();
  await expect(connect(region, storage)).rejects.toMatchObject(NOT_REGISTERED);
  clock.advance({ seconds: PROPAGATION });
  expect(await (await connect(region, storage)).locate()).toEqual([]);
  const [{ id = "" } = {}] = region.state().instances[0]?.adapters[0]?.certificates ?? [];
  await region.act("removeCertificate", { adapter: adapters[0], certificate: id });
  expect(await (await connect(region, storage)).locate()).toEqual([]);
  clock.advance({ seconds: PROPAGATION });
  await expect(connect(region, storage)).rejects.toMatchObject(NOT_REGISTERED);
});

test("the certificate selects the adapter, and REST shows what its client has made", async () => {
  const { clock, region, caller, adapters } = await scene();
  clock.advance({ seconds: PROPAGATION });
  const [mine, theirs] = [await connect(region, storage), await connect(region, archive)];
  const uid = await mine.create(AES);
  await mine.activate(uid);
  expect(await theirs.locate()).toEqual([]);
  await expect(theirs.get(uid)).rejects.toMatchObject({ resultReason: "ItemNotFound" });
  const [certificate] = region.state().instances[0]?.adapters[0]?.certificates ?? [];
  expect((await caller.send(`GET /kmip_adapters/${adapters[0]}/kmip_objects`)).resources).toMatchObject([
    { id: uid, state: 2, kmip_object_type: 2, created_by_kmip_client_cert_id: certificate?.id },
  ]);
});

test("a suspended root key stops everything, a rotated one nothing, and a deleted one is the end", async () => {
  const { clock, region, key } = await scene();
  clock.advance({ seconds: PROPAGATION });
  const client = await connect(region, storage);
  const uid = await client.create(AES);
  const material = await client.get(uid);
  await region.act("suspendKey", { key });
  await expect(client.get(uid)).rejects.toMatchObject({ resultReason: "PermissionDenied" });
  await expect(client.create(AES)).rejects.toMatchObject({ resultReason: "PermissionDenied" });
  await region.act("enableKey", { key });
  await region.act("rotateKey", { key });
  expect(await client.get(uid)).toEqual(material);
  await region.act("deleteKey", { key });
  await expect(client.get(uid)).rejects.toMatchObject({ resultReason: "PermissionDenied" });
  await region.act("restoreKey", { key });
  expect(await client.get(uid)).toEqual(material);
  await region.act("purgeKey", { key });
  await expect(client.get(uid)).rejects.toMatchObject({ resultReason: "PermissionDenied" });
  expect(JSON.stringify(region.state())).not.toContain(material.toString("base64"));
});

test("nine operations are offered, in KMIP 1.4 alone", async () => {
  const { clock, region } = await scene();
  clock.advance({ seconds: PROPAGATION });
  const client = await connect(region, storage);
  await expect(client.query()).rejects.toMatchObject({ isNotOffered: true });
  expect(await client.discoverVersions()).toEqual(["1.4"]);
  const uid = await client.create({ ...AES, names: ["one"] });
  await client.addAttribute(uid, { custom: "x-purpose", value: "test" });
  await client.activate(uid);
  expect(await client.getAttributes(uid)).toMatchObject({ state: "Active", customAttributes: { "x-purpose": "test" } });
  expect(await client.locate({ name: "one" })).toEqual([uid]);
  await client.revoke(uid);
  await client.destroy(uid);
  expect(region.objects()).toMatchObject([{ id: uid, state: 5, opens: false }]);
});
