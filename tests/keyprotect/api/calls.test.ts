import type { ConnectedInstance } from "../../../provider/systems/keyprotect/api/instance";
import { OPERATIONS } from "../../../provider/systems/keyprotect/api/operations";
import {
  findAdapter,
  findClientCertificate,
  listAdapters,
} from "../../../provider/systems/keyprotect/observed/kmip-adapters";
import { findRootKey, listRootKeys } from "../../../provider/systems/keyprotect/observed/root-keys";
import { ID, OTHER_ID } from "../generators";
import { aKey, anAdapter, collectionOf, errorOf, failureOf, type Sent, Service } from "./service";

let service: Service;

beforeEach(async () => {
  service = await Service.start();
});
afterEach(() => service.close());

const PAGE = { limit: 2, offset: 0 };

/** A call of each effect. */
const CALLS = {
  getKeys: (instance: ConnectedInstance) => instance.call("getKeys", PAGE),
  deleteKey: (instance: ConnectedInstance) => instance.call("deleteKey", { id: ID }),
  createKey: (instance: ConnectedInstance) => instance.call("createKey", { name: "storage" }),
};
type Called = keyof typeof CALLS;

interface Failure {
  what: string;
  answer: Sent | "drop";
  tries: Record<"read" | "idempotent" | "create", number>;
  code: string;
}

const once = { read: 1, idempotent: 1, create: 1 };
const reads = { ...once, read: 6 };

const FAILURES: Failure[] = [
  { what: "HTTP 500", answer: { status: 500, body: "" }, tries: reads, code: "EKM_CONNECTION_UNREACHABLE" },
  { what: "HTTP 504", answer: { status: 504, body: "<html>" }, tries: reads, code: "EKM_CONNECTION_UNREACHABLE" },
  { what: "HTTP 501", answer: { status: 501, body: "" }, tries: once, code: "EKM_KEY_PROTECT_API" },
  {
    what: "HTTP 429",
    answer: { status: 429, body: "" },
    tries: { read: 6, idempotent: 6, create: 1 },
    code: "EKM_CONNECTION_THROTTLED",
  },
  { what: "HTTP 403", answer: { status: 403, body: "" }, tries: once, code: "EKM_PERMISSION_DENIED" },
  {
    what: "a refusal",
    answer: { status: 409, body: errorOf("SOME_ERR", "not now") },
    tries: once,
    code: "EKM_KEY_PROTECT_API",
  },
  { what: "a broken connection", answer: "drop", tries: reads, code: "EKM_CONNECTION_UNREACHABLE" },
];

const cases = FAILURES.flatMap((failure) =>
  (Object.keys(CALLS) as Called[]).map((operation) => ({ ...failure, operation })),
);

test.each(cases)("$what to $operation", async ({ answer, tries, code, operation }) => {
  service.api = () => answer;
  const failure = await failureOf(service, CALLS[operation](service.instance()));
  expect(failure.code).toBe(code);
  expect(failure.message).toContain(`calling ${operation} on instance "default": `);
  const expected = tries[OPERATIONS[operation].effect];
  expect(service.asked).toHaveLength(expected);
  expect(/\(tried (\d+) times\)/.exec(failure.message)?.[1] ?? "1").toBe(String(expected));
});

test.each([
  ["seconds", () => "17", 17_000],
  ["a date", () => new Date(service.clock.now().getTime() + 30_000).toUTCString(), 29_000],
  ["nothing", () => "", 250],
  ["what is neither", () => "later", 250],
])("whoever is asked too often is left alone for as long as it wants, in %s", async (_what, header, least) => {
  service.api = () =>
    service.asked.length === 1 ? { status: 429, headers: { "retry-after": header() } } : { body: collectionOf() };
  const before = service.clock.now().getTime();
  expect(await service.instance().call("getKeys", PAGE)).toEqual([]);
  const waited = service.clock.now().getTime() - before;
  expect(waited).toBeGreaterThanOrEqual(least);
  expect(waited).toBeLessThan(least + 5_000);
});

