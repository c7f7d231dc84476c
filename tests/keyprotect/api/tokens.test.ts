import { configuredConnections } from "../../../provider/adapters/pulumi/connections";
import { keyProtect } from "../../../provider/systems/keyprotect/system";
import { MovedClock } from "../../kit/moved-clock";
import { closeAll } from "../../simulator/cleanup";
import { ID } from "../generators";
import { settingsOf } from "../harness";
import { startRegion } from "../simulator/regions";
import { API_KEY } from "../stage";
import { type Asked, aKey, collectionOf, failureOf, Service } from "./service";

const HOUR = 3_600_000;
const PAGE = { limit: 10, offset: 0 };

let service: Service;

beforeEach(async () => {
  service = await Service.start();
});
afterEach(async () => {
  await service.close();
  await closeAll();
});

const carried = ({ headers }: Asked) => headers.authorization?.replace("Bearer ", "");

test("one token is fetched for all instances of an account, and each call names its instance", async () => {
  const region = await startRegion({ instances: 2, apiKey: API_KEY, iam: {} });
  const [first = "", second = ""] = region.instances;
  const keyProtectInstances = { first: settingsOf(region), second: { ...settingsOf(region), instance: second } };
  const runtime = { clock: new MovedClock(), signal: new AbortController().signal, assertHostAlive: async () => {} };
  const connections = configuredConnections(keyProtect, { keyProtectInstances }, {}, runtime);
  await connections.connection("first").call("createKey", { name: "of the first" });
  const keys = await Promise.all(["first", "second"].map((name) => connections.connection(name).call("getKeys", PAGE)));
  expect(keys.map(({ length }) => length)).toEqual([1, 0]);
  expect(region.calls("createToken")).toHaveLength(1);
  expect(region.state().instances.map(({ guid }) => guid)).toEqual([first, second]);
  await connections.close();
});

test("a token is asked for with the API key, and carried by each request with the instance", async () => {
  const bodies: string[] = [];
  const { iam } = service;
  service.iam = (body) => {
    bodies.push(body);
    return iam(body);
  };
  const instance = service.instance();
  await Promise.all([instance.call("getKeys", PAGE), instance.call("getKeys", PAGE)]);
  expect(bodies.map((body) => Object.fromEntries(new URLSearchParams(body)))).toEqual([
    { grant_type: "urn:ibm:params:oauth:grant-type:apikey", apikey: API_KEY, response_type: "cloud_iam" },
  ]);
  for (const asked of service.asked) {
    expect(carried(asked)).toBe(service.tokens[0]);
    expect(asked.headers).toMatchObject({ "bluemix-instance": ID, accept: "application/json" });
  }
});

test.each([
  ["that IAM says", { expires_in: 1000 }, 1000],
  ["of an hour where IAM says nothing", {}, 3600],
  ["of an hour where IAM says what is no time", { expires_in: "soon" }, 3600],
  ["by this machine's clock, whatever IAM's says", { expires_in: 1000, expiration: 1 }, 1000],
])("a token is renewed when 80 %% of its life is over: the one %s", async (_what, told, seconds) => {
  service.iam = () => ({ body: { access_token: service.newToken(), ...told } });
  const instance = service.instance();
  await instance.call("getKeys", PAGE);
  service.clock.advance(seconds * 790);
  await instance.call("getKeys", PAGE);
  expect(service.tokens).toHaveLength(1);
  service.clock.advance(seconds * 20);
  await instance.call("getKeys", PAGE);
  expect(service.asked.map(carried)).toEqual([service.tokens[0], service.tokens[0], service.tokens[1]]);
});

test("a token that is refused is renewed once, in the middle of a list as well", async () => {
  service.api = (asked) => (carried(asked) === service.tokens[0] ? { status: 401 } : { body: collectionOf(aKey) });
  const instance = service.instance();
  expect(await instance.call("getKeys", PAGE)).toMatchObject([{ id: ID }]);
  expect(await instance.call("getKeys", PAGE)).toMatchObject([{ id: ID }]);
  expect(service.tokens).toHaveLength(2);
});

test("a call that is refused with a token that was just fetched is one that nobody may make", async () => {
  service.api = () => ({ status: 401, body: collectionOf({ errorMsg: "Unauthorized: no access" }) });
  const refused = await failureOf(service, service.instance().call("getKeys", PAGE));
  expect(refused).toMatchObject({
    code: "EKM_PERMISSION_DENIED",
    message: expect.stringContaining("the IAM action kms.secrets.list"),
  });
  expect(refused.message).toContain("Unauthorized: no access");
  expect(service.asked).toHaveLength(2);
});

