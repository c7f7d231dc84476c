import type { IncomingHttpHeaders } from "node:http";
import type { KeyProtectSimulator } from "../../../simulator/keyprotect";
import { ask } from "../../simulator/https-caller";

const GRANT = "urn:ibm:params:oauth:grant-type:apikey";

/** An answer of the service, its collection taken apart. */
export interface Answer {
  status: number;
  contentType: string;
  headers: IncomingHttpHeaders;
  body: string;
  metadata: { collectionType: string; collectionTotal: number; totalCount?: number };
  resources: Record<string, unknown>[];
  /** Of an error: the first reason's code, or `none`. */
  code?: string;
}

export interface Asking {
  instance?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Asks IAM for a token, at one of its paths. */
export async function askForToken(
  { iamEndpoint: endpoint, iamCertificate: certificate, apiKey }: KeyProtectSimulator,
  { path = "/identity/token", form = {}, headers = {} }: AskingForToken = {},
) {
  const body = `${new URLSearchParams({ grant_type: GRANT, apikey: apiKey, ...form })}`;
  const answer = await ask({ endpoint, certificate }, { path, headers, body });
  return { ...answer, json: JSON.parse(answer.body) as Record<string, unknown> };
}

interface AskingForToken {
  path?: string;
  form?: Record<string, string>;
  headers?: Record<string, string>;
}

/** Calls the API as any client could, nothing interpreted but the envelope. */
export class Caller {
  #token?: string;

  constructor(private readonly simulator: KeyProtectSimulator) {}

  async token(): Promise<string> {
    this.#token ??= `${(await askForToken(this.simulator)).json.access_token}`;
    return this.#token;
  }

  /** `line` is a verb and a path below `/api/v2`: `GET /keys`. */
  async send(line: string, { instance = this.simulator.instance, headers = {}, body }: Asking = {}): Promise<Answer> {
    const [verb, path] = line.split(" ");
    const answer = await ask(this.simulator, {
      verb,
      path: `/api/v2${path}`,
      headers: { authorization: `Bearer ${await this.token()}`, "bluemix-instance": instance, ...headers },
      body,
    });
    return read(answer);
  }

  /** Sends a collection of one; the line may hold the type that goes with it. */
  create(path: string, resource: object, asking: Asking = {}): Promise<Answer> {
    const collectionType = typeOf(path);
    const whole = collectionType.endsWith(".key+json")
      ? { type: collectionType, extractable: false, ...resource }
      : resource;
    const body = JSON.stringify({ metadata: { collectionType, collectionTotal: 1 }, resources: [whole] });
    return this.send(`POST ${path}`, { body, ...asking });
  }

  /** The id of what was created. */
  async id(created: Promise<Answer>): Promise<string> {
    const { status, resources, body } = await created;
    if (status !== 201) throw new Error(`not created: ${status} ${body}`);
    return `${resources[0]?.id}`;
  }

  rootKey = (name = "crk"): Promise<string> => this.id(this.create("/keys", { name }));

  adapter = (crk_id: string, name?: string): Promise<string> =>
    this.id(this.create("/kmip_adapters", { name, profile: "native_1.0", profile_data: { crk_id } }));

  certificate = (adapter: string, certificate: string, name?: string): Promise<string> =>
    this.id(this.create(`/kmip_adapters/${adapter}/certificates`, { certificate, name }));
}

export function typeOf(path: string): string {
  const kind = path.includes("/certificates")
    ? "kmip_client_certificate"
    : path.startsWith("/kmip_adapters")
      ? "kmip_adapter"
      : "key";
  return `application/vnd.ibm.kms.${kind}+json`;
}

function read({ status, contentType, headers, body }: Awaited<ReturnType<typeof ask>>): Answer {
  const { metadata, resources = [] } = body === "" ? {} : JSON.parse(body);
  const code = status < 400 ? {} : { code: resources[0]?.reasons?.[0]?.code ?? "none" };
  return { status, contentType, headers, body, metadata, resources, ...code };
}
