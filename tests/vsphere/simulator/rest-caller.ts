import type { VCenterSimulator } from "../../../simulator/vsphere";
import { ask, type HttpAnswer } from "../../simulator/https-caller";

export interface RestAnswer {
  status: number;
  headers: HttpAnswer["headers"];
  /** `undefined` where there is no body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it, and fail where it is something else.
  json: any;
}

/** What a task came to. */
export interface Outcome {
  result?: unknown;
  /** `error_type` of a refusal, by whichever channel. */
  error?: string;
  message?: string;
}

export const CLUSTER = "/vcenter/trusted-infrastructure/trust-authority-clusters/domain-c8";
export const PROVIDERS = `${CLUSTER}/kms/providers`;

/** Calls the REST API as any client could, nothing interpreted. */
export class RestCaller {
  #token?: string;

  constructor(readonly vcenter: VCenterSimulator) {}

  async login(password = this.vcenter.password): Promise<RestAnswer> {
    const { vcenter } = this;
    const target = {
      endpoint: vcenter.endpoint,
      certificate: vcenter.certificate,
      username: vcenter.username,
      password,
    };
    return read(await ask(target, { path: "/api/session" }));
  }

  async token(): Promise<string> {
    this.#token ??= (await this.login()).json as string;
    return this.#token;
  }

  /** `line` is a verb and a path below `/api`: `GET /session`. A body is given as it is on the wire. */
  async send(line: string, body?: string, headers: Record<string, string> = {}): Promise<RestAnswer> {
    const [verb, path] = line.split(" ");
    const { endpoint, certificate } = this.vcenter;
    const session = { "vmware-api-session-id": await this.token() };
    const question = { verb, path: `/api${path}`, headers: { ...session, ...headers }, body };
    return read(await ask({ endpoint, certificate }, question));
  }

  /** Starts a task; gives its id, or why not. */
  start(line: string, body?: unknown): Promise<RestAnswer> {
    const whole = `${line}${line.includes("?") ? "&" : "?"}vmw-task=true`;
    return this.send(whole, body === undefined ? undefined : JSON.stringify(body));
  }

  poll(task: string): Promise<RestAnswer> {
    return this.send(`GET /cis/tasks/${encodeURIComponent(task)}`);
  }

  /** Runs a task to its end. */
  async task(line: string, body?: unknown): Promise<Outcome> {
    const { status, json } = await this.start(line, body);
    if (status !== 202) return refusal(json);
    for (;;) {
      const { json: info } = await this.poll(json);
      if (info.status === "FAILED") return refusal(info.error);
      if (info.status === "SUCCEEDED") return info.result === undefined ? {} : { result: info.result };
      await new Promise(setImmediate);
    }
  }

  /** The result of a task that succeeds. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it, and fail where it is something else.
  async result(line: string, body?: unknown): Promise<any> {
    const outcome = await this.task(line, body);
    if (outcome.error !== undefined) throw new Error(`${line}: ${outcome.error}: ${outcome.message}`);
    return outcome.result;
  }

  /** A trusted provider with one server. */
  async create(provider: string, port: number, key_server: object = {}): Promise<void> {
    await this.result(`POST ${PROVIDERS}`, createSpec(provider, port, key_server));
  }
}

export const createSpec = (provider: string, port: number, key_server: object = {}) => ({
  provider,
  master_key_id: "8",
  key_server: { type: "KMIP", kmip_server: { servers: [serverSpec("kms", port)] }, ...key_server },
});

export const serverSpec = (name: string, port: number) => ({ name, address: { hostname: "127.0.0.1", port } });

function refusal({ error_type, messages }: { error_type: string; messages: { default_message: string }[] }): Outcome {
  return { error: error_type, message: messages[0]?.default_message };
}

function read({ status, headers, body }: HttpAnswer): RestAnswer {
  return { status, headers, json: body === "" ? undefined : JSON.parse(body) };
}
