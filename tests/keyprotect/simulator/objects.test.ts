import { randomUUID, X509Certificate } from "node:crypto";
import { OperationFailure, type StateName, type StoredObject } from "../../../kmip";
import { Operation } from "../../../kmip/enums";
import { sealedBy } from "../../../simulator/keyprotect/keys/custody";
import { closeAll, temporaryFolder } from "../../simulator/cleanup";
import { newCertificate, startClockedRegion } from "./regions";

afterEach(closeAll);

const MATERIAL = Buffer.alloc(32, 5);

/** A region with an adapter, a client of its KMIP port, and what that client works on. */
async function start(options: Parameters<typeof startClockedRegion>[0] = {}) {
  const started = await startClockedRegion({ propagationSeconds: 0, ...options });
  const { region, caller, clock } = started;
  const key = await caller.rootKey();
  const adapter = await caller.adapter(key, "storage");
  const pem = newCertificate();
  const certificate = await caller.certificate("storage", pem, "client");
  const client = region.clientOf(new X509Certificate(pem).fingerprint256);
  if (!client) throw new Error("the certificate is not accepted");
  const tenant = region.tenantOf(client);
  const { store, custody } = tenant;
  /** Keeps a new object, as Create does. */
  const put = (state: StateName = "Active"): string => {
    const isDestroyed = state.startsWith("Destroyed");
    const object = { ...newObject(clock.now(), state), material: isDestroyed ? undefined : custody.seal(MATERIAL) };
    store.put(object);
    return object.uid;
  };
  const materialOf = (uid: string) => custody.open(store.find(uid)?.material ?? Buffer.of());
  const path = `/kmip_adapters/${adapter}/kmip_objects`;
  return { ...started, ...tenant, key, adapter, certificate, put, materialOf, path };
}

const newObject = (now: Date, state: StateName): StoredObject => ({
  uid: randomUUID(),
  objectType: "SymmetricKey",
  algorithm: "AES",
  length: 256,
  usageMask: 12,
  names: ["kek"],
  customAttributes: { "x-made-by": "test" },
  state,
  dates: { initial: now, lastChange: now },
});

test("an object that a KMIP client makes is listed, with the certificate that made it", async () => {
  const { clock, region, caller, certificate, put, path } = await start();
  const id = put();
  const at = `${clock.now().toISOString().slice(0, 19)}Z`;
  const by = region.state().owner;
  const resource = {
    id,
    kmip_object_type: 2,
    state: 2,
    recoverable: false,
    created_at: at,
    created_by: by,
    created_by_kmip_client_cert_id: certificate,
    updated_at: at,
    updated_by: by,
    updated_by_kmip_client_cert_id: certificate,
  };
  expect((await caller.send(`GET ${path}`)).resources).toEqual([resource]);
  expect((await caller.send(`GET ${path}/${id}`)).resources).toEqual([resource]);
  clock.advance({ seconds: 60 });
  expect(await caller.send(`DELETE ${path}/${id}?force=true`)).toMatchObject({ status: 204, body: "" });
  const later = `${clock.now().toISOString().slice(0, 19)}Z`;
  expect((await caller.send(`GET ${path}/${id}`)).resources).toEqual([
    {
      ...{ id, kmip_object_type: 2, state: 5, recoverable: false, created_at: at, created_by: by },
      created_by_kmip_client_cert_id: certificate,
      ...{ updated_at: later, updated_by: by, destroyed_at: later, destroyed_by: by },
    },
  ]);
  expect((await caller.send("GET /kmip_adapters/storage")).resources[0]?.updated_at).toBe(later);
});

test.each<[StateName, number, boolean, number | undefined, number]>([
  ["PreActive", 1, false, 204, 5],
  ["Active", 2, false, 409, 2],
  ["Active", 2, true, 204, 5],
  ["Deactivated", 3, false, 204, 5],
  ["Compromised", 4, false, 204, 6],
])(
  "an object in state %s is %i, deleted with force %s: %i, and %i then",
  async (state, number, force, status, after) => {
    const { region, caller, put, path } = await start();
    const id = put(state);
    const shown = async () => (await caller.send(`GET ${path}/${id}`)).resources[0]?.state;
    expect(await shown()).toBe(number);
    const line = `DELETE ${path}/${id}${force ? "?force=True" : ""}`;
    expect((await caller.send(line)).status).toBe(status);
    expect(await shown()).toBe(after);
    expect(region.objects()).toMatchObject([{ id, opens: status === 409 }]);
    const { resources } = await caller.send(`GET ${path}`);
    expect(resources).toHaveLength(status === 409 ? 1 : 0);
  },
);