test("an API key that IAM refuses is tried once, by however many calls", async () => {
  let tries = 0;
  service.iam = () => {
    tries += 1;
    const errorMessage = `Provided API key ${API_KEY} could not be found.`;
    return { status: 400, body: { errorCode: "BXNIM0415E", errorMessage } };
  };
  const instance = service.instance();
  const refusals = await Promise.all([1, 2].map(() => failureOf(service, instance.call("getKeys", PAGE))));
  refusals.push(await failureOf(service, instance.call("createKey", { name: "storage" })));
  for (const refused of refusals) {
    expect(refused).toMatchObject({ code: "EKM_CONNECTION_LOGIN", message: expect.stringContaining("BXNIM0415E") });
  }
  expect(tries).toBe(1);
  expect(service.asked).toEqual([]);
});

test.each([
  ["read", (instance: ReturnType<Service["instance"]>) => instance.call("getKeys", PAGE)],
  ["create", (instance: ReturnType<Service["instance"]>) => instance.call("createKey", { name: "storage" })],
])("IAM that is out of service is asked again by one rule, for a %s", async (_effect, call) => {
  let tries = 0;
  service.iam = () => {
    tries += 1;
    return { status: 503, body: "" };
  };
  const before = service.clock.now().getTime();
  const failure = await failureOf(service, call(service.instance()));
  expect(failure).toMatchObject({
    code: "EKM_CONNECTION_UNREACHABLE",
    message: expect.stringContaining("(tried 6 times)"),
  });
  expect(tries).toBe(6);
  expect(service.clock.now().getTime() - before).toBeLessThan(10_000);
});

test.each<[string, ReturnType<Service["iam"]>, string, string]>([
  ["a page of another service", { body: "<html>" }, "EKM_UNEXPECTED_ANSWER", "no answer of IAM"],
  ["an answer without a token", { body: { expires_in: 3600 } }, "EKM_UNEXPECTED_ANSWER", "no access_token"],
  ["a token that is none", { body: { access_token: 7 } }, "EKM_UNEXPECTED_ANSWER", "no access_token"],
  ["an error in no shape of its own", { status: 404, body: "" }, "EKM_UNEXPECTED_ANSWER", "HTTP status 404"],
  ["being out of service", { status: 503, body: "" }, "EKM_CONNECTION_UNREACHABLE", "HTTP 503"],
  ["being asked too often", { status: 429, body: "" }, "EKM_CONNECTION_UNREACHABLE", "HTTP 429"],
])("IAM's %s is no refusal of the key", async (_what, answer, code, words) => {
  const { iam } = service;
  service.iam = () => answer;
  const instance = service.instance();
  const failure = await failureOf(service, instance.call("getKeys", PAGE));
  expect(failure).toMatchObject({ code, message: expect.stringContaining(words) });
  expect(failure.message).toContain("calling POST /identity/token");
  service.iam = iam;
  expect(await instance.call("getKeys", PAGE)).toEqual([]);
});

test.each([
  [
    "pinned",
    (certificate: string, fingerprint256: string) => ({ caCertificate: undefined, fingerprint256, certificate }),
  ],
  ["not verified", () => ({ caCertificate: undefined, insecure: true })],
])("IAM's certificate is judged by itself where the API's is %s", async (_how, trustOf) => {
  const region = await startRegion({ apiKey: API_KEY, iam: {} });
  const { certificate: _, ...trust } = trustOf("", region.fingerprint256) as { certificate?: string };
  const { fingerprint256: _pin, iamCaCertificate: _authority, ...settings } = settingsOf(region);
  const refused = await failureOf(
    service,
    service.instance({ ...settings, iamCaCertificate: undefined, ...trust }).call("getKeys", PAGE),
  );
  expect(refused).toMatchObject({
    code: "EKM_CONNECTION_CERTIFICATE",
    message: expect.stringContaining(region.iamEndpoint),
  });
  expect(region.calls()).toEqual([]);
});

test("what proves a login is masked wherever Key Protect or IAM repeats it", async () => {
  service.api = ({ headers }) => {
    const token = carried({ headers } as Asked) ?? "";
    const [, content, signature] = token.split(".");
    const repeated = `${headers.authorization} ${content} ${signature} ${API_KEY} ${encodeURIComponent(API_KEY)}`;
    return {
      status: 400,
      body: collectionOf({ errorMsg: repeated, reasons: [{ code: "BAD_BODY_ERR", message: repeated }] }),
    };
  };
  const { message } = await failureOf(service, service.instance().call("getKeys", PAGE));
  expect(message).toContain("BAD_BODY_ERR: Bearer [secret]");
  const form = new URLSearchParams({ apikey: API_KEY }).toString();
  service.iam = () => ({ status: 400, body: { errorCode: "BXNIM0415E", errorMessage: `${form} is unknown` } });
  const refused = await failureOf(service, service.instance().call("getKeys", PAGE));
  expect(refused.message).toContain("BXNIM0415E: apikey=[secret] is unknown");
});

test("a token that ends during a run is renewed before a request is refused", async () => {
  const instance = service.instance();
  await instance.call("getKeys", PAGE);
  service.clock.advance(HOUR);
  await instance.call("createKey", { name: "storage" }).catch(() => undefined);
  expect(service.asked.map(({ verb }) => verb)).toEqual(["GET", "POST"]);
  expect(service.asked.map(carried)).toEqual(service.tokens);
});
