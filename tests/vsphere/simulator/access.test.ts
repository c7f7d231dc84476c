import { closeAll } from "../../simulator/cleanup";
import { ask } from "../../simulator/https-caller";
import { CLUSTER, PROVIDERS, RestCaller } from "./rest-caller";
import { envelope, SoapCaller, textIn } from "./soap-caller";
import { startVCenter, startWithCallers } from "./vcenters";

afterEach(closeAll);

test("a session is a bare string, and says whose it is until it is deleted", async () => {
  const { clock, vcenter, rest } = await startWithCallers();
  expect(await rest.login()).toMatchObject({ status: 201, json: expect.stringMatching(/^[0-9a-f]{40}$/) });
  const { json: before } = await rest.send("GET /session");
  clock.advance({ seconds: 60 });
  const { json: after } = await rest.send("GET /session");
  expect(before).toMatchObject({ user: vcenter.username, created_time: before.last_accessed_time });
  expect(Date.parse(after.last_accessed_time) - Date.parse(after.created_time)).toBe(60_000);
  expect(await rest.send("DELETE /session")).toMatchObject({ status: 204, json: undefined });
  expect(await rest.send("GET /session")).toMatchObject({ status: 401 });
});

test.each([
  ["a wrong password", (rest: RestCaller) => rest.login("wrong")],
  ["no session", (rest: RestCaller) => rest.send("GET /session", undefined, { "vmware-api-session-id": "none" })],
  [
    "none at a path that is not there",
    (rest: RestCaller) => rest.send("GET /x", undefined, { "vmware-api-session-id": "" }),
  ],
])("%s is answered with 401 and how to log in", async (_, call) => {
  const rest = new RestCaller(await startVCenter());
  const { status, headers, json } = await call(rest);
  expect({ status, error: json.error_type }).toEqual({ status: 401, error: "UNAUTHENTICATED" });
  expect(headers["www-authenticate"]).toMatch(/^Basic realm=.*SIGN/);
  expect(json.challenge).toBe(headers["www-authenticate"]);
});

test("sessions of both doors end when nobody uses them, with a restart, and when somebody ends them", async () => {
  const { clock, vcenter, rest, soap } = await startWithCallers({ switches: { sessionIdleSeconds: 100 } });
  await rest.send("GET /session");
  await soap.call("ListKmipServers");
  clock.advance({ seconds: 99 });
  expect((await rest.send("GET /session")).status).toBe(200);
  expect((await soap.call("ListKmipServers")).fault).toBeUndefined();
  clock.advance({ seconds: 101 });
  expect((await rest.send("GET /session")).status).toBe(401);
  expect((await soap.call("ListKmipServers")).fault).toBe("NotAuthenticated");
  await soap.login();
  await vcenter.act("endSessions");
  expect((await soap.call("ListKmipServers")).fault).toBe("NotAuthenticated");
});

test("who a vCenter is can be asked by anybody, and nothing else", async () => {
  const vcenter = await startVCenter();
  const soap = new SoapCaller(vcenter);
  soap.logout();
  const { returned } = await soap.call("RetrieveServiceContent");
  expect(textIn(returned[0], "about", "instanceUuid")).toBe(vcenter.instanceUuid);
  expect(textIn(returned[0], "about", "apiVersion")).toBe("8.0.3.0");
  expect(textIn(returned[0], "cryptoManager")).toBe("CryptoManager");
  expect(await soap.call("Fetch", { prop: "content" }, "ServiceInstance:ServiceInstance")).toMatchObject({
    status: 200,
  });
  for (const method of ["ListKmipServers", "RetrieveProperties", "NoSuchMethod"]) {
    expect(await soap.call(method)).toMatchObject({ status: 500, fault: "NotAuthenticated" });
  }
});

test("SOAP logs in by name and password, and out again", async () => {
  const soap = new SoapCaller(await startVCenter());
  expect(await soap.login("wrong")).toMatchObject({ status: 500, fault: "InvalidLogin" });
  const { returned } = await soap.login();
  const { currentSession } = await soap.properties("SessionManager:SessionManager", "currentSession");
  expect(textIn(currentSession, "key")).toBe(textIn(returned[0], "key"));
  const active = { sessionID: textIn(returned[0], "key"), userName: soap.vcenter.username };
  expect(await soap.text("SessionIsActive", active)).toBe("true");
  await soap.done("Logout");
  expect(await soap.call("CurrentTime")).toMatchObject({ fault: "NotAuthenticated" });
});