test("whoever wants to be left alone for longer than a minute is told of", async () => {
  service.api = () => ({ status: 429, headers: { "retry-after": "61" } });
  expect(await failureOf(service, service.instance().call("getKeys", PAGE))).toMatchObject({
    code: "EKM_CONNECTION_THROTTLED",
  });
  expect(service.asked).toHaveLength(1);
});

test("a failure names its reason, and the correlation ID by which IBM finds the request", async () => {
  service.api = () => ({ status: 400, body: errorOf("INVALID_FIELD_ERR", "The field `name` must be: shorter") });
  const { message } = await failureOf(service, service.instance().call("createKey", { name: "storage" }));
  const id = service.asked[0]?.headers["correlation-id"];
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(message).toContain(`INVALID_FIELD_ERR: The field \`name\` must be: shorter (HTTP 400, correlation ID ${id})`);
});

test.each<[string, Sent, string]>([
  [
    "the service's own ID",
    { status: 400, headers: { "correlation-id": "of-the-service" } },
    "correlation ID of-the-service",
  ],
  ["no reasons", { status: 400, body: collectionOf({ errorMsg: "Bad request" }) }, "HTTP 400: Bad request"],
  ["no words", { status: 400, body: "<html>" }, "HTTP 400: no reason given"],
  ["escapes", { status: 400, body: errorOf("A_CODE", "\u001b[2Jcleared") }, "A_CODE: "],
])("a failure with %s", async (_what, answer, words) => {
  service.api = () => answer;
  const { message } = await failureOf(service, service.instance().call("getKeys", PAGE));
  expect(message).toContain(words);
  expect(message).not.toContain("\u001b");
});

test("each try has a correlation ID of its own", async () => {
  service.api = () => (service.asked.length < 3 ? { status: 500 } : { body: collectionOf() });
  await service.instance().call("getKeys", PAGE);
  expect(new Set(service.asked.map(({ headers }) => headers["correlation-id"])).size).toBe(3);
});

const LISTS: Record<string, (instance: ConnectedInstance) => Promise<{ id: string }[]>> = {
  "root keys": listRootKeys,
  adapters: listAdapters,
};

test.each(Object.keys(LISTS))("%s are read page by page, to the first that is not full", async (what) => {
  const object = what === "adapters" ? anAdapter : aKey;
  const total = what === "adapters" ? 401 : 5_001;
  service.api = ({ path }) => {
    const query = new URL(path, "https://a").searchParams;
    const [limit, offset] = [Number(query.get("limit")), Number(query.get("offset"))];
    const ids = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => offset + index);
    return { body: collectionOf(...ids.map((id) => ({ ...object, id: `object ${id}` }))) };
  };
  const found = await LISTS[what]?.(service.instance());
  expect(new Set(found?.map(({ id }) => id)).size).toBe(total);
});

test("a page that is repeated for ever is no list", async () => {
  const page = Array.from({ length: 200 }, (_, index) => ({ ...anAdapter, id: `adapter ${index}` }));
  service.api = () => ({ body: collectionOf(...page) });
  const failure = await failureOf(service, listAdapters(service.instance()));
  expect(failure).toMatchObject({ code: "EKM_UNEXPECTED_ANSWER", message: expect.stringContaining("repeat") });
  expect(service.asked).toHaveLength(2);
});

test.each([["application/vnd.ibm.kms.key+json; charset=utf-8"], ["application/json"], ["text/plain"]])(
  "an answer is read by what it holds, of the type %s as well",
  async (type) => {
    service.api = () => ({ headers: { "content-type": type }, body: collectionOf(aKey) });
    expect(await service.instance().call("getKeyMetadata", { id: ID })).toMatchObject({ id: ID, state: "active" });
  },
);

