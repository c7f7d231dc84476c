import type { KeyProtectSwitches } from "../../../simulator/keyprotect";
import { closeAll } from "../../simulator/cleanup";
import { Caller } from "./caller";
import { startRegion } from "./regions";

afterEach(closeAll);

const NOT_FOUND = "/keys/00000000-0000-4000-8000-000000000000";

test.each<[string, Record<string, string>]>([
  ["no token", { authorization: "" }],
  ["another scheme", { authorization: "Basic Yng6Yng=" }],
  ["what is no token", { authorization: "Bearer abc" }],
  ["a token of somebody else", { authorization: "Bearer e30.e30.e30" }],
])("with %s a request is refused, with nothing among the reasons", async (_, headers) => {
  const region = await startRegion();
  const answer = await new Caller(region).send(`GET ${NOT_FOUND}`, { headers });
  expect(answer).toMatchObject({ status: 401, code: "none", metadata: { collectionTotal: 1 } });
  expect(answer.resources).toEqual([
    { errorMsg: "Unauthorized: The user does not have access to the specified resource" },
  ]);
  expect(region.calls("getKey")).toMatchObject([{ outcome: "http-401" }]);
});

test.each<[string, Record<string, string>, Partial<KeyProtectSwitches>, object]>([
  ["no instance", { "bluemix-instance": "" }, {}, { status: 400, code: "INSTANCE_ID_REQ_ERR" }],
  ["an unknown one", { "bluemix-instance": "x" }, {}, { status: 401, code: "UNAUTHORIZED_ERR" }],
  ["one", { "bluemix-instance": "x" }, { errorStatuses: { instanceUnknown: 404 } }, { status: 404 }],
  ["what is no token", { authorization: "Bearer x" }, { errorStatuses: { malformedToken: 400 } }, { status: 400 }],
  [
    "what is no token and has a code",
    { authorization: "Bearer x" },
    { errorCodes: { malformedToken: "BEARER_SUB_EXTRACTION_ERR" } },
    { status: 401, code: "BEARER_SUB_EXTRACTION_ERR" },
  ],
])("%s: headers %j with switches %j", async (_, headers, switches, expected) => {
  const region = await startRegion({ switches });
  expect(await new Caller(region).send("GET /keys", { headers })).toMatchObject(expected);
});

test.each<[KeyProtectSwitches["instanceHeader"], number]>([
  ["guid", 401],
  ["guidOrCrn", 200],
])("an instance is named by its CRN: with %s, %i", async (instanceHeader, status) => {
  const region = await startRegion({ switches: { instanceHeader } });
  const [instance] = region.state().instances;
  expect(instance?.crn).toMatch(new RegExp(`^crn:v1:bluemix:public:kms:us-south:a/[0-9a-f]{32}:${instance?.guid}::$`));
  const answer = await new Caller(region).send("GET /keys", { headers: { "bluemix-instance": `${instance?.crn}` } });
  expect(answer.status).toBe(status);
});

test("instances know nothing of one another's keys, adapters, certificates and objects", async () => {
  const region = await startRegion({ instances: 2 });
  const caller = new Caller(region);
  const key = await caller.rootKey();
  const adapter = await caller.adapter(key, "storage");
  const [, instance] = region.instances;
  const other = (line: string) => caller.send(line, { instance });
  expect((await other("GET /keys")).resources).toEqual([]);
  expect((await other("GET /kmip_adapters")).resources).toEqual([]);
  expect(await other(`GET /keys/${key}`)).toMatchObject({ status: 404, code: "KEY_NOT_FOUND_ERR" });
  expect(await other(`POST /keys/${key}/actions/rotate`)).toMatchObject({ status: 404 });
  expect(await other(`DELETE /keys/${key}`)).toMatchObject({ status: 404 });
  for (const line of ["GET", "DELETE"].flatMap((verb) =>
    [adapter, "storage"].map((it) => `${verb} /kmip_adapters/${it}`),
  )) {
    expect(await other(line)).toMatchObject({ status: 404, code: "KMIP_ADAPTER_NOT_FOUND_ERR" });
  }
  expect(await other(`GET /kmip_adapters/${adapter}/kmip_objects`)).toMatchObject({ status: 404 });
  const profile_data = { crk_id: key };
  expect(await caller.create("/kmip_adapters", { profile: "native_1.0", profile_data }, { instance })).toMatchObject({
    status: 404,
    code: "NATIVE_CRK_ID_NOT_FOUND_ERR",
  });
  expect(await caller.create("/keys", { name: "crk" }, { instance })).toMatchObject({ status: 201 });
});

test.each<[string, string, object]>([
  ["PUT", "/keys", { status: 405 }],
  ["PATCH", "/kmip_adapters/storage", { status: 405 }],
  ["PUT", "/kmip_adapters/storage", { status: 405 }],
  ["PATCH", "/kmip_adapters/storage/certificates/client", { status: 405 }],
  ["PUT", "/kmip_adapters/storage/certificates/client", { status: 405 }],
  ["POST", "/kmip_adapters/storage/kmip_objects", { status: 405 }],
  ["PATCH", "/kmip_adapters/storage/kmip_objects/1", { status: 405 }],
  ["GET", "/moons", { status: 404 }],
  ["GET", "/keys/%E0%A4%A", { status: 404 }],
  ["GET", "//keys", { status: 404 }],
])("%s %s is not there", async (verb, path, expected) => {
  const region = await startRegion();
  expect(await new Caller(region).send(`${verb} ${path}`)).toMatchObject(expected);
  region.switches.errorStatuses = { methodNotAllowed: 404 };
  expect((await new Caller(region).send(`${verb} ${path}`)).status).toBe(404);
});

test("an account has no right to the calls that are denied, and to all others it has", async () => {
  const region = await startRegion({ switches: { deniedMethods: ["createKey", "getKmipAdapters"] } });
  const caller = new Caller(region);
  expect(await caller.create("/keys", { name: "crk" })).toMatchObject({ status: 401, code: "UNAUTHORIZED_ERR" });
  expect(await caller.send("GET /keys")).toMatchObject({ status: 200, resources: [] });
  region.switches.errorStatuses = { missingRight: 403 };
  expect(await caller.send("GET /kmip_adapters")).toMatchObject({ status: 403, code: "UNAUTHORIZED_ERR" });
});

test.each([
  ["the request's", "3f6b1c1e-0000-4000-8000-00000000abcd", "3f6b1c1e-0000-4000-8000-00000000abcd"],
  ["one of its own", "not a uuid", expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)],
])("an answer has a correlation id: %s", async (_, given, expected) => {
  const caller = new Caller(await startRegion());
  for (const line of ["GET /keys", "GET /keys/none", "GET /moons"]) {
    const { headers } = await caller.send(line, { headers: { "correlation-id": given } });
    expect(headers["correlation-id"]).toEqual(expected);
  }
});
