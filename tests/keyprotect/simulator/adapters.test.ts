import type { KeyProtectSwitches } from "../../../simulator/keyprotect";
import { closeAll } from "../../simulator/cleanup";
import { newCertificate, startClockedRegion as start } from "./regions";

afterEach(closeAll);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const native = (crk_id: string) => ({ profile: "native_1.0", profile_data: { crk_id } });

test("an adapter is what was asked for, with an id, and who made it when", async () => {
  const { clock, region, caller } = await start();
  const key = await caller.rootKey();
  const asked = { name: "storage", description: "of the cluster", ...native(key) };
  const { status, resources } = await caller.create("/kmip_adapters", asked);
  const at = `${clock.now().toISOString().slice(0, 19)}Z`;
  const by = region.state().owner;
  const times = { created_at: at, created_by: by, updated_at: at, updated_by: by };
  expect({ status, resources }).toEqual({
    status: 201,
    resources: [{ id: expect.stringMatching(UUID), ...asked, ...times }],
  });
  for (const path of [`/${resources[0]?.id}`, "/storage", ""]) {
    expect((await caller.send(`GET /kmip_adapters${path}`)).resources).toEqual(resources);
  }
});

test("what is left out is made up, or empty", async () => {
  const { caller } = await start();
  const key = await caller.rootKey();
  const named = async (name?: string) =>
    (await caller.create("/kmip_adapters", { ...native(key), name })).resources[0] ?? {};
  const [first, second] = [await named(), await named("")];
  expect(first).toMatchObject({ name: expect.stringMatching(/^kmip_adapter_\w+$/), description: "" });
  expect(second.name).not.toBe(first.name);
});

test.each<[KeyProtectSwitches["rootKeyEcho"], "id" | "alias"]>([
  ["id", "id"],
  ["asGiven", "alias"],
])("a root key may be named by its alias, and %s is what comes back", async (rootKeyEcho, expected) => {
  const { caller } = await start({ switches: { rootKeyEcho } });
  const id = await caller.id(caller.create("/keys", { name: "crk", aliases: ["alias"] }));
  const { resources } = await caller.create("/kmip_adapters", native("alias"));
  expect(resources[0]?.profile_data).toEqual({ crk_id: expected === "id" ? id : "alias" });
  for (const wanted of [id, "alias"]) {
    expect((await caller.send(`GET /kmip_adapters?crk_id=${wanted}`)).resources).toHaveLength(1);
  }
  expect((await caller.send("GET /kmip_adapters?crk_id=other")).resources).toEqual([]);
});

test.each<[string, object, number, string]>([
  ["another profile", { profile: "native_2.0" }, 400, "INVALID_FIELD_ERR"],
  ["no profile", { profile: undefined }, 400, "INVALID_FIELD_ERR"],
  ["no root key", { profile_data: {} }, 400, "INVALID_FIELD_ERR"],
  ["profile data that is none", { profile_data: { crk_id: "x", more: "y" } }, 400, "BAD_BODY_ERR"],
  ["a name that is a UUID", { name: "3f6b1c1e-0000-4000-8000-00000000abcd" }, 400, "INVALID_FIELD_ERR"],
  ["a name with a space", { name: "a b" }, 400, "INVALID_FIELD_ERR"],
  ["a name of one letter", { name: "a" }, 400, "INVALID_FIELD_ERR"],
  ["a name of 41 letters", { name: "a".repeat(41) }, 400, "INVALID_FIELD_ERR"],
  ["a long description", { description: "x".repeat(241) }, 400, "INVALID_FIELD_ERR"],
  ["a taken name", { name: "taken" }, 409, "KMIP_ADAPTER_DUPLICATE_NAME_ERR"],
  ["an unknown root key", native("none"), 404, "NATIVE_CRK_ID_NOT_FOUND_ERR"],
  ["a standard key", native("standard"), 400, "NATIVE_INVALID_CRK_ERR"],
  ["a suspended root key", native("suspended"), 400, "NATIVE_INVALID_CRK_ERR"],
  ["an expiring root key", native("expiring"), 400, "NATIVE_INVALID_CRK_ERR"],
  ["an expired root key", native("expired"), 400, "NATIVE_INVALID_CRK_ERR"],
  ["a deleted root key", native("deleted"), 400, "NATIVE_INVALID_CRK_ERR"],
])("an adapter with %s is refused", async (_, asked, status, code) => {
  const { clock, region, caller } = await start();
  const day = new Date(clock.now().getTime() + 86_400_000).toISOString();
  const key = (alias: string, more: object = {}) =>
    caller.id(caller.create("/keys", { name: alias, aliases: [alias], ...more }));
  await key("standard", { extractable: true });
  await key("suspended");
  await key("expiring", { expirationDate: day });
  await key("expired", { expirationDate: new Date(clock.now().getTime() + 1000).toISOString() });
  await key("deleted");
  await region.act("suspendKey", { key: "suspended" });
  await region.act("deleteKey", { key: "deleted" });
  clock.advance({ seconds: 1 });
  const good = native(await key("good"));
  await caller.adapter("good", "taken");
  expect(await caller.create("/kmip_adapters", { name: "other", ...good, ...asked })).toMatchObject({ status, code });
  expect((await caller.send("GET /kmip_adapters")).resources).toHaveLength(1);
});