test("a destroyed object cannot be destroyed again, with whatever status, and is forgotten after 90 days", async () => {
  const { clock, region, caller, put, path } = await start();
  const id = put("Deactivated");
  await caller.send(`DELETE ${path}/${id}`);
  for (const query of ["", "?force=true"]) {
    expect(await caller.send(`DELETE ${path}/${id}${query}`)).toMatchObject({ status: 410 });
  }
  region.switches.errorStatuses = { objectDestroyed: 404 };
  region.switches.errorCodes = { objectDestroyed: "KMIP_OBJECT_NOT_FOUND_ERR" };
  expect(await caller.send(`DELETE ${path}/${id}`)).toMatchObject({ status: 404, code: "KMIP_OBJECT_NOT_FOUND_ERR" });
  clock.advance({ days: 90 });
  expect(await caller.send(`GET ${path}/${id}`)).toMatchObject({ status: 404, code: "KMIP_OBJECT_NOT_FOUND_ERR" });
});

test.each([
  ["", [1, 2, 3, 4]],
  ["?state=", [1, 2, 3, 4]],
  ["?state=5,6", [5, 6]],
  ["?state=2", [2]],
  ["?state=1,3", [1, 3]],
  ["?state=1&state=3", [1, 3]],
  ["?state=1&state=3,6", [1, 3, 6]],
  ["?state=1,2,3,4,5,6", [1, 2, 3, 4, 5, 6]],
])("the list%s has states %j", async (query, states) => {
  const { caller, put, path } = await start();
  const made: StateName[] = ["PreActive", "Active", "Deactivated", "Compromised", "Destroyed", "DestroyedCompromised"];
  for (const state of made) put(state);
  const { status, resources } = await caller.send(`GET ${path}${query}`);
  expect({ status, states: resources.map(({ state }) => state) }).toEqual({ status: 200, states });
});

test("a client of the KMIP port may do what IBM documents, in KMIP 1.4, and nothing else", async () => {
  const { operations, versions } = await start();
  const named = (code: number) => Object.entries(Operation).find(([, each]) => each === code)?.[0];
  expect([...operations.keys()].map(named)).toEqual([
    ...["Create", "Locate", "Get", "GetAttributes", "AddAttribute", "Activate", "Revoke", "Destroy"],
    "DiscoverVersions",
  ]);
  expect(versions).toEqual([{ major: 1, minor: 4 }]);
});

test("objects are seen through their own adapter alone, by id", async () => {
  const { caller, put } = await start();
  const id = put();
  const other = await caller.adapter(await caller.rootKey(), "other");
  for (const wanted of [id, "kek"]) {
    expect(await caller.send(`GET /kmip_adapters/${other}/kmip_objects/${wanted}`)).toMatchObject({
      status: 404,
      code: "KMIP_OBJECT_NOT_FOUND_ERR",
    });
  }
  expect(await caller.send("GET /kmip_adapters/storage/kmip_objects/kek")).toMatchObject({ status: 404 });
  expect(await caller.send(`GET /kmip_adapters/storage/kmip_objects/${id}`)).toMatchObject({ status: 200 });
});

test("REST may know an object by another id than KMIP", async () => {
  const { caller, put, store, path } = await start({ switches: { objectID: "own" } });
  const uid = put();
  const [object] = (await caller.send(`GET ${path}`)).resources;
  expect(object?.id).not.toBe(uid);
  expect(store.find(uid)).toBeDefined();
  await caller.send(`DELETE ${path}/${object?.id}?force=true`);
  expect(store.find(uid)).toMatchObject({ state: "Destroyed" });
});