test.each<[string, Sent]>([
  ["204", { status: 204 }],
  ["200 and nothing", { status: 200, body: "" }],
  ["200 and the object", { status: 200, body: collectionOf(aKey) }],
  ["202 and a page", { status: 202, body: "<html>" }],
])("what tells nothing is done with %s", async (_what, answer) => {
  service.api = () => answer;
  const instance = service.instance();
  expect(await instance.call("deleteKey", { id: ID })).toBeUndefined();
  expect(await instance.call("rotateKey", { id: ID })).toBeUndefined();
  expect(await instance.call("patchKey", { id: ID, keyRingID: "default" })).toBeUndefined();
});

const wrong = (change: object) => collectionOf({ ...aKey, ...change });

test.each<[string, unknown, string]>([
  ["no JSON", "<html>", "answer is missing, not a collection"],
  ["null", null, "answer is null"],
  ["a list", [aKey], "answer is a list"],
  ["no metadata", { resources: [aKey] }, "answer.metadata is missing"],
  ["a total as text", { ...collectionOf(aKey), metadata: { collectionTotal: "1" } }, "collectionTotal is"],
  ["another total", { ...collectionOf(aKey), metadata: { collectionTotal: 2 } }, "collectionTotal is 2, not 1"],
  ["a list that is cut off", { metadata: { collectionTotal: 1 } }, "collectionTotal is 1, not 0"],
  ["an object for a list", { ...collectionOf(aKey), resources: aKey }, "answer.resources is an object"],
  ["nothing in it", collectionOf(), "answer.resources is missing, not one resource"],
  ["two of them", collectionOf(aKey, aKey), "not one resource"],
  ["no ID", wrong({ id: undefined }), "answer.resources[0].id is missing"],
  ["a state as text", wrong({ state: "active" }), 'state is the text "active"'],
  ["a state that nobody knows", wrong({ state: 4 }), "state is 4, not a state of"],
  ["a time that is none", wrong({ creationDate: "yesterday" }), "creationDate is"],
  ["a version that is none", wrong({ keyVersion: "1" }), "keyVersion is"],
])("a key with %s is not as documented", async (_what, body, words) => {
  service.api = () => ({ body });
  expect(await failureOf(service, service.instance().call("getKeyMetadata", { id: ID }))).toMatchObject({
    code: "EKM_UNEXPECTED_ANSWER",
    message: expect.stringContaining(words),
  });
});

test("an empty list may do without the list", async () => {
  service.api = () => ({ body: { metadata: { collectionTotal: 0 } } });
  expect(await service.instance().call("getKeys", PAGE)).toEqual([]);
});

test("an adapter without a description may say null", async () => {
  service.api = () => ({ body: collectionOf({ ...anAdapter, description: null }) });
  expect(await service.instance().call("getKmipAdapter", { id: ID })).toMatchObject({ description: "" });
});

test.each<[string, (instance: ConnectedInstance) => Promise<unknown>, object]>([
  ["key", (instance) => findRootKey(instance, OTHER_ID), aKey],
  ["adapter", (instance) => findAdapter(instance, OTHER_ID), anAdapter],
  [
    "certificate",
    (instance) => findClientCertificate(instance, ID, OTHER_ID),
    { id: ID, name: "storage", created_at: "2026-01-01T00:00:00Z", certificate: "PEM" },
  ],
])("another %s than the one that was asked for by its ID is none", async (_what, look, found) => {
  service.api = () => ({ body: collectionOf(found) });
  expect(await failureOf(service, look(service.instance()))).toMatchObject({
    code: "EKM_UNEXPECTED_ANSWER",
    message: expect.stringContaining(`asked for ${OTHER_ID}, it gave ${ID}`),
  });
});

test("ids and names stand in paths as they are, whatever they hold", async () => {
  service.api = () => ({ body: collectionOf(aKey) });
  await service.instance().call("getKeyMetadata", { id: "../keys?x=#" });
  expect(service.asked[0]?.path).toBe("/api/v2/keys/..%2Fkeys%3Fx%3D%23/metadata");
});
