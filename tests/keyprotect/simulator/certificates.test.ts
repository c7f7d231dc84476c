import { X509Certificate } from "node:crypto";
import { closeAll } from "../../simulator/cleanup";
import { newCertificate, startClockedRegion } from "./regions";

afterEach(closeAll);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function start(options: Parameters<typeof startClockedRegion>[0] = {}) {
  const started = await startClockedRegion(options);
  const { caller } = started;
  const adapter = await caller.adapter(await caller.rootKey(), "storage");
  const path = `/kmip_adapters/${adapter}/certificates`;
  return { ...started, adapter, path };
}

test("a certificate is shown whole alone, and without itself in the list", async () => {
  const { clock, region, caller, path } = await start();
  const certificate = newCertificate();
  const { status, resources } = await caller.create(path, { certificate, name: "client" });
  const partial = {
    id: expect.stringMatching(UUID),
    name: "client",
    created_at: `${clock.now().toISOString().slice(0, 19)}Z`,
    created_by: region.state().owner,
  };
  expect({ status, resources }).toEqual({ status: 201, resources: [{ ...partial, certificate }] });
  for (const name of [`${resources[0]?.id}`, "client"]) {
    for (const adapter of [path, "/kmip_adapters/storage/certificates"]) {
      expect((await caller.send(`GET ${adapter}/${name}`)).resources).toEqual(resources);
    }
  }
  expect((await caller.send(`GET ${path}`)).resources).toEqual([partial]);
});

test("a certificate without a name gets one", async () => {
  const { caller, path } = await start();
  const { resources } = await caller.create(path, { certificate: newCertificate() });
  expect(resources[0]?.name).toMatch(/^kmip_cert_\w+$/);
});

test.each<[string, (certificate: string) => string, boolean]>([
  ["lines that end as Windows writes them", (pem) => pem.replaceAll("\n", "\r\n"), true],
  ["space around it", (pem) => `\n ${pem}\n\n`, true],
  ["no line end after it", (pem) => pem.trim(), true],
  ["a chain", (pem) => `${pem}${newCertificate()}`, false],
  ["a text before it", (pem) => `subject=CN\n${pem}`, false],
  ["a header in it", (pem) => pem.replace("-----\n", "-----\nProc-Type: 4\n\n"), false],
  ["no certificate in it", () => "-----BEGIN CERTIFICATE-----\nQ0xJRU5U\n-----END CERTIFICATE-----", false],
  ["nothing", () => "", false],
])("a PEM with %s is taken: %#", async (_, spell, isTaken) => {
  const { caller, path } = await start();
  const certificate = spell(newCertificate());
  const answer = await caller.create(path, { certificate });
  const refused = { status: 400, code: "INVALID_FIELD_ERR" };
  expect(answer).toMatchObject(isTaken ? { status: 201, resources: [{ certificate }] } : refused);
});

test("a certificate comes back as it was given, or as OpenSSL writes it", async () => {
  const { region, caller, path } = await start();
  const pem = newCertificate();
  const id = await caller.certificate("storage", `${pem.replaceAll("\n", "\r\n")}\n`);
  region.switches.certificateEcho = "normalized";
  const [shown] = (await caller.send(`GET ${path}/${id}`)).resources;
  expect(shown?.certificate).toBe(new X509Certificate(pem).toString());
});

test("the content of a certificate is there once in the region, whatever its spelling, name and instance", async () => {
  const { region, caller, path } = await start({ instances: 2 });
  const [, instance] = region.instances;
  const certificate = newCertificate();
  const id = await caller.certificate("storage", certificate, "client");
  const key = await caller.id(caller.create("/keys", { name: "crk" }, { instance }));
  const profile = { name: "other", profile: "native_1.0", profile_data: { crk_id: key } };
  await caller.create("/kmip_adapters", profile, { instance });
  const taken = { status: 409, code: "KMIP_CERT_DUPLICATE_ERR" };
  const respelled = { certificate: `\n${certificate.replaceAll("\n", "\r\n")}`, name: "other" };
  expect(await caller.create(path, respelled)).toMatchObject(taken);
  expect(await caller.create("/kmip_adapters/other/certificates", respelled, { instance })).toMatchObject(taken);
  await caller.send(`DELETE ${path}/${id}`);
  expect(await caller.create("/kmip_adapters/other/certificates", respelled, { instance })).toMatchObject({
    status: 201,
  });
});

test.each<[string, object, number, string]>([
  ["a taken name", { name: "taken" }, 409, "KMIP_CERT_DUPLICATE_NAME_ERR"],
  ["a name that is a UUID", { name: "3f6b1c1e-0000-4000-8000-00000000abcd" }, 400, "INVALID_FIELD_ERR"],
  ["another field", { usage: "client" }, 400, "BAD_BODY_ERR"],
])("a certificate with %s is refused", async (_, asked, status, code) => {
  const { caller, path } = await start();
  await caller.certificate("storage", newCertificate(), "taken");
  expect(await caller.create(path, { certificate: newCertificate(), ...asked })).toMatchObject({ status, code });
});

