import { closeAll } from "../../simulator/cleanup";
import { startClockedRegion as start } from "./regions";

afterEach(closeAll);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MATERIAL = Buffer.alloc(32, 1).toString("base64");

test("a generated root key is shown as IBM shows one, without material", async () => {
  const { region, caller, clock } = await start();
  const expirationDate = new Date(clock.now().getTime() + 9e6).toISOString();
  const asked = { name: "crk", description: "of storage", aliases: ["crk-1", "crk-2"], expirationDate };
  const { status, resources } = await caller.create("/keys", asked);
  const [key = {}] = resources;
  const second = `${clock.now().toISOString().slice(0, 19)}Z`;
  const [instance] = region.state().instances;
  expect({ status, key }).toEqual({
    status: 201,
    key: {
      ...asked,
      type: "application/vnd.ibm.kms.key+json",
      id: expect.stringMatching(UUID),
      state: 1,
      extractable: false,
      imported: false,
      crn: `${instance?.crn.slice(0, -2)}:key:${key.id}`,
      keyRingID: "default",
      creationDate: second,
      lastUpdateDate: second,
      createdBy: region.state().owner,
      expirationDate: `${expirationDate.slice(0, 19)}Z`,
      algorithmType: "Deprecated",
      algorithmMode: "Deprecated",
      algorithmMetadata: { bitLength: "256", mode: "Deprecated" },
      algorithmBitSize: 256,
      keyVersion: { id: expect.stringMatching(UUID), creationDate: second },
      dualAuthDelete: { enabled: false },
      deleted: false,
    },
  });
  for (const path of [`/keys/${key.id}`, "/keys/crk-2", `/keys/${key.id}/metadata`, "/keys/crk-1/metadata", "/keys"]) {
    expect((await caller.send(`GET ${path}`)).resources).toEqual([key]);
  }
});

test("a standard key gives out its material, with itself alone", async () => {
  const { caller } = await start();
  const created = await caller.create("/keys", { name: "standard", extractable: true, payload: MATERIAL });
  const id = `${created.resources[0]?.id}`;
  expect(created.resources).toMatchObject([{ payload: MATERIAL, extractable: true, imported: true }]);
  expect((await caller.send(`GET /keys/${id}`)).resources).toMatchObject([{ payload: MATERIAL }]);
  for (const path of [`/keys/${id}/metadata`, "/keys"]) {
    expect((await caller.send(`GET ${path}`)).resources[0]).not.toHaveProperty("payload");
  }
});

test.each<[object, string, number]>([
  [{ name: "x" }, "INVALID_FIELD_ERR", 400],
  [{ name: "x".repeat(91) }, "INVALID_FIELD_ERR", 400],
  [{ name: "crk", type: "key" }, "INVALID_FIELD_ERR", 400],
  [{ name: "crk", description: "x".repeat(241) }, "INVALID_FIELD_ERR", 400],
  [{ name: "crk", expirationDate: "2020-01-01T00:00:00Z" }, "INVALID_FIELD_ERR", 400],
  [{ name: "crk", expirationDate: "soon" }, "INVALID_FIELD_ERR", 400],
  [{ name: "crk", payload: "not base64!" }, "INVALID_FIELD_ERR", 400],
  [{ name: "crk", payload: Buffer.alloc(31).toString("base64") }, "INVALID_FIELD_ERR", 400],
  [{ name: "crk", aliases: ["a b"] }, "INVALID_FIELD_ERR", 400],
  [{ name: "crk", aliases: ["rotate"] }, "INVALID_FIELD_ERR", 400],
  [{ name: "crk", aliases: ["3f6b1c1e-0000-4000-8000-00000000abcd"] }, "INVALID_FIELD_ERR", 400],
  [{ name: "crk", aliases: ["twice", "twice"] }, "KEY_ALIAS_NOT_UNIQUE_ERR", 409],
  [{ name: "crk", aliases: ["a1", "a2", "a3", "a4", "a5", "a6"] }, "KEY_ALIAS_QUOTA_ERR", 409],
])("a key of %j is refused with %s", async (asked, code, status) => {
  const { region, caller } = await start();
  expect(await caller.create("/keys", asked)).toMatchObject({ status, code });
  expect(region.state().instances[0]?.keys).toEqual([]);
});

test("who prefers little is told the id alone", async () => {
  const { caller } = await start();
  const { resources } = await caller.create("/keys", { name: "crk" }, { headers: { prefer: "return=minimal" } });
  expect(resources).toEqual([{ type: "application/vnd.ibm.kms.key+json", id: expect.stringMatching(UUID) }]);
});