describe("the material of an object", () => {
  test("comes back as it was, with all that KMIP knows, over changes and a restart", async () => {
    const stateDir = await temporaryFolder();
    const { clock, region, store, put, materialOf } = await start({ stateDir });
    const uid = put("PreActive");
    const found = store.find(uid);
    expect(found).toEqual({ ...newObject(clock.now(), "PreActive"), uid, material: expect.any(Buffer) });
    clock.advance({ seconds: 1 });
    const activation = clock.now();
    if (found) store.put({ ...found, state: "Active", dates: { ...found.dates, activation, lastChange: activation } });
    expect(store.all()).toMatchObject([{ uid, state: "Active", dates: { activation } }]);
    expect(materialOf(uid)).toEqual(MATERIAL);
    await region.close();
    const after = await startClockedRegion({ stateDir });
    expect(after.region.objects()).toMatchObject([{ id: uid, state: 2, opens: true }]);
  });

  test("is nowhere in the state in clear", async () => {
    const { region, put } = await start();
    put();
    const state = JSON.stringify(region.state());
    const encodings = ["hex", "base64", "base64url"] as const;
    for (const encoding of encodings) expect(state).not.toContain(MATERIAL.toString(encoding));
  });

  test("is sealed under the version that the root key had, which a rotation leaves as it is", async () => {
    const { clock, region, caller, key, store, put, materialOf } = await start();
    const before = put();
    clock.advance({ hours: 1 });
    await caller.send(`POST /keys/${key}/actions/rotate`);
    const after = put();
    for (const uid of [before, after]) expect(materialOf(uid)).toEqual(MATERIAL);
    const found = store.find(before);
    if (found) store.put({ ...found, state: "Deactivated" });
    const [instance] = region.state().instances;
    const versions = instance?.keys[0]?.versions.map(({ id }) => id);
    const sealed = instance?.adapters[0]?.objects.map(({ material = "" }) => sealedBy(Buffer.from(material, "base64")));
    expect(new Set(versions).size).toBe(2);
    expect(sealed).toEqual(versions);
  });

  test.each<[string, "suspendKey" | "deleteKey" | "expireKey", "enableKey" | "restoreKey" | undefined]>([
    ["suspended", "suspendKey", "enableKey"],
    ["destroyed", "deleteKey", "restoreKey"],
    ["deactivated", "expireKey", undefined],
  ])("cannot be had, nor anything else, while the root key is %s", async (state, away, back) => {
    const { clock, region, key, refusal, put, materialOf } = await start();
    const uid = put();
    expect(refusal?.()).toBeUndefined();
    await region.act(away, { key, expirationDate: clock.now().toISOString() });
    const refused = new OperationFailure("PermissionDenied", `the root key is ${state}`);
    expect(refusal?.()).toEqual(refused);
    for (const act of [() => materialOf(uid), () => put()]) expect(act).toThrow(refused);
    expect(region.objects()).toMatchObject([{ id: uid, state: 2, opens: false }]);
    if (back === undefined) return;
    await region.act(back, { key });
    expect(materialOf(uid)).toEqual(MATERIAL);
  });

  test("is not there for who still is connected when the adapter is deleted", async () => {
    const { caller, refusal } = await start();
    await caller.send("DELETE /kmip_adapters/storage");
    expect(refusal?.()).toEqual(new OperationFailure("PermissionDenied", "the adapter is deleted"));
  });

  test.each<[string, object]>([
    ["purged", { purgeHours: 0 }],
    ["no longer restorable", { restoreDays: 0 }],
  ])("is shredded with a root key that is %s: nothing brings it back", async (_, switches) => {
    const { region, caller, key, put, materialOf } = await start({
      switches: { ...switches, rootKeyProtection: "never" },
    });
    const uid = put();
    const { keys: [before] = [] } = region.state().instances[0] ?? {};
    await caller.send(`DELETE /keys/${key}`);
    await caller.send(`DELETE /keys/${key}/purge`);
    expect(() => materialOf(uid)).toThrow("the root key is destroyed");
    // Whatever else of the key could be brought back, its material is gone.
    await region.mutate(({ instances: [instance] }) => {
      if (instance && before) instance.keys = [before];
    });
    expect((await caller.send(`GET /keys/${key}`)).resources).toMatchObject([{ state: 1 }]);
    expect(() => materialOf(uid)).toThrow("the root key's material is gone");
    expect(region.objects()).toMatchObject([{ opens: false }]);
  });
});
