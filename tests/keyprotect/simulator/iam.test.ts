import { closeAll, temporaryFolder } from "../../simulator/cleanup";
import { Clock } from "../../simulator/clock";
import { ask } from "../../simulator/https-caller";
import { askForToken, Caller } from "./caller";
import { startRegion } from "./regions";

afterEach(closeAll);

const REDSTONE = { authorization: "Basic Yng6Yng=" };

test.each([
  ["/identity/token", {}],
  ["/oidc/token", {}],
  ["/oidc/token", REDSTONE],
])("%s with headers %j grants a token that decodes as a JWT", async (path, headers) => {
  const clock = new Clock();
  const region = await startRegion({ now: clock.now });
  const { status, json, contentType } = await askForToken(region, { path, headers });
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  expect({ status, contentType }).toEqual({ status: 200, contentType: "application/json" });
  expect(json).toMatchObject({ token_type: "Bearer", expires_in: 3600, expiration: issuedAt + 3600 });
  const [header, claims] = `${json.access_token}`
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
  expect(header).toMatchObject({ typ: "JWT", alg: "HS256" });
  expect(claims).toMatchObject({ iat: issuedAt, exp: issuedAt + 3600, iam_id: region.state().owner });
});

test("a refresh token, which only a client with an id gets, is good for another token", async () => {
  const region = await startRegion();
  expect((await askForToken(region)).json.refresh_token).toBe("not_supported");
  const { refresh_token } = (await askForToken(region, { headers: REDSTONE })).json;
  const form = { grant_type: "refresh_token", refresh_token: `${refresh_token}` };
  expect(await askForToken(region, { form, headers: REDSTONE })).toMatchObject({ status: 200 });
  const asBearer = { authorization: `Bearer ${refresh_token}` };
  expect(await new Caller(region).send("GET /keys", { headers: asBearer })).toMatchObject({ status: 401 });
});

test.each([
  ["another API key", { form: { apikey: "no" } }, 400, "BXNIM0415E", "Provided API key could not be found."],
  ["another client", { headers: { authorization: "Basic eDp5" } }, 400, "BXNIM0137E", "Client authentication failed"],
  ["another grant", { form: { grant_type: "password" } }, 400, "BXNIM0120E", "not supported: password"],
  [
    "an access token to refresh",
    { form: { grant_type: "refresh_token" } },
    400,
    "BXNIM0407E",
    "refresh_token is invalid",
  ],
])("IAM refuses %s in a shape of its own", async (_, asking, status, errorCode, message) => {
  const region = await startRegion();
  const answer = await askForToken(region, asking);
  expect(answer).toMatchObject({ status, json: { errorCode, errorMessage: expect.stringContaining(message) } });
  expect(answer.json.context).toMatchObject({ requestId: answer.headers["transaction-id"] });
  expect(region.requests.at(-1)).toMatchObject({ method: "createToken", outcome: errorCode });
  expect(JSON.stringify(region.requests)).not.toContain(region.apiKey);
});

test("IAM takes a POST alone, and knows its two paths", async () => {
  const region = await startRegion({ iam: {} });
  const target = { endpoint: region.iamEndpoint, certificate: region.iamCertificate };
  expect(await ask(target, { verb: "GET", path: "/identity/token" })).toMatchObject({ status: 405 });
  expect(await ask(target, { path: "/identity/keys" })).toMatchObject({ status: 404 });
});

test("a token ends on the region's clock, and its time can be set", async () => {
  const clock = new Clock();
  const region = await startRegion({ now: clock.now, switches: { tokenSeconds: 100 } });
  const caller = new Caller(region);
  const statusOfList = async () => (await caller.send("GET /keys")).status;
  expect(await statusOfList()).toBe(200);
  clock.advance({ seconds: 98 });
  expect(await statusOfList()).toBe(200);
  clock.advance({ seconds: 2 });
  expect(await statusOfList()).toBe(401);
  expect((await askForToken(region)).json.expires_in).toBe(100);
  region.switches.clockOffsetSeconds = -100;
  expect(await statusOfList()).toBe(200);
});

test("IAM may have an origin and a certificate of its own, and then each serves its own alone", async () => {
  const region = await startRegion({ iam: {} });
  expect(region.iamEndpoint).not.toBe(region.endpoint);
  expect(region.iamFingerprint256).not.toBe(region.fingerprint256);
  expect((await new Caller(region).send("GET /keys")).status).toBe(200);
  const iam = { endpoint: region.iamEndpoint, certificate: region.iamCertificate };
  expect(await ask(iam, { verb: "GET", path: "/api/v2/keys" })).toMatchObject({ status: 404 });
  expect(await ask(region, { path: "/identity/token" })).toMatchObject({ status: 401 });
});

test("a revoked API key gets no token, tokens live on until they are revoked too", async () => {
  const region = await startRegion({ apiKey: "first" });
  const caller = new Caller(region);
  await caller.token();
  await region.act("replaceApiKey", { apiKey: "second" });
  expect(await askForToken(region, { form: { apikey: "first" } })).toMatchObject({ status: 400 });
  expect(await askForToken(region)).toMatchObject({ status: 200 });
  expect((await caller.send("GET /keys")).status).toBe(200);
  await region.act("revokeTokens");
  expect((await caller.send("GET /keys")).status).toBe(401);
  expect((await new Caller(region).send("GET /keys")).status).toBe(200);
});

test("API key, tokens and instances are those of before after a restart", async () => {
  const stateDir = await temporaryFolder();
  const before = await startRegion({ stateDir, instances: 2 });
  const caller = new Caller(before);
  const token = await caller.token();
  await before.close();
  const after = await startRegion({ stateDir });
  expect(after.instances).toEqual(before.instances);
  expect(after.apiKey).toBe(before.apiKey);
  const headers = { authorization: `Bearer ${token}` };
  expect((await new Caller(after).send("GET /keys", { headers })).status).toBe(200);
});
