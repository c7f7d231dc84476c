import { once } from "node:events";
import { connect as connectPlainly } from "node:net";
import { connect } from "node:tls";
import { closeAll, temporaryFolder } from "../cleanup";
import { call, post, rawCall } from "./api-caller";
import { startCluster } from "./clusters";

afterEach(closeAll);

test("the management endpoint has a self-signed certificate of its own with the reported fingerprint", async () => {
  const cluster = await startCluster();
  const { port } = new URL(cluster.endpoint);
  const fingerprint = await new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port: Number(port), ca: cluster.certificate }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256);
      socket.end();
    });
    socket.on("error", reject);
  });
  expect(fingerprint).toBe(cluster.fingerprint256);
});

test("a new certificate is presented to whoever connects from then on, and stays over a restart", async () => {
  const stateDir = await temporaryFolder();
  const cluster = await startCluster({ stateDir });
  const { certificate, username, password, endpoint } = cluster;
  await cluster.replaceCertificate();
  const before = { certificate, username, password, endpoint };
  await expect(post(before, '{"method":"GetAPI"}')).rejects.toThrow("self-signed");
  expect((await call(cluster, "GetAPI")).currentVersion).toBe("12.3");
  await cluster.close();
  expect((await startCluster({ stateDir })).fingerprint256).toBe(cluster.fingerprint256);
});

test.each([
  ["a wrong password", { password: "wrong" }],
  ["a wrong user", { username: "somebody" }],
])("%s gets HTTP 401 with a page that says so", async (_, wrong) => {
  const { endpoint, certificate, username, password, requests } = await startCluster();
  const answer = await post({ endpoint, certificate, username, password, ...wrong }, '{"method":"GetAPI"}');
  expect(answer).toMatchObject({ status: 401, contentType: "text/html" });
  expect(answer.body).toContain("401 Unauthorized.");
  expect(requests).toMatchObject([{ method: "GetAPI", outcome: "http-401" }]);
});

test.each(["/json-rpc/7.0", "/json-rpc/7.0/", "/json-rpc/1.0/", "/json-rpc/12.3"])("%s is served", async (path) => {
  const answer = await post(await startCluster(), '{"method":"GetAPI","id":0,"params":{}}', path);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body).result.currentVersion).toBe("12.3");
});

test.each(["/json-rpc/12.4", "/json-rpc/99.0", "/json-rpc/", "/json-rpc/latest", "/"])(
  "%s is not there",
  async (path) => {
    const answer = await post(await startCluster(), '{"method":"GetAPI"}', path);
    expect(answer).toMatchObject({ status: 404, contentType: "text/html" });
    expect(answer.body).toContain("404 Not Found");
  },
);

test.each([0, 7, "seven", "", null])("id %j comes back as it was", async (id) => {
  expect((await rawCall(await startCluster(), "GetAPI", {}, { id })).id).toBe(id);
});

test.each(["application/json", "application/json-rpc", "text/xml", "application/x-www-form-urlencoded", "nonsense"])(
  "a request is understood whatever its Content-Type says: %s",
  async (contentType) => {
    const headers = { "Content-Type": contentType };
    const answer = await post(await startCluster(), '{"method":"GetAPI","id":5}', undefined, { headers });
    expect(answer).toMatchObject({ status: 200, contentType: "application/json" });
    expect(JSON.parse(answer.body)).toMatchObject({ id: 5, result: { currentVersion: "12.3" } });
  },
);

