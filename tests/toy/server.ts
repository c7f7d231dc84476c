import type { IncomingMessage, ServerResponse } from "node:http";
import { Lodge, serving } from "../connections/toy-vault";
import type { VaultKey } from "./system";

/** A vault that answers on this machine, with what it has and what it was asked. */
export class VaultServer {
  readonly keys: VaultKey[] = [];
  /** Requests that were no logins, such as `POST /keys`. */
  readonly requests: string[] = [];
  readonly lodge: Lodge;
  private made = 0;

  constructor(
    apiKey: string,
    public guid: string,
  ) {
    this.lodge = new Lodge(apiKey);
  }

  /** How it is reached. */
  async start(): Promise<{ endpoint: string; caCertificate?: string }> {
    return serving((request, body, response) => this.answer(request, body, response));
  }

  private answer({ method, url = "", headers }: IncomingMessage, body: string, response: ServerResponse): unknown {
    const give = (result: unknown) => void response.end(JSON.stringify(result));
    const refuse = (status: number) => void response.writeHead(status).end();
    if (url === "/token") {
      const token = this.lodge.admit(new URLSearchParams(body).get("apikey") ?? undefined);
      return token === undefined ? refuse(401) : give({ token, seconds: 3600 });
    }
    this.requests.push(`${method} ${url}`);
    if (!this.lodge.accepts(headers.authorization?.replace("Bearer ", ""))) return refuse(401);
    if (url === "/instance") return give({ guid: this.guid });
    if (method === "GET") return give(this.keys);
    if (method === "POST") {
      const made = { id: ++this.made, ...JSON.parse(body) };
      this.keys.push(made);
      return give(made);
    }
    const at = this.keys.findIndex(({ id }) => url === `/keys/${id}`);
    const key = this.keys[at];
    if (key === undefined) return refuse(404);
    if (method === "PATCH") return give(Object.assign(key, JSON.parse(body)));
    this.keys.splice(at, 1);
    return give(null);
  }
}
