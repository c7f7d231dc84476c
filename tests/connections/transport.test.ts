import type { IncomingHttpHeaders } from "node:http";
import { type HttpRequest, httpsTransport, type Transport } from "../../provider/connections/https/transport";
import { serving, stopServers, VAULT } from "./toy-vault";

let transport: Transport;
let connections: Set<unknown>;

/** What a server that tells what it got was sent. */
interface Told {
  verb: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

beforeEach(async () => {
  connections = new Set();
  const settings = await serving(({ method, url, headers, socket }, body, response) => {
    connections.add(socket);
    response.writeHead(202, { "x-request": "17", "set-cookie": ["a=1", "b=2"] });
    response.end(method === "HEAD" ? undefined : JSON.stringify({ verb: method, path: url, headers, body }));
  });
  transport = httpsTransport(settings, VAULT);
});
afterEach(async () => {
  await transport.close();
  stopServers();
});

const send = (request: HttpRequest) => transport.send(request, () => new AbortController().signal);

test.each<HttpRequest>([
  { verb: "GET", path: "/keys?limit=2", headers: { accept: "application/json" } },
  { verb: "POST", path: "/keys", headers: { "content-type": "application/json" }, body: '{"name":"ä"}' },
  { verb: "PUT", path: "/keys/1", body: "whole" },
  { verb: "PATCH", path: "/keys/1", body: "part" },
  { verb: "DELETE", path: "/keys/1" },
])("$verb is sent as it is given, and nothing of the caller's own is added", async (request) => {
  const { status, headers, body } = await send(request);
  expect(status).toBe(202);
  expect(headers).toMatchObject({ "x-request": "17", "set-cookie": ["a=1", "b=2"] });
  const told = JSON.parse(body) as Told;
  expect(told).toMatchObject({ body: "", headers: {}, ...request });
  expect(told.headers).not.toHaveProperty("authorization");
});

test("HEAD gives the headers alone", async () => {
  expect(await send({ verb: "HEAD", path: "/keys" })).toMatchObject({ headers: { "x-request": "17" }, body: "" });
});

test("whatever the verbs, two connections are kept", async () => {
  const verbs = ["GET", "POST", "PUT", "DELETE", "GET", "PATCH"] as const;
  await Promise.all(verbs.map((verb) => send({ verb, path: "/keys" })));
  await Promise.all(verbs.map((verb) => send({ verb, path: "/keys" })));
  expect(connections.size).toBe(2);
});
