import type { IncomingMessage, ServerResponse } from "node:http";
import { ConnectedInstance } from "../../../provider/systems/keyprotect/api/instance";
import type { InstanceSettings } from "../../../provider/systems/keyprotect/api/settings";
import { serving, stopServers } from "../../connections/toy-vault";
import { MovedClock } from "../../kit/moved-clock";
import { ID } from "../generators";
import { API_KEY } from "../stage";

/** An answer, as it is sent. */
export interface Sent {
  status?: number;
  headers?: Record<string, string>;
  /** Anything but a text is sent as JSON. */
  body?: unknown;
}

export interface Asked {
  verb: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

/** IAM and Key Protect, which answer whatever a test wants. */
export class Service {
  readonly clock = new MovedClock();
  /** Tokens that were given out. */
  readonly tokens: string[] = [];
  /** Requests to Key Protect. */
  readonly asked: Asked[] = [];
  iam: (body: string) => Sent = () => ({ body: { access_token: this.newToken(), expires_in: 3600 } });
  api: (asked: Asked) => Sent | "drop" = () => ({ body: collectionOf() });
  private readonly connected: ConnectedInstance[] = [];

  private constructor(readonly settings: InstanceSettings) {}

  static async start(): Promise<Service> {
    const https = await serving((request, body, response) => service.answer(request, body, response));
    const { endpoint, caCertificate } = https;
    const iam = { iamEndpoint: endpoint, iamCaCertificate: caCertificate };
    const settings = { ...https, ...iam, instance: ID, apiKey: API_KEY, kmipEndpoint: "127.0.0.1" };
    const service = new Service(settings);
    return service;
  }

  instance(settings: Partial<InstanceSettings> = {}): ConnectedInstance {
    const runtime = { clock: this.clock, signal: new AbortController().signal, assertHostAlive: async () => {} };
    const connected = new ConnectedInstance("default", { ...this.settings, ...settings }, runtime);
    this.connected.push(connected);
    return connected;
  }

  async close(): Promise<void> {
    await Promise.all(this.connected.splice(0).map((each) => each.close()));
    stopServers();
  }

  newToken(): string {
    const token = `header-of-a-token.content-of-token-${this.tokens.length + 1}.signature-of-a-token`;
    this.tokens.push(token);
    return token;
  }

  private answerTo(asked: Asked): Sent | "drop" {
    this.asked.push(asked);
    return this.api(asked);
  }

  private answer({ url = "", method = "", headers }: IncomingMessage, body: string, response: ServerResponse): void {
    const answer =
      url === "/identity/token" ? this.iam(body) : this.answerTo({ verb: method, path: url, headers, body });
    if (answer === "drop") response.destroy();
    else send(answer, response);
  }
}

function send({ status = 200, headers = {}, body = "" }: Sent, response: ServerResponse): void {
  response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
}

/** What every answer is. */
export const collectionOf = (...resources: object[]) => ({
  metadata: { collectionType: "application/vnd.ibm.kms.key+json", collectionTotal: resources.length },
  resources,
});

/** An error in Key Protect's shape. */
export const errorOf = (code: string, message: string) =>
  collectionOf({ errorMsg: `Not done: ${message}`, reasons: [{ code, message, status: 400 }] });

export const aKey = {
  id: ID,
  name: "storage",
  state: 1,
  extractable: false,
  crn: "crn:v1:bluemix:public:kms:us-south:a/0:0:key:0",
  imported: false,
  creationDate: "2026-01-01T00:00:00Z",
  keyVersion: { id: ID, creationDate: "2026-01-01T00:00:00Z" },
  keyRingID: "default",
};

export const anAdapter = {
  id: ID,
  name: "storage",
  description: "",
  profile: "native_1.0",
  profile_data: { crk_id: ID },
  created_at: "2026-01-01T00:00:00Z",
};

/** How a call has failed. No secret is in whatever a person or a log may be shown of it. */
export async function failureOf(service: Service, work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await work.then(
    () => {
      throw new Error("it succeeded");
    },
    (thrown: Error & { code: string }) => thrown,
  );
  const shown = `${error.message} ${JSON.stringify(error)} ${error.stack} ${error.cause}`;
  const form = new URLSearchParams({ apiKey: API_KEY }).toString().replace("apiKey=", "");
  const secrets = [API_KEY, encodeURIComponent(API_KEY), form, ...service.tokens.flatMap((token) => token.split("."))];
  for (const secret of secrets) expect(shown).not.toContain(secret);
  return { code: error.code, message: error.message };
}
