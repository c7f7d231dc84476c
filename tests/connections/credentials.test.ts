import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpsClient } from "../../provider/connections/https/client";
import {
  authenticated,
  type Credentials,
  LoginRefusedError,
  type Proof,
  SharedProof,
} from "../../provider/connections/https/credentials";
import type { HttpsSettings } from "../../provider/connections/https/settings";
import { type HttpAnswer, type HttpRequest, httpsTransport } from "../../provider/connections/https/transport";
import { MovedClock } from "../kit/moved-clock";
import { Lodge, serving, stopServers, VAULT } from "./toy-vault";

const SECRET = "an-api-key-of-40-characters-0123456789ab";
const HOUR = 3_600_000;

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  stopServers();
});

/** One way to prove who calls: both ends of it. */
interface Way {
  /** What logs in at a system. */
  logIn(secret: string): HttpRequest;
  /** What its answer gives. */
  proofFrom(answer: HttpAnswer, now: Date): Proof;
  /** Whether an answer refuses the proof. */
  isRefused(answer: HttpAnswer): boolean;
  /** The secret that a login gives, where the request is one. */
  secretIn(request: IncomingMessage, body: string): string | undefined;
  giveOut(token: string, response: ServerResponse): void;
  tokenIn(request: IncomingMessage): string | undefined;
  refuse(response: ServerResponse): void;
}

const by401 = ({ status }: { status: number }) => status === 401;
const answer401 = (response: ServerResponse) => void response.writeHead(401).end();
const basicOf = (secret: string) => `Basic ${Buffer.from(`admin:${secret}`).toString("base64")}`;
const fromBasic = ({ headers: { authorization = "" } }: IncomingMessage) =>
  Buffer.from(authorization.replace("Basic ", ""), "base64").toString().replace("admin:", "");

const WAYS: Record<string, Way> = {
  "a bearer token that ends": {
    logIn: (secret) => ({
      verb: "POST",
      path: "/identity/token",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ grant_type: "apikey", apikey: secret }).toString(),
    }),
    proofFrom({ body }, now) {
      const { access_token: token, expires_in: seconds } = JSON.parse(body);
      const ends = new Date(now.getTime() + seconds * 1000);
      return { headers: { authorization: `Bearer ${token}` }, secrets: [token], ends };
    },
    isRefused: by401,
    secretIn: ({ url }, body) =>
      url === "/identity/token" ? (new URLSearchParams(body).get("apikey") ?? "") : undefined,
    giveOut: (token, response) => void response.end(JSON.stringify({ access_token: token, expires_in: 3600 })),
    tokenIn: ({ headers }) => headers.authorization?.replace("Bearer ", ""),
    refuse: answer401,
  },
  "a session in a header": {
    logIn: (secret) => ({ verb: "POST", path: "/api/session", headers: { authorization: basicOf(secret) } }),
    proofFrom({ body }) {
      const session = JSON.parse(body);
      return { headers: { "vault-session": session }, secrets: [session] };
    },
    isRefused: by401,
    secretIn: (request) => (request.url === "/api/session" ? fromBasic(request) : undefined),
    giveOut: (token, response) => void response.writeHead(201).end(JSON.stringify(token)),
    tokenIn: ({ headers }) => headers["vault-session"] as string | undefined,
    refuse: answer401,
  },
  "a cookie, whose refusal is a fault in an answer": {
    logIn: (secret) => ({ verb: "POST", path: "/sdk", body: `<Login><password>${secret}</password></Login>` }),
    proofFrom({ headers }) {
      const [cookie = ""] = [headers["set-cookie"]].flat().map((each) => each?.split(";")[0] ?? "");
      return { headers: { cookie }, secrets: [cookie.replace("vault_session=", "")] };
    },
    isRefused: ({ status, body }) => status === 500 && body.includes("<NotAuthenticatedFault"),
    secretIn: (_, body) => /<Login><password>(.*)<\/password>/.exec(body)?.[1],
    giveOut: (token, response) =>
      void response.writeHead(200, { "set-cookie": `vault_session=${token}; Path=/; HttpOnly; Secure` }).end(),
    tokenIn: ({ headers }) => headers.cookie?.replace("vault_session=", ""),
    refuse: (response) => void response.writeHead(500).end("<Fault><NotAuthenticatedFault/></Fault>"),
  },
};

/** Credentials that are fetched in this way. */
function fetchedBy(way: Way, secret: string, clock: MovedClock): Credentials {
  const refused = () => new LoginRefusedError("the vault refused the key", "correct the connection's key");
  return {
    secrets: [secret],
    async prove(exchange) {
      const answer = await exchange(way.logIn(secret));
      if (by401(answer)) throw refused();
      return way.proofFrom(answer, clock.now());
    },
    refusalIn: (answer) => (way.isRefused(answer) ? refused() : undefined),
  };
}

interface Vault {
  lodge: Lodge;
  clock: MovedClock;
  /** Requests that were no logins. */
  requests: string[];
  settings: HttpsSettings;
}

