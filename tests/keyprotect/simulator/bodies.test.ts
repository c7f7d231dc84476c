import type { KeyProtectSwitches } from "../../../simulator/keyprotect";
import { closeAll } from "../../simulator/cleanup";
import { Caller, typeOf } from "./caller";
import { newCertificate, startRegion } from "./regions";

afterEach(closeAll);

const metadata = { collectionType: typeOf("/keys"), collectionTotal: 1 };
const key = { type: typeOf("/keys"), name: "crk", extractable: false };

test.each<[string, string, string]>([
  ["nothing", "", "NO_BODY_ERR"],
  ["no JSON", "{", "BAD_BODY_ERR"],
  ["no object", "[]", "BAD_BODY_ERR"],
  ["null", "null", "BAD_BODY_ERR"],
  ["no metadata", JSON.stringify({ resources: [key] }), "BAD_BODY_ERR"],
  ["empty metadata", JSON.stringify({ metadata: {}, resources: [key] }), "BAD_BODY_ERR"],
  [
    "another type",
    JSON.stringify({ metadata: { ...metadata, collectionType: "x" }, resources: [key] }),
    "BAD_BODY_ERR",
  ],
  ["no resources", JSON.stringify({ metadata }), "BAD_BODY_ERR"],
  ["two resources", JSON.stringify({ metadata, resources: [key, key] }), "BAD_BODY_ERR"],
  ["no resource", JSON.stringify({ metadata: { ...metadata, collectionTotal: 0 }, resources: [] }), "BAD_BODY_ERR"],
  ["an unknown field", JSON.stringify({ metadata, resources: [{ ...key, colour: "red" }] }), "BAD_BODY_ERR"],
  ["an unknown field beside", JSON.stringify({ metadata, resources: [key], more: 1 }), "BAD_BODY_ERR"],
  [
    "an unknown field in metadata",
    JSON.stringify({ metadata: { ...metadata, x: 1 }, resources: [key] }),
    "BAD_BODY_ERR",
  ],
  ["another value", JSON.stringify({ metadata, resources: [{ ...key, name: 7 }] }), "BAD_BODY_ERR"],
  [
    "another total",
    JSON.stringify({ metadata: { ...metadata, collectionTotal: 2 }, resources: [key] }),
    "COLLECTION_TOTAL_MISMATCH_ERR",
  ],
  ["no name", JSON.stringify({ metadata, resources: [{ ...key, name: null }] }), "INVALID_FIELD_ERR"],
])("a body with %s is refused, and makes nothing", async (_, body, code) => {
  const region = await startRegion();
  expect(await new Caller(region).send("POST /keys", { body })).toMatchObject({ status: 400, code });
  expect(region.state().instances[0]?.keys).toEqual([]);
});

test("fields may be spelled in any letter case, as Go reads them", async () => {
  const body = JSON.stringify({ Metadata: metadata, resources: [{ ...key, Name: "crk", name: undefined }] });
  expect(await new Caller(await startRegion()).send("POST /keys", { body })).toMatchObject({ status: 201 });
});

test("an error is a collection, which names what went wrong, why, and the field", async () => {
  const { metadata, resources, code } = await new Caller(await startRegion()).create("/keys", { name: "x" });
  expect(code).toBe("INVALID_FIELD_ERR");
  expect(metadata).toEqual({ collectionType: "application/vnd.ibm.kms.error+json", collectionTotal: 1 });
  expect(resources).toEqual([
    {
      errorMsg: "Bad Request: Key could not be created: Please see `reasons` for more details (INVALID_FIELD_ERR)",
      reasons: [
        {
          code: "INVALID_FIELD_ERR",
          message: "The field `name` must be: 2 to 90 characters long",
          status: 400,
          moreInfo: "https://cloud.ibm.com/apidocs/key-protect",
          target: { type: "field", name: "name" },
        },
      ],
    },
  ]);
});

test.each<[KeyProtectSwitches["contentType"], string, string, string]>([
  ["vendor", "application/json", "application/vnd.ibm.kms.key+json", "application/vnd.ibm.kms.error+json"],
  ["plain", "application/vnd.ibm.kms.key+json", "application/json", "application/json"],
  ["asked", "application/json", "application/json", "application/json"],
  [
    "asked",
    "application/vnd.ibm.kms.key+json",
    "application/vnd.ibm.kms.key+json",
    "application/vnd.ibm.kms.error+json",
  ],
])("with contentType %s, who accepts %s gets %s, and %s for an error", async (contentType, accept, usual, error) => {
  const caller = new Caller(await startRegion({ switches: { contentType } }));
  const headers = { accept };
  expect(await caller.send("GET /keys", { headers })).toMatchObject({ status: 200, contentType: usual });
  expect(await caller.create("/keys", { name: "crk" }, { headers })).toMatchObject({ contentType: usual });
  expect(await caller.send("GET /keys/none", { headers })).toMatchObject({ status: 404, contentType: error });
});

test("every answer is a collection of its own type, or has no body at all", async () => {
  const caller = new Caller(await startRegion());
  const rootKey = await caller.rootKey();
  const adapter = await caller.adapter(rootKey);
  const certificate = await caller.certificate(adapter, newCertificate());
  const types: Record<string, string> = {
    "/keys": "key",
    [`/keys/${rootKey}`]: "key",
    [`/keys/${rootKey}/metadata`]: "key",
    [`/keys/${rootKey}/versions`]: "key.version",
    "/key_rings": "key_ring",
    "/kmip_adapters": "kmip_adapter",
    [`/kmip_adapters/${adapter}`]: "kmip_adapter",
    [`/kmip_adapters/${adapter}/certificates`]: "kmip_client_certificate",
    [`/kmip_adapters/${adapter}/certificates/${certificate}`]: "kmip_client_certificate",
  };
  for (const [path, kind] of Object.entries(types)) {
    const { metadata, resources } = await caller.send(`GET ${path}`);
    expect({ path, metadata }).toEqual({
      path,
      metadata: { collectionType: `application/vnd.ibm.kms.${kind}+json`, collectionTotal: 1 },
    });
    expect(resources).toHaveLength(1);
  }
  for (const line of [`POST /keys/${rootKey}/actions/rotate`, `DELETE /kmip_adapters/${adapter}`]) {
    expect(await caller.send(line)).toMatchObject({ status: 204, body: "", contentType: "" });
  }
});

test("the log names calls, slots, queries and fields, but no key material", async () => {
  const region = await startRegion();
  const caller = new Caller(region);
  const payload = Buffer.alloc(32, 7).toString("base64");
  const id = await caller.id(caller.create("/keys", { name: "imported", payload }));
  await caller.send(`POST /keys/${id}/actions/rotate`, { body: JSON.stringify({ Payload: payload }) });
  await caller.send("GET /keys?limit=2");
  const { instance } = region;
  expect(region.requests.slice(1).map(({ method, params, outcome }) => [method, params, outcome])).toEqual([
    ["createKey", { instance, ...key, name: "imported", payload: "***" }, "ok"],
    ["rotateKey", { instance, id, Payload: "***" }, "ok"],
    ["getKeys", { instance, limit: "2" }, "ok"],
  ]);
  expect(JSON.stringify([region.requests, region.state()])).not.toContain(payload);
});
