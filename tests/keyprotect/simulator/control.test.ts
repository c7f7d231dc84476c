import { X509Certificate } from "node:crypto";
import type { KeyProtectSimulator, KeyProtectSwitches } from "../../../simulator/keyprotect";
import { closeAll } from "../../simulator/cleanup";
import { newCertificate, startClockedRegion, startRegion } from "./regions";

afterEach(closeAll);

async function ask(region: KeyProtectSimulator, line: string, body?: object) {
  const [method, path] = line.split(" ");
  const response = await fetch(`${region.controlEndpoint}${path}`, { method, body: body && JSON.stringify(body) });
  return { status: response.status, answer: JSON.parse(await response.text()) };
}

test.each<[Record<string, unknown>, string]>([
  [{ instanceHeader: "crn" }, 'switch instanceHeader takes "guid" or "guidOrCrn", not "crn"'],
  [{ contentType: "json" }, '"vendor" or "plain" or "asked"'],
  [{ beyondPageLimit: true }, '"refuse" or "cap", not true'],
  [{ otherNameLengths: "" }, '"refuse" or "allow"'],
  [{ rootKeyEcho: "alias" }, '"id" or "asGiven"'],
  [{ adapterWithObjects: "cascade" }, '"refuseLive" or "refuseActive" or "destroy"'],
  [{ rootKeyProtection: "off" }, '"active" or "always" or "never"'],
  [{ forceOverridesProtection: "yes" }, "true or false"],
  [{ certificateEcho: "der" }, '"asGiven" or "normalized"'],
  [{ objectID: "uid" }, '"uniqueIdentifier" or "own"'],
  [{ deletedKeys: "hidden" }, '"shown" or "gone"'],
  [{ adapterLimit: -1 }, "a number that is not negative"],
  [{ propagationSeconds: "5m" }, "a number that is not negative"],
  [{ errorCodes: { keyNotFound: 404 } }, "an object with a text for any of notLoggedIn"],
  [{ errorCodes: { noSuchCause: "X" } }, "badGrant"],
  [{ errorStatuses: { keyNotFound: 200 } }, "an object with a status from 400 to 599"],
  [{ deniedMethods: ["GetKeys"] }, "a list of getKeys, "],
  [{ deniedMethods: ["createToken"] }, "a list of getKeys, "],
  [{ clockOffsetSeconds: null }, "a number, not null"],
  [{ propagationSecond: 1 }, "there is no switch named propagationSecond; there are propagationSeconds, "],
])("the switch in %j is refused, with what it takes", async (switches, complaint) => {
  const start = startRegion({ switches: switches as Partial<KeyProtectSwitches> });
  await expect(start).rejects.toThrow(RangeError);
  await expect(start).rejects.toThrow(complaint);
});

test("scripts see everything but secrets, and set switches and faults", async () => {
  const { region, caller } = await startClockedRegion({ control: true });
  const key = await caller.rootKey();
  const state = await ask(region, "GET /state");
  expect(state.answer).toMatchObject({ instances: [{ guid: region.instance, keys: [{ id: key, state: "active" }] }] });
  const secrets = [region.apiKey, await caller.token(), "PRIVATE KEY", "tokenKey", "material"];
  for (const secret of secrets) expect(JSON.stringify(state.answer)).not.toContain(secret);
  expect((await ask(region, "GET /requests")).answer).toMatchObject([
    { method: "createToken", outcome: "ok" },
    { method: "createKey", params: { name: "crk" }, outcome: "ok" },
  ]);
  expect(await ask(region, "PUT /switches", { rootKeyProtection: "always" })).toMatchObject({ status: 200 });
  expect(region.switches.rootKeyProtection).toBe("always");
  await ask(region, "POST /faults", {
    method: "getkey",
    action: { error: { name: "KEY_NOT_FOUND_ERR", message: "no" } },
  });
  expect(await caller.send(`GET /keys/${key}`)).toMatchObject({ status: 404, code: "KEY_NOT_FOUND_ERR" });
});

test.each<[object, object]>([
  [{ error: { name: "keyDeleted", message: "gone" } }, { status: 410, code: "KEY_DELETED_ERR" }],
  [{ error: { name: "KEY_DELETED_ERR", message: "gone" } }, { status: 410, code: "KEY_DELETED_ERR" }],
  [{ error: { name: "SOMETHING_ERR", message: "new" } }, { status: 500, code: "SOMETHING_ERR" }],
  [{ result: { "/metadata/collectionTotal": 7 } }, { status: 200, metadata: { collectionTotal: 7 } }],
  [{ result: { "/resources/0/state": "1" } }, { status: 200, resources: [{ state: "1" }] }],
  [{ result: { "": { metadata: {} } } }, { status: 200, resources: [] }],
  [
    { httpStatus: 429, headers: { "Retry-After": "3" }, body: "{}" },
    { status: 429, headers: { "retry-after": "3" } },
  ],
])("the fault %j is seen as %j", async (action, expected) => {
  const { region, caller } = await startClockedRegion();
  const key = await caller.rootKey();
  region.faults.add({ method: "getKey", action: action as never });
  expect(await caller.send(`GET /keys/${key}`)).toMatchObject(expected);
});