describe("rotation", () => {
  test.each<[string, string | undefined]>([
    ["no body", undefined],
    ["{}", "{}"],
    ["null", "null"],
    ["an empty payload", '{"payload":""}'],
  ])("takes %s, and gives a new version under the same id", async (_, body) => {
    const { clock, caller } = await start();
    const id = await caller.rootKey();
    const [before] = (await caller.send(`GET /keys/${id}`)).resources;
    clock.advance({ seconds: 5 });
    expect(await caller.send(`POST /keys/${id}/actions/rotate`, { body })).toMatchObject({ status: 204, body: "" });
    const [after] = (await caller.send(`GET /keys/${id}`)).resources;
    const second = `${clock.now().toISOString().slice(0, 19)}Z`;
    expect(after).toEqual({
      ...before,
      keyVersion: { id: expect.stringMatching(UUID), creationDate: second },
      lastRotateDate: second,
      lastUpdateDate: second,
    });
    expect(after?.keyVersion).not.toEqual(before?.keyVersion);
    const versions = await caller.send(`GET /keys/${id}/versions?totalCount=true`);
    expect(versions.resources).toEqual([after?.keyVersion, before?.keyVersion]);
    expect(versions.metadata.totalCount).toBe(2);
  });

  test("is possible once an hour, by the region's clock", async () => {
    const { clock, region, caller } = await start();
    const line = `POST /keys/${await caller.rootKey()}/actions/rotate`;
    expect((await caller.send(line)).status).toBe(204);
    clock.advance({ seconds: 3599 });
    expect(await caller.send(line)).toMatchObject({ status: 409, code: "KEY_ROTATION_NOT_PERMITTED" });
    clock.advance({ seconds: 1 });
    expect((await caller.send(line)).status).toBe(204);
    region.switches.rotationPauseSeconds = 0;
    expect((await caller.send(line)).status).toBe(204);
  });

  test.each<[string, object, string, object]>([
    [
      "a generated key with material",
      {},
      `{"payload":"${MATERIAL}"}`,
      { status: 400, code: "INVALID_QUERY_PARAM_ERR" },
    ],
    ["an imported key without", { payload: MATERIAL }, "{}", { status: 400, code: "KEY_PAYLOAD_REQ_ERR" }],
    ["an imported key with material", { payload: MATERIAL }, `{"payload":"${MATERIAL}"}`, { status: 204 }],
    ["a standard key", { extractable: true }, "", { status: 400, code: "KEY_ROOT_REQ_ERR" }],
    ["with a field that is none", {}, '{"colour":"red"}', { status: 400, code: "BAD_BODY_ERR" }],
  ])("of %s", async (_, asked, body, expected) => {
    const { caller } = await start();
    const id = await caller.id(caller.create("/keys", { name: "crk", ...asked }));
    expect(await caller.send(`POST /keys/${id}/actions/rotate`, { body })).toMatchObject(expected);
  });
});

test.each(["", "{}", "null"])("a key is suspended and enabled again, with the body %j", async (body) => {
  const { clock, region, caller } = await start();
  const id = await caller.rootKey();
  const act = (action: string) => caller.send(`POST /keys/${id}/actions/${action}`, { body });
  const state = async () => (await caller.send(`GET /keys/${id}`)).resources[0]?.state;
  expect(await act("enable")).toMatchObject({ status: 409, code: "KEY_ACTION_INVALID_STATE_ERR" });
  expect((await act("disable")).status).toBe(204);
  expect(await state()).toBe(2);
  expect(await act("disable")).toMatchObject({ status: 409, code: "KEY_ACTION_INVALID_STATE_ERR" });
  expect(await act("rotate")).toMatchObject({ status: 409, code: "KEY_ACTION_INVALID_STATE_ERR" });
  expect(await act("enable")).toMatchObject({ status: 409, code: "REQ_TOO_EARLY_ERR" });
  clock.advance({ seconds: 30 });
  expect((await act("enable")).status).toBe(204);
  expect(await state()).toBe(1);
  region.switches.actionPauseSeconds = 0;
  await act("disable");
  expect((await act("enable")).status).toBe(204);
});

test("a key is deactivated when it expires, and may be rotated then, but not enabled", async () => {
  const { clock, caller } = await start();
  const expirationDate = new Date(clock.now().getTime() + 1000).toISOString();
  const id = await caller.id(caller.create("/keys", { name: "crk", expirationDate }));
  clock.advance({ seconds: 40 });
  expect((await caller.send(`GET /keys/${id}`)).resources).toMatchObject([{ state: 3 }]);
  expect(await caller.send(`POST /keys/${id}/actions/enable`)).toMatchObject({ status: 409 });
  expect(await caller.send(`POST /keys/${id}/actions/rotate`)).toMatchObject({ status: 204 });
});

