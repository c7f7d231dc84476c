import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { VcenterSettings } from "../../../provider/systems/vsphere/api/settings";
import { ConnectedVcenter } from "../../../provider/systems/vsphere/api/vcenter";
import { serving, stopServers } from "../../connections/toy-vault";
import { MovedClock } from "../../kit/moved-clock";

export const USERNAME = "administrator@vsphere.local";
export const PASSWORD = `Canary-of-vCenter's "pass" & <word> 6d1e`;
export const INSTANCE_UUID = "0b6ae2a4-5a5c-4a08-9b5a-3d1f2c9e7a10";

/** An answer, as it is sent. */
export interface Sent {
  status?: number;
  headers?: Record<string, string | string[]>;
  /** Anything but a text is sent as JSON. */
  body?: unknown;
}

export interface Asked {
  verb: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

type Answering<Request> = (request: Request) => Sent | "drop";

/** A vCenter that answers whatever a test wants, by both its APIs. */
export class Service {
  readonly clock = new MovedClock();
  /** Tokens, cookies and keys of sessions that were given out. */
  readonly sessions: string[] = [];
  /** Requests of the Automation API, those about sessions left out. */
  readonly asked: Asked[] = [];
  /** Methods of the Web Services API that were called. */
  readonly methods: string[] = [];
  /** What was done about sessions. */
  readonly logins: string[] = [];
  apiVersion = "8.0.3.0";
  /** Whether whoever started the run still lives. */
  isHostAlive = true;
  session: Answering<Asked> = () => ({ status: 201, body: JSON.stringify(this.given()) });
  rest: Answering<Asked> = () => started("task:1");
  task: Answering<string> = () => succeeded();
  soap: Answering<{ method: string } & Asked> = ({ method }) => ({ body: responseOf(method) });
  login: Answering<Asked> = () => this.loggedIn();
  /** Changes what it says to whoever asks. */
  content: (body: string) => string = (body) => body;
  private accepted = new Set<string>();
  private readonly connected: ConnectedVcenter[] = [];

  private constructor(readonly settings: VcenterSettings) {}

  static async start(): Promise<Service> {
    const https = await serving((request, body, response) => service.answer(request, body, response));
    const service = new Service({ ...https, username: USERNAME, password: PASSWORD });
    return service;
  }

  vcenter(settings: Partial<VcenterSettings> = {}): ConnectedVcenter {
    const { signal } = new AbortController();
    const assertHostAlive = async () => {
      if (!this.isHostAlive) throw new Error("whoever started this run is gone");
    };
    const runtime = { clock: this.clock, signal, assertHostAlive };
    const connected = new ConnectedVcenter("default", { ...this.settings, ...settings }, runtime);
    this.connected.push(connected);
    return connected;
  }

  async close(): Promise<void> {
    await Promise.all(this.connected.splice(0).map((each) => each.close()));
    stopServers();
  }

  /** Ends all sessions, as a restart does. */
  endSessions(): void {
    this.accepted.clear();
  }

  /** A session's token that is accepted from now on. */
  given(): string {
    const token = `canary-session-${randomBytes(9).toString("hex")}`;
    this.sessions.push(token);
    this.accepted.add(token);
    return token;
  }

  /** The answer to a login, with its cookie. */
  loggedIn(): Sent {
    const [key, cookie] = [this.given(), this.given()];
    const content = `<key>${key}</key><userName>${USERNAME}</userName>`;
    return {
      headers: { "set-cookie": `vmware_soap_session="${cookie}"; Path=/; HttpOnly; Secure` },
      body: responseOf("Login", `<returnval>${content}</returnval>`),
    };
  }

  private isAccepted(token: unknown): boolean {
    return this.accepted.has(String(token));
  }

  private answer({ url = "", method = "", headers }: IncomingMessage, body: string, response: ServerResponse): void {
    const asked = { verb: method, path: url, headers, body };
    const answer = url === "/sdk" ? this.answerBySoap(asked) : this.answerByRest(asked);
    if (answer === "drop") response.destroy();
    else send(answer, response);
  }