test("plain HTTP gets no answer, and does not disturb", async () => {
  const cluster = await startCluster();
  const socket = connectPlainly({ host: "127.0.0.1", port: Number(new URL(cluster.endpoint).port) });
  const received: Buffer[] = [];
  socket.on("data", (bytes) => received.push(bytes));
  const ended = new Promise((resolve) => socket.on("error", resolve).on("close", resolve));
  const login = Buffer.from(`${cluster.username}:${cluster.password}`).toString("base64");
  const body = '{"method":"GetAPI"}';
  socket.write(
    `POST /json-rpc/12.3 HTTP/1.1\r\nHost: cluster\r\nAuthorization: Basic ${login}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await ended;
  expect(Buffer.concat(received).toString("latin1")).not.toMatch(/HTTP|result|Unauthorized/);
  expect(cluster.requests).toEqual([]);
  expect((await call(cluster, "GetAPI")).currentVersion).toBe("12.3");
});

test("a call without id and params is answered with a null id", async () => {
  const answer = await post(await startCluster(), '{"method":"GetSoftwareEncryptionAtRestInfo"}');
  expect(JSON.parse(answer.body)).toMatchObject({ id: null, result: { state: "enabled" } });
});

test("GetAPI advertises the versions as texts and the methods under the newest", async () => {
  const api = await call(await startCluster(), "GetAPI");
  expect(api.supportedVersions).toEqual(expect.arrayContaining(["1.0", "7.0", "11.7", "12.3"]));
  expect(api["12.3"]).toEqual(expect.arrayContaining(["CreateKeyServerKmip", "GetAsyncResult", "ListDrives"]));
});

test("an older cluster has neither the newer versions nor the newer methods", async () => {
  const cluster = await startCluster({ switches: { apiVersion: "12.0" } });
  const { result } = await rawCall(cluster, "GetAPI", {}, { version: "12.0" });
  expect(result).toMatchObject({ currentVersion: "12.0" });
  expect((result as Record<string, string[]>)["12.0"]).not.toContain("RekeySoftwareEncryptionAtRestMasterKey");
  expect((await post(cluster, '{"method":"GetAPI"}', "/json-rpc/12.3")).status).toBe(404);
});

test("a lower version in the path hides the methods that came later", async () => {
  const { error } = await rawCall(await startCluster(), "CreateKeyProviderKmip", {}, { version: "11.5" });
  expect(error).toMatchObject({
    name: "xUnknownAPIMethod",
    message: expect.stringContaining("method=CreateKeyProviderKmip"),
  });
});

test.each(["getclusterinfo", "GETCLUSTERINFO", "GetClusterInfo"])(
  "method names take any letter case: %s",
  async (name) => {
    const cluster = await startCluster({ name: "store1" });
    expect((await rawCall(cluster, name)).result).toMatchObject({ clusterInfo: { name: "store1" } });
    expect(cluster.calls("GetClusterInfo")).toHaveLength(1);
  },
);

test.each<[string, unknown, string, string]>([
  ["NoSuchMethod", {}, "xUnknownAPIMethod", "method=NoSuchMethod"],
  ["GetKeyServerKmip", {}, "xMissingParameter", "Missing member=[keyServerID]"],
  ["GetKeyServerKmip", { keyserverid: 1 }, "xMissingParameter", "Missing member=[keyServerID]"],
  ["GetKeyServerKmip", { keyServerID: "one" }, "xInvalidParameterType", "keyServerID: Invalid type: expected"],
  ["GetKeyServerKmip", { keyServerID: null }, "xInvalidParameterType", "keyServerID: Invalid type: expected"],
  ["GetKeyServerKmip", { keyServerID: 1.5 }, "xInvalidParameterType", "found 1.5"],
  ["GetKeyServerKmip", { keyServerID: "999999999" }, "xKeyServerDoesNotExist", "999999999"],
  ["ListKeyProvidersKmip", { keyProviderIsActive: "true" }, "xInvalidParameterType", "keyProviderIsActive"],
  ["CreateKeyProviderKmip", { keyProviderName: 5 }, "xInvalidParameterType", "keyProviderName"],
  ["ListClusterFaults", { faultTypes: "some" }, "xUnrecognizedEnumString", "some"],
  ["AddDrives", { drives: [{ type: "block" }] }, "xMissingParameter", "Missing member=[driveID]"],
  ["AddDrives", { drives: [{ driveID: 99 }] }, "xDriveIDDoesNotExist", "99"],
])("%s with %j is refused as %s", async (method, params, name, message) => {
  const cluster = await startCluster();
  const response = await rawCall(cluster, method, params, { id: 3 });
  expect(response).toEqual({ id: 3, error: { code: 500, name, message: expect.stringContaining(message) } });
  expect(cluster.requests.at(-1)?.outcome).toBe(name);
});

test("parameters that a method does not know are ignored and named", async () => {
  const response = await rawCall(await startCluster(), "CreateKeyProviderKmip", {
    keyProviderName: "p",
    keyproviderid: 4,
  });
  expect(response).toMatchObject({
    result: { kmipKeyProvider: { keyProviderName: "p" } },
    unusedParameters: { keyproviderid: 4 },
  });
});

test("cluster information carries what clients parse strictly", async () => {
  const cluster = await startCluster();
  const { clusterInfo } = await call(cluster, "GetClusterInfo");
  expect(clusterInfo).toMatchObject({
    attributes: {},
    uniqueID: expect.stringMatching(/^[0-9a-z]{4}$/),
    uuid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    encryptionAtRestState: "disabled",
    softwareEncryptionAtRestState: "enabled",
  });
  expect(await call(cluster, "GetClusterVersionInfo")).toMatchObject({ clusterAPIVersion: "12.3" });
});

test("connections are kept, so that several calls share a handshake", async () => {
  const cluster = await startCluster();
  const { Agent, request } = await import("node:https");
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: cluster.certificate });
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const auth = `${cluster.username}:${cluster.password}`;
      const outgoing = request(`${cluster.endpoint}/json-rpc/12.3`, { method: "POST", agent, auth }, (response) => {
        response.resume().on("end", resolve);
      });
      outgoing.on("error", reject).end('{"method":"GetAPI"}');
    });
  await ask();
  await ask();
  agent.destroy();
  expect(cluster.calls("GetAPI")).toHaveLength(2);
  expect(cluster.handshakes).toBe(1);
});

test("a cluster closes while a connection has not come to its handshake", async () => {
  const cluster = await startCluster();
  const socket = connectPlainly({ host: "127.0.0.1", port: Number(new URL(cluster.endpoint).port) });
  const ended = once(socket, "close");
  await once(socket, "connect");
  // Answered after the other connection was accepted.
  expect((await call(cluster, "GetAPI")).currentVersion).toBe("12.3");
  await cluster.close();
  await ended;
});