describe("deletion", () => {
  test("hides a key from the list, and shows it as destroyed to who asks for it", async () => {
    const { clock, caller, region } = await start();
    const id = await caller.rootKey();
    expect(await caller.send(`DELETE /keys/${id}`)).toMatchObject({ status: 204, body: "" });
    expect((await caller.send("GET /keys")).resources).toEqual([]);
    expect((await caller.send("GET /keys?state=5")).resources).toHaveLength(1);
    const { resources } = await caller.send(`GET /keys/${id}`);
    const daysOn = (days: number) =>
      `${new Date(clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 19)}Z`;
    expect(resources).toMatchObject([
      {
        state: 5,
        deleted: true,
        deletedBy: region.state().owner,
        deletionDate: daysOn(0),
        restoreAllowed: true,
        restoreExpirationDate: daysOn(30),
        purgeAllowed: false,
        purgeAllowedFrom: daysOn(4 / 24),
        purgeScheduledOn: daysOn(90),
      },
    ]);
    const gone = { status: 410, code: "KEY_DELETED_ERR" };
    expect(await caller.send(`DELETE /keys/${id}`)).toMatchObject(gone);
    expect(await caller.send(`POST /keys/${id}/actions/rotate`)).toMatchObject(gone);
    expect(await caller.send(`GET /keys/${id}/versions`)).toMatchObject(gone);
    expect(await caller.send(`GET /keys/${id}/versions?allKeyStates=True`)).toMatchObject({ status: 200 });
    region.switches.deletedKeys = "gone";
    expect(await caller.send(`GET /keys/${id}`)).toMatchObject(gone);
  });

  test("gives the key back to who prefers a representation", async () => {
    const { caller } = await start();
    const headers = { prefer: "return=representation" };
    const line = `DELETE /keys/${await caller.rootKey()}`;
    expect(await caller.send(line, { headers })).toMatchObject({ status: 200, resources: [{ state: 5 }] });
  });

  test("can be taken back for 30 days, after 30 seconds", async () => {
    const { clock, caller } = await start();
    const id = await caller.id(caller.create("/keys", { name: "crk", aliases: ["storage"] }));
    const [before] = (await caller.send(`GET /keys/${id}`)).resources;
    const restore = () => caller.send(`POST /keys/storage/restore`);
    expect(await restore()).toMatchObject({ status: 409, code: "KEY_ACTION_INVALID_STATE_ERR" });
    await caller.send(`DELETE /keys/${id}`);
    expect(await restore()).toMatchObject({ status: 409, code: "REQ_TOO_EARLY_ERR" });
    clock.advance({ days: 30, seconds: -1 });
    expect(await restore()).toMatchObject({ status: 201, resources: [{ state: 1 }] });
    const restored = { ...before, lastUpdateDate: `${clock.now().toISOString().slice(0, 19)}Z` };
    expect((await caller.send(`GET /keys/${id}`)).resources).toEqual([restored]);
  });

  test("cannot be taken back when the key has expired by then", async () => {
    const { clock, caller } = await start();
    const expirationDate = new Date(clock.now().getTime() + 60_000).toISOString();
    const id = await caller.id(caller.create("/keys", { name: "crk", expirationDate }));
    await caller.send(`DELETE /keys/${id}`);
    clock.advance({ seconds: 60 });
    expect(await caller.send(`POST /keys/${id}/restore`)).toMatchObject({
      status: 409,
      code: "KEY_ACTION_INVALID_STATE_ERR",
    });
  });

  test("is final after 30 days, when the material is gone, and forgotten after 90", async () => {
    const { clock, region, caller } = await start();
    const id = await caller.rootKey();
    await caller.send(`DELETE /keys/${id}`);
    clock.advance({ days: 30 });
    expect(await caller.send(`POST /keys/${id}/restore`)).toMatchObject({ status: 409, code: "KEY_RESTORE_EXPIRED" });
    expect((await caller.send(`GET /keys/${id}`)).resources).toMatchObject([{ restoreAllowed: false }]);
    region.switches.restoreDays = 99;
    await region.act("restoreKey", { key: id });
    await caller.create("/kmip_adapters", { name: "a1", profile: "native_1.0", profile_data: { crk_id: id } });
    await expect(region.act("createObject", { adapter: "a1" })).rejects.toThrow("there is no certificate");
    await region.act("deleteKey", { key: id });
    clock.advance({ days: 90 });
    expect(await caller.send(`GET /keys/${id}`)).toMatchObject({ status: 404, code: "KEY_NOT_FOUND_ERR" });
  });

  test("can be made final by hand after four hours", async () => {
    const { clock, caller } = await start();
    const [first, second] = [await caller.rootKey(), await caller.rootKey()];
    const headers = { prefer: "return=representation" };
    expect(await caller.send(`DELETE /keys/${first}/purge`)).toMatchObject({ status: 409 });
    for (const id of [first, second]) await caller.send(`DELETE /keys/${id}`);
    clock.advance({ hours: 4, seconds: -1 });
    expect(await caller.send(`DELETE /keys/${first}/purge`)).toMatchObject({ code: "KEY_PURGE_NOT_PERMITTED_ERR" });
    clock.advance({ seconds: 1 });
    expect(await caller.send(`DELETE /keys/${first}/purge`)).toMatchObject({ status: 204, body: "" });
    expect(await caller.send(`DELETE /keys/${second}/purge`, { headers })).toMatchObject({ status: 200 });
    for (const id of [first, second]) expect(await caller.send(`GET /keys/${id}`)).toMatchObject({ status: 404 });
  });

  test.each<[boolean, number]>([
    [true, 409],
    [false, 201],
  ])("keeps aliases taken: %s, so that another key with one gets %i", async (deletedKeysKeepAliases, status) => {
    const { caller } = await start({ switches: { deletedKeysKeepAliases } });
    const named = { name: "crk", aliases: ["storage"] };
    const id = await caller.id(caller.create("/keys", named));
    expect(await caller.create("/keys", named)).toMatchObject({ status: 409, code: "KEY_ALIAS_NOT_UNIQUE_ERR" });
    await caller.send(`DELETE /keys/${id}`);
    const again = await caller.create("/keys", named);
    expect(again.status).toBe(status);
    const [found] = (await caller.send("GET /keys/storage")).resources;
    expect(found?.id).toBe(status === 201 ? again.resources[0]?.id : id);
  });
});