  private answerByRest(asked: Asked): Sent | "drop" {
    const { verb, path, headers } = asked;
    const token = headers["vmware-api-session-id"];
    if (path === "/api/session") {
      this.logins.push(`${verb} ${path}`);
      if (verb === "POST") return this.session(asked);
      this.accepted.delete(String(token));
      return { status: 204 };
    }
    this.asked.push(asked);
    if (!this.isAccepted(token)) return refusal(401, "UNAUTHENTICATED", "Authentication required.");
    const [, id] = /^\/api\/cis\/tasks\/(.*)$/.exec(path) ?? [];
    return id === undefined ? this.rest(asked) : this.task(id);
  }

  private answerBySoap(asked: Asked): Sent | "drop" {
    const [, method = ""] = /<Body><(\w+)/.exec(asked.body) ?? [];
    if (method === "RetrieveServiceContent") return { body: this.content(responseOf(method, this.serviceContent())) };
    if (method === "Login" || method === "Logout") this.logins.push(method);
    if (method === "Login") return this.login(asked);
    this.methods.push(method);
    const cookies = (asked.headers.cookie ?? "").split("; ");
    const [cookie] = cookies.map((each) => each.replace(/^vmware_soap_session="?|"$/g, ""));
    if (!this.isAccepted(cookie)) return fault("NotAuthenticated", "The session is not authenticated.");
    if (method === "Logout") this.accepted.delete(String(cookie));
    return this.soap({ method, ...asked });
  }

  private serviceContent(): string {
    const { apiVersion } = this;
    const about = `<fullName>VMware vCenter Server ${apiVersion}</fullName><apiVersion>${apiVersion}</apiVersion><instanceUuid>${INSTANCE_UUID}</instanceUuid>`;
    const objects = { rootFolder: "Folder", propertyCollector: "PropertyCollector", viewManager: "ViewManager" };
    const more = { sessionManager: "SessionManager", cryptoManager: "CryptoManagerKmip" };
    const references = Object.entries({ ...objects, ...more }).map(([name, type]) => referenceOf(name, type, name));
    return `<returnval><about>${about}</about>${references.join("")}</returnval>`;
  }
}

function send({ status = 200, headers = {}, body = "" }: Sent, response: ServerResponse): void {
  response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
}

/** The start of a task. */
export const started = (id: string): Sent => ({ status: 202, body: JSON.stringify(id) });

const info = { service: "a.service", operation: "an.operation", cancelable: false, description: {} };

export const running = (status = "RUNNING"): Sent => ({ body: { ...info, status } });

export const succeeded = (result?: unknown): Sent => ({ body: { ...info, status: "SUCCEEDED", result } });

export const errorOf = (type: string, message: string) => ({
  error_type: type,
  messages: [{ id: "an.id", default_message: message, args: [] }],
});

export const failed = (type: string, message: string): Sent => ({
  body: { ...info, status: "FAILED", error: errorOf(type, message) },
});

export const refusal = (status: number, type: string, message: string): Sent => ({
  status,
  body: errorOf(type, message),
});

/** An envelope, in the prefixes of a vCenter. */
export const envelopeOf = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<soapenv:Body>
${content}
</soapenv:Body>
</soapenv:Envelope>`;

export const responseOf = (method: string, content = ""): string =>
  envelopeOf(`<${method}Response xmlns="urn:vim25">${content}</${method}Response>`);

export const fault = (type: string, message: string, status = 500): Sent => ({
  status,
  body: envelopeOf(
    `<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>${message}</faultstring>` +
      `<detail><${type}Fault xmlns="urn:vim25" xsi:type="${type}"/></detail></soapenv:Fault>`,
  ),
});

export const referenceOf = (name: string, type: string, value: string): string =>
  `<${name} type="${type}">${value}</${name}>`;

/** How a call has failed. No secret is in whatever a person or a log may be shown of it. */
export async function failureOf(
  service: Service,
  work: Promise<unknown>,
  secrets: readonly string[] = [],
): Promise<{ code: string; message: string }> {
  const error = await work.then(
    () => {
      throw new Error("it succeeded");
    },
    (thrown: Error & { code: string }) => thrown,
  );
  const shown = `${error.message} ${JSON.stringify(error)} ${error.stack} ${error.cause}`;
  const login = Buffer.from(`${USERNAME}:${PASSWORD}`).toString("base64");
  for (const secret of [PASSWORD, "Canary-of-vCenter", login, ...service.sessions, ...secrets]) {
    expect(shown).not.toContain(secret);
  }
  return { code: error.code, message: error.message };
}