async function vault(way: Way, content = () => "the keys"): Promise<Vault> {
  const lodge = new Lodge(SECRET);
  const requests: string[] = [];
  const settings = await serving((request, body, response) => {
    const secret = way.secretIn(request, body);
    if (secret !== undefined) {
      const token = lodge.admit(secret);
      return token === undefined ? answer401(response) : way.giveOut(token, response);
    }
    const token = way.tokenIn(request);
    requests.push(String(token));
    if (!lodge.accepts(token)) return way.refuse(response);
    response.end(content());
  });
  return { lodge, clock: new MovedClock(), requests, settings };
}

function clientOf(way: Way, { settings, clock }: Vault, secret = SECRET) {
  const transport = authenticated(
    httpsTransport(settings, VAULT),
    new SharedProof(fetchedBy(way, secret, clock), clock),
  );
  closing.push(() => transport.close());
  const client = new HttpsClient(VAULT, { noun: VAULT.noun, name: "lab" }, settings.endpoint, transport, clock);
  const keys = () =>
    client.ask({
      method: "ListKeys",
      effect: "read",
      timeoutSeconds: 30,
      request: () => ({ verb: "GET", path: "/keys" }),
      read: ({ body }) => body,
    });
  return { keys, transport };
}

describe.each(Object.entries(WAYS))("%s", (_, way) => {
  it("is fetched once for the requests that wait for it, and kept", async () => {
    const system = await vault(way);
    const { keys } = clientOf(way, system);
    expect(await Promise.all([keys(), keys(), keys()])).toEqual(Array(3).fill("the keys"));
    expect(await keys()).toBe("the keys");
    expect(system.lodge.logins).toEqual([SECRET]);
    expect(new Set(system.requests).size).toBe(1);
  });

  it("is renewed once when requests are refused, which are then made again", async () => {
    const system = await vault(way);
    const { keys } = clientOf(way, system);
    await keys();
    system.lodge.revoke();
    expect(await Promise.all([keys(), keys(), keys()])).toEqual(Array(3).fill("the keys"));
    expect(system.lodge.logins).toHaveLength(2);
  });

  it("is renewed at most once for a request, and is tried no more where what is new is refused as well", async () => {
    const system = await vault(way);
    const { keys } = clientOf(way, system);
    await keys();
    system.lodge.accepts = () => false;
    const refused = {
      code: "EKM_CONNECTION_LOGIN",
      message: expect.stringMatching(/^calling ListKeys on vault "lab": /),
    };
    await expect(keys()).rejects.toMatchObject(refused);
    await expect(keys()).rejects.toMatchObject(refused);
    expect([system.lodge.logins.length, system.requests.length]).toEqual([2, 3]);
  });

  it("is asked for once with a wrong secret", async () => {
    const system = await vault(way);
    const { keys } = clientOf(way, system, "wrong");
    const outcomes = await Promise.allSettled([keys(), keys(), keys()]);
    const refusal = expect.objectContaining({ code: "EKM_CONNECTION_LOGIN" });
    expect(outcomes).toEqual(Array(3).fill({ status: "rejected", reason: refusal }));
    await expect(keys()).rejects.toEqual(refusal);
    expect(system.lodge.logins).toEqual(["wrong"]);
    expect(system.requests).toEqual([]);
  });

  it("counts among the secrets, as does what it is fetched with", async () => {
    const system = await vault(way);
    const { keys, transport } = clientOf(way, system);
    await keys();
    expect(transport.secrets).toEqual([SECRET, ...system.requests]);
  });
});

it("is renewed when it has ended, before a request is refused", async () => {
  const way = WAYS["a bearer token that ends"] as Way;
  const system = await vault(way);
  const { keys } = clientOf(way, system);
  await keys();
  system.clock.advance(HOUR - 60_000);
  await keys();
  expect(system.lodge.logins).toHaveLength(1);
  system.clock.advance(HOUR);
  await keys();
  expect(system.lodge.logins).toHaveLength(2);
  expect(new Set(system.requests).size).toBe(2);
});

it("may be fetched elsewhere than where it is of use", async () => {
  const way = WAYS["a bearer token that ends"] as Way;
  const system = await vault(way);
  const elsewhere = await vault(way);
  elsewhere.lodge.accepts = () => true;
  const authorities = httpsTransport(system.settings, VAULT);
  closing.push(() => authorities.close());
  const { prove, ...rest } = fetchedBy(way, SECRET, system.clock);
  const deadline = () => system.clock.timeout(30_000);
  const credentials = { ...rest, prove: () => prove((request) => authorities.send(request, deadline)) };
  const transport = authenticated(
    httpsTransport(elsewhere.settings, VAULT),
    new SharedProof(credentials, system.clock),
  );
  closing.push(() => transport.close());
  expect(await transport.send({ verb: "GET", path: "/keys" }, deadline)).toMatchObject({ body: "the keys" });
  expect([system.lodge.logins, elsewhere.lodge.logins]).toEqual([[SECRET], []]);
});