test("aliases come and go", async () => {
  const { caller } = await start();
  const id = await caller.rootKey();
  const line = (alias: string) => `/keys/${id}/aliases/${alias}`;
  expect(await caller.send(`POST ${line("storage")}`)).toMatchObject({
    status: 201,
    resources: [{ alias: "storage" }],
  });
  expect(await caller.send(`POST ${line("storage")}`)).toMatchObject({ status: 409 });
  expect((await caller.send("GET /keys/storage")).resources).toMatchObject([{ id, aliases: ["storage"] }]);
  expect(await caller.send(`DELETE ${line("storage")}`)).toMatchObject({ status: 204 });
  expect(await caller.send(`DELETE ${line("storage")}`)).toMatchObject({ status: 404 });
  expect(await caller.send("GET /keys/storage")).toMatchObject({ status: 404 });
});

test("keys are in rings, which the header narrows everything to", async () => {
  const { caller, region } = await start();
  const inRing = (ring: string) => ({ headers: { "x-kms-key-ring": ring } });
  expect(await caller.create("/keys", { name: "crk" }, inRing("north"))).toMatchObject({
    status: 404,
    code: "KEY_RING_NOT_FOUND_ERR",
  });
  expect(await caller.send("POST /key_rings/north")).toMatchObject({ status: 201, body: "" });
  expect(await caller.send("POST /key_rings/north")).toMatchObject({ status: 409 });
  expect(await caller.send("POST /key_rings/default")).toMatchObject({ status: 409 });
  expect(await caller.send("POST /key_rings/south")).toMatchObject({ status: 201, body: "" });
  region.switches.keyRingLimit = 2;
  expect(await caller.send("POST /key_rings/east")).toMatchObject({ status: 409 });
  const rings = (await caller.send("GET /key_rings?totalCount=True")).resources;
  expect(rings).toMatchObject([{ id: "default" }, { id: "north" }, { id: "south" }]);

  const id = await caller.id(caller.create("/keys", { name: "crk" }, inRing("north")));
  const found = async (ring: string) => (await caller.send("GET /keys", inRing(ring))).resources.length;
  expect([await found("north"), await found("default")]).toEqual([1, 0]);
  expect(await caller.send(`GET /keys/${id}`, inRing("default"))).toMatchObject({ status: 404 });
  const moved = { body: JSON.stringify({ KeyRingID: "south" }) };
  expect(await caller.send(`PATCH /keys/${id}`, moved)).toMatchObject({
    status: 200,
    resources: [{ id, keyRingID: "south" }],
  });
  expect(await caller.send(`PATCH /keys/${id}`, { body: '{"keyRingID":"moon"}' })).toMatchObject({ status: 404 });
  expect(await caller.send(`PATCH /keys/${id}`, { body: '{"name":"other"}' })).toMatchObject({ status: 400 });

  expect(await caller.send("DELETE /key_rings/default")).toMatchObject({ status: 409 });
  expect(await caller.send("DELETE /key_rings/south?force=true")).toMatchObject({ status: 409 });
  await caller.send(`DELETE /keys/${id}`);
  expect(await caller.send("DELETE /key_rings/south")).toMatchObject({ status: 409 });
  expect(await caller.send("DELETE /key_rings/south?force=true")).toMatchObject({ status: 204 });
  expect((await caller.send(`GET /keys/${id}`)).resources).toMatchObject([{ keyRingID: "default" }]);
  expect(await caller.send("DELETE /key_rings/north")).toMatchObject({ status: 204 });
});