test("a fault of IAM is in IAM's shape, and an effect may outlive its answer", async () => {
  const { region, caller } = await startClockedRegion();
  region.faults.add({ method: "createToken", count: 1, action: { error: { name: "BXNIM0999E", message: "no" } } });
  await expect(caller.token()).resolves.toBe("undefined");
  expect(region.calls("createToken")).toMatchObject([{ outcome: "BXNIM0999E" }]);
});

test("a rotation whose answer is lost has happened", async () => {
  const { region, caller } = await startClockedRegion();
  const key = await caller.rootKey();
  region.faults.add({ method: "rotateKey", count: 1, when: "after", action: { httpStatus: 504 } });
  const line = `POST /keys/${key}/actions/rotate`;
  await expect(caller.send(line)).rejects.toThrow("JSON");
  expect(await caller.send(line)).toMatchObject({ status: 409, code: "KEY_ROTATION_NOT_PERMITTED" });
});

test("somebody else does what the API would refuse", async () => {
  const { clock, region, caller } = await startClockedRegion({ control: true, propagationSeconds: 0 });
  const key = await caller.rootKey();
  const adapter = await caller.adapter(key, "storage");
  const pem = newCertificate();
  const mutate = async (action: string, params: object = {}) =>
    expect(await ask(region, "POST /mutate", { action, ...params })).toMatchObject({ status: 200 });
  const shown = async () => (await caller.send(`GET /keys/${key}`)).resources[0];

  const { keyVersion } = (await shown()) ?? {};
  await mutate("rotateKey", { key });
  await mutate("rotateKey", { key });
  expect((await shown())?.keyVersion).not.toEqual(keyVersion);
  await mutate("moveKey", { key, keyRing: "north" });
  expect(await shown()).toMatchObject({ keyRingID: "north" });

  await mutate("registerCertificate", { adapter: "storage", certificate: pem, name: "stranger" });
  const client = await ask(region, "POST /client", { fingerprint256: new X509Certificate(pem).fingerprint256 });
  const [certificate] = (await caller.send("GET /kmip_adapters/storage/certificates")).resources;
  expect(client.answer).toEqual({ adapter, certificate: certificate?.id });
  expect((await ask(region, "POST /client", { fingerprint256: "AA" })).answer).toEqual({});

  for (const state of [undefined, "Deactivated"])
    await mutate("createObject", { adapter, certificate: "stranger", state });
  const objects = async () => (await ask(region, "GET /objects")).answer;
  const [first] = await objects();
  expect(await objects()).toEqual([
    { instance: region.instance, adapter, id: expect.any(String), state: 2, opens: true },
    { instance: region.instance, adapter, id: expect.any(String), state: 3, opens: true },
  ]);
  await mutate("suspendKey", { key });
  expect(await objects()).toMatchObject([{ opens: false }, { opens: false }]);
  await mutate("enableKey", { key });
  await mutate("deleteKey", { key });
  expect(await shown()).toMatchObject({ state: 5 });
  await mutate("restoreKey", { key });
  expect(await objects()).toMatchObject([{ opens: true }, { opens: true }]);
  await mutate("destroyObjects", { adapter, object: first.id });
  expect(await objects()).toMatchObject([{ state: 5 }, { state: 3 }]);
  await mutate("destroyObjects", { adapter });
  expect(await objects()).toMatchObject([{ state: 5 }, { state: 5 }]);

  await mutate("removeCertificate", { adapter, certificate: "stranger" });
  expect((await caller.send("GET /kmip_adapters/storage/certificates")).resources).toEqual([]);
  await mutate("deleteAdapter", { adapter: "storage" });
  await mutate("createAdapter", { key, name: "storage" });
  expect((await caller.send("GET /kmip_adapters/storage")).resources[0]?.id).not.toBe(adapter);
  await mutate("expireKey", { key, expirationDate: clock.now().toISOString() });
  expect(await shown()).toMatchObject({ state: 3 });
  await mutate("purgeKey", { key });
  expect((await caller.send(`GET /keys/${key}`)).status).toBe(404);
});

test.each<[string, object, string]>([
  ["explode", {}, "action is one of rotateKey"],
  ["rotateKey", {}, "key is missing"],
  ["rotateKey", { key: 7 }, "key is a text"],
  ["rotateKey", { key: "none" }, "there is no key none"],
  ["suspendKey", { key: "crk", instance: "other" }, "there is no key crk"],
  ["deleteAdapter", { adapter: "none" }, "there is no adapter none"],
  ["removeCertificate", { adapter: "storage", certificate: "none" }, "there is no certificate none"],
  ["createObject", { adapter: "storage", state: "Lost" }, "there is no state Lost"],
  ["registerCertificate", { adapter: "storage", certificate: "no PEM" }, "one certificate, PEM"],
])("%s with %j is refused from outside", async (action, params, complaint) => {
  const { region, caller } = await startClockedRegion({ control: true });
  await caller.create("/keys", { name: "crk", aliases: ["crk"] });
  await caller.adapter("crk", "storage");
  const { status, answer } = await ask(region, "POST /mutate", { action, ...params });
  expect({ status, answer }).toEqual({ status: 400, answer: { error: expect.stringContaining(complaint) } });
});