test.each(["true", "True"])("an expiring root key is taken by who allows it: %s", async (spelling) => {
  const { clock, caller } = await start();
  const expirationDate = new Date(clock.now().getTime() + 86_400_000).toISOString();
  const key = await caller.id(caller.create("/keys", { name: "crk", expirationDate }));
  const create = (query: string) => {
    const metadata = { collectionType: "application/vnd.ibm.kms.kmip_adapter+json", collectionTotal: 1 };
    return caller.send(`POST /kmip_adapters${query}`, { body: JSON.stringify({ metadata, resources: [native(key)] }) });
  };
  expect((await create(`?allowExpiringKey=${spelling}`)).status).toBe(201);
  expect((await create("?allowExpiringKey=false")).status).toBe(400);
});

test("limits of an instance and of an adapter are settable, and lie at 200", async () => {
  const { region, caller } = await start();
  expect(region.switches).toMatchObject({ adapterLimit: 200, certificateLimit: 200 });
  Object.assign(region.switches, { adapterLimit: 1, certificateLimit: 1 });
  const key = await caller.rootKey();
  const adapter = await caller.adapter(key);
  expect(await caller.create("/kmip_adapters", native(key))).toMatchObject({
    status: 409,
    code: "KMIP_ADAPTER_LIMIT_ERR",
  });
  await caller.certificate(adapter, newCertificate());
  const path = `/kmip_adapters/${adapter}/certificates`;
  expect(await caller.create(path, { certificate: newCertificate() })).toMatchObject({
    status: 409,
    code: "KMIP_CERT_LIMIT_ERR",
  });
});

test("names of other lengths are taken where the API alone decides", async () => {
  const { caller } = await start({ switches: { otherNameLengths: "allow" } });
  const key = await caller.rootKey();
  for (const name of ["a", "a".repeat(41)]) {
    expect(await caller.create("/kmip_adapters", { name, ...native(key) })).toMatchObject({ status: 201 });
  }
});

describe("deleting an adapter", () => {
  const states = ["PreActive", "Active", "Deactivated", "Compromised", "Destroyed"];
  const refusedIn: Record<KeyProtectSwitches["adapterWithObjects"], string[]> = {
    refuseLive: ["PreActive", "Active", "Deactivated", "Compromised"],
    refuseActive: ["Active"],
    destroy: [],
  };
  const cases = Object.entries(refusedIn).flatMap(([rule, refused]) =>
    states.map((state) => ({
      rule: rule as KeyProtectSwitches["adapterWithObjects"],
      state,
      refused: refused.includes(state),
    })),
  );

  test.each(cases)("with an object that is $state, under $rule: refused $refused", async ({ rule, state, refused }) => {
    const { region, caller } = await start({ switches: { adapterWithObjects: rule } });
    const adapter = await caller.adapter(await caller.rootKey(), "storage");
    await caller.certificate(adapter, newCertificate());
    await region.act("createObject", { adapter, state: state === "Destroyed" ? "Active" : state });
    if (state === "Destroyed") await region.act("destroyObjects", { adapter });
    const answer = await caller.send("DELETE /kmip_adapters/storage");
    expect(answer).toMatchObject(refused ? { status: 409, code: "KMIP_ADAPTER_HAS_OBJECTS_ERR" } : { status: 204 });
    expect((await caller.send("GET /kmip_adapters/storage")).status).toBe(refused ? 200 : 404);
  });

  test("takes its certificates with it, which others may register then, and leaves name and root key free", async () => {
    const { region, caller } = await start();
    const key = await caller.rootKey();
    const certificate = newCertificate();
    const adapter = await caller.adapter(key, "storage");
    await caller.certificate(adapter, certificate);
    await caller.send(`DELETE /kmip_adapters/${adapter}`);
    expect(await caller.send(`DELETE /kmip_adapters/${adapter}`)).toMatchObject({
      status: 404,
      code: "KMIP_ADAPTER_NOT_FOUND_ERR",
    });
    const again = await caller.adapter(key, "storage");
    expect(again).not.toBe(adapter);
    await caller.certificate(again, certificate);
    expect(region.state().instances[0]?.adapters).toHaveLength(1);
  });
});

describe("a root key that adapters use", () => {
  const inUse = { status: 409, code: "PROTECTED_RESOURCE_ERR" };
  const deleted = { status: 204 };
  test.each<[Partial<KeyProtectSwitches>, "active" | "suspended", string, object]>([
    [{}, "active", "", inUse],
    [{}, "active", "?force=true", inUse],
    [{}, "suspended", "", deleted],
    [{ rootKeyProtection: "always" }, "suspended", "", inUse],
    [{ rootKeyProtection: "never" }, "active", "", deleted],
    [{ forceOverridesProtection: true }, "active", "", inUse],
    [{ forceOverridesProtection: true }, "active", "?force=True", deleted],
    [{ errorStatuses: { rootKeyInUse: 403 } }, "active", "", { status: 403 }],
  ])("with %j, %s, is deleted%s: %j", async (switches, state, query, expected) => {
    const { region, caller } = await start({ switches });
    const key = await caller.rootKey();
    const adapter = await caller.adapter(key);
    if (state === "suspended") await region.act("suspendKey", { key });
    expect(await caller.send(`DELETE /keys/${key}${query}`)).toMatchObject(expected);
    expect((await caller.send(`GET /kmip_adapters/${adapter}`)).status).toBe(200);
  });

  test("is free again when they are gone, and stays theirs over a rotation", async () => {
    const { caller } = await start();
    const key = await caller.rootKey();
    const adapter = await caller.adapter(key);
    await caller.send(`POST /keys/${key}/actions/rotate`);
    expect((await caller.send(`GET /kmip_adapters/${adapter}`)).resources).toMatchObject([
      { profile_data: { crk_id: key } },
    ]);
    await caller.send(`DELETE /kmip_adapters/${adapter}`);
    expect(await caller.send(`DELETE /keys/${key}`)).toMatchObject({ status: 204 });
  });
});