test("names are free in every adapter, and after a removal", async () => {
  const { caller, path } = await start();
  await caller.adapter(await caller.rootKey(), "other");
  await caller.certificate("other", newCertificate(), "client");
  const id = await caller.certificate("storage", newCertificate(), "client");
  expect(await caller.send(`DELETE ${path}/client`)).toMatchObject({ status: 204, body: "" });
  for (const name of [id, "client"]) {
    for (const verb of ["GET", "DELETE"]) {
      expect(await caller.send(`${verb} ${path}/${name}`)).toMatchObject({
        status: 404,
        code: "KMIP_CERT_NOT_FOUND_ERR",
      });
    }
  }
  await caller.certificate("storage", newCertificate(), "client");
});

test("an adapter counts as updated when a certificate comes or goes", async () => {
  const { clock, caller, path, adapter } = await start();
  const updated = async () => (await caller.send(`GET /kmip_adapters/${adapter}`)).resources[0]?.updated_at;
  const now = () => `${clock.now().toISOString().slice(0, 19)}Z`;
  const created = now();
  clock.advance({ seconds: 10 });
  expect(await updated()).toBe(created);
  await caller.certificate("storage", newCertificate(), "client");
  expect(await updated()).toBe(now());
  clock.advance({ seconds: 10 });
  await caller.send(`DELETE ${path}/client`);
  expect(await updated()).toBe(now());
  expect((await caller.send(`GET /kmip_adapters/${adapter}`)).resources[0]?.created_at).toBe(created);
});

describe("the KMIP port", () => {
  const fingerprintOf = (pem: string) => new X509Certificate(pem).fingerprint256;

  test("knows a certificate, and its removal, after the time that it takes", async () => {
    const { clock, region, caller, path, adapter } = await start({ propagationSeconds: 300 });
    const pem = newCertificate();
    const accepts = (ahead = 0) =>
      region.clientOf(fingerprintOf(pem), new Date(clock.now().getTime() + ahead * 1000))?.adapter.id;
    const id = await caller.certificate("storage", pem);
    expect([accepts(), accepts(299), accepts(300)]).toEqual([undefined, undefined, adapter]);
    clock.advance({ seconds: 300 });
    expect(region.clientOf(fingerprintOf(pem))).toMatchObject({ certificateID: id, adapter: { id: adapter } });
    await caller.send(`DELETE ${path}/${id}`);
    expect([accepts(), accepts(299), accepts(300)]).toEqual([adapter, adapter, undefined]);
    region.switches.propagationSeconds = 0;
    expect(accepts()).toBeUndefined();
  });

  test("learns of a registration and of its removal in turn, however close they are", async () => {
    const { clock, region, caller, path } = await start({ propagationSeconds: 300 });
    const pem = newCertificate();
    const id = await caller.certificate("storage", pem);
    clock.advance({ seconds: 0.5 });
    await caller.send(`DELETE ${path}/${id}`);
    const accepted = [0, 299.4, 299.7, 300].map((seconds) => {
      const at = new Date(clock.now().getTime() + seconds * 1000);
      return region.clientOf(fingerprintOf(pem), at)?.certificateID;
    });
    expect(accepted).toEqual([undefined, undefined, id, undefined]);
  });

  test("takes a certificate that moves to another adapter for the old one's until it knows", async () => {
    const { clock, region, caller, path, adapter } = await start({ propagationSeconds: 300 });
    const other = await caller.adapter(await caller.rootKey(), "other");
    const pem = newCertificate();
    await caller.certificate("storage", pem, "client");
    clock.advance({ seconds: 300 });
    await caller.send(`DELETE ${path}/client`);
    await caller.certificate("other", pem);
    expect(region.clientOf(fingerprintOf(pem))?.adapter.id).toBe(adapter);
    clock.advance({ seconds: 300 });
    expect(region.clientOf(fingerprintOf(pem))?.adapter.id).toBe(other);
  });

  test("knows nobody else, and nobody of an adapter that is gone", async () => {
    const { region, caller } = await start({ propagationSeconds: 0 });
    const pem = newCertificate();
    expect(region.clientOf(fingerprintOf(pem))).toBeUndefined();
    await caller.certificate("storage", pem);
    expect(region.clientOf(fingerprintOf(pem))).toBeDefined();
    region.switches.propagationSeconds = 300;
    await caller.send("DELETE /kmip_adapters/storage");
    expect(region.clientOf(fingerprintOf(pem))).toBeUndefined();
  });
});