test.each<[what: string, body: string, message: RegExp]>([
  ["no XML", "hello", /not well formed/],
  ["nothing", "", /not well formed/],
  ["an open element", "<Envelope>", /not well formed/],
  [
    "a document type",
    `<!DOCTYPE e [<!ENTITY a "b">]>${envelope("Login", "a:b", "&a;")}`,
    /document type is not allowed/,
  ],
  ["an entity that nobody declares", envelope("Login", "a:b", "&a;"), /not well formed/],
  ["another document", "<html/>", /no SOAP envelope/],
  [
    "another namespace",
    envelope("Login", "a:b", "").replace("urn:vim25", "urn:other"),
    /Unsupported namespace .*urn:other/,
  ],
  ["no body", envelope("x", "a:b", "").replace(/<e:Body>.*<.e:Body>/, ""), /not one element/],
  ["nothing to call it on", envelope("Login", "a:b", "").replace(/<_this.*_this>/, ""), /_this is missing/],
])("%s is an InvalidRequest", async (_, body, message) => {
  const soap = new SoapCaller(await startVCenter());
  const answer = await soap.post(body);
  expect(answer).toMatchObject({ status: 500, contentType: "text/xml; charset=utf-8" });
  expect(answer.body).toContain('xsi:type="InvalidRequest"');
  expect(answer.body).toMatch(message);
});

test.each<[method: string, parameters: string, on: string | undefined, fault: object]>([
  ["PowerOn_Task", "", undefined, { fault: "MethodNotFound", message: "The method is not found: PowerOn_Task" }],
  ["ListKmipServers", "", "CryptoManager:ha-crypto-manager", { fault: "MethodNotFound" }],
  ["ListKmipServers", "<limit>one</limit>", undefined, { fault: "InvalidRequest", message: "limit is not a number" }],
  ["ListKmipServers", "<limits>1</limits>", undefined, { message: expect.stringContaining('element tag "limits"') }],
  ["MarkDefault", "", undefined, { fault: "InvalidRequest", message: "Required parameter clusterId is missing" }],
  ["ListKmsClusters", "<includeKmsServers>x</includeKmsServers>", undefined, { fault: "InvalidRequest" }],
])("%s with %j on %s is refused", async (method, parameters, on, fault) => {
  const soap = new SoapCaller(await startVCenter());
  expect(await soap.call(method, parameters, on)).toMatchObject({ status: 500, ...fault });
});

test("clients learn which releases of the API it speaks", async () => {
  const vcenter = await startVCenter({ apiVersion: "8.0.2.0" });
  const { body } = await ask(vcenter, { verb: "GET", path: "/sdk/vimServiceVersions.xml" });
  expect(body).toMatch(/<version>8\.0\.2\.0<\/version>\s*<priorVersions><version>8\.0\.1\.0</);
  expect(body).not.toContain("8.0.3.0");
  expect(await ask(vcenter, { verb: "GET", path: "/sdk/vimService.wsdl" })).toMatchObject({ status: 404 });
});

test.each([
  ["9.0.0.0", 404],
  ["9.1", 404],
  ["8.0.3.0", 200],
  ["7.0", 200],
  ["6.7", 404],
])("API %s answers paths of Trust Authority with %d", async (apiVersion, status) => {
  const { vcenter, rest, soap } = await startWithCallers({ apiVersion });
  expect((await rest.send(`GET ${CLUSTER}`)).status).toBe(status);
  expect((await rest.start(`GET ${PROVIDERS}`)).status).toBe(status === 200 ? 202 : 404);
  const { returned } = await soap.call("RetrieveServiceContent");
  expect(textIn(returned[0], "about", "apiVersion")).toBe(apiVersion);
  expect((await soap.call("ListKmipServers")).fault).toBeUndefined();
  expect(vcenter.state().apiVersion).toBe(apiVersion);
});

test("statuses are as the switch says", async () => {
  const { rest } = await startWithCallers({ apiVersion: "9.0", switches: { errorStatuses: { noSuchPath: 410 } } });
  expect(await rest.start(`GET ${PROVIDERS}`)).toMatchObject({ status: 410, json: { error_type: "NOT_FOUND" } });
});

test("who has no right to a call is told so at either door", async () => {
  const { rest, soap } = await startWithCallers({
    switches: { deniedMethods: ["listKmsProviders", "ListKmipServers"] },
  });
  expect(await rest.start(`GET ${PROVIDERS}`)).toMatchObject({ status: 403, json: { error_type: "UNAUTHORIZED" } });
  expect(await soap.call("ListKmipServers")).toMatchObject({ fault: "NoPermission" });
});
