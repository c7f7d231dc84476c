import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Peer } from "../../provider/connections/https/peer";
import type { HttpsSettings } from "../../provider/connections/https/settings";
import { issue, makeAuthority } from "../kit/certificates";

const authority = makeAuthority({ commonName: "Vault Authority" });
const genuine = issue(authority, { commonName: "vault", usage: "server" });

export const VAULT: Peer = {
  noun: "vault",
  service: "a toy vault",
  certificateInstallation: "at its console",
  passingErrors: new Set(),
};

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;

const servers: Server[] = [];

/** A server on this machine that is none of ours, and how it is reached. */
export async function serving(answer: Answer): Promise<HttpsSettings> {
  const server = createServer(genuine, async (request, response) => answer(request, await text(request), response));
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { endpoint: `https://127.0.0.1:${port}`, caCertificate: authority.certificate };
}

export function stopServers(): void {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
}

/** Gives out what proves a login, and knows which of it is accepted. */
export class Lodge {
  /** The logins that were tried, with what was given. */
  readonly logins: string[] = [];
  private readonly accepted = new Set<string>();

  constructor(private readonly secret: string) {}

  /** `undefined` where something else than the secret is given. */
  admit(given: string | undefined): string | undefined {
    this.logins.push(String(given));
    if (given !== this.secret) return undefined;
    const token = `token-${this.logins.length}-of-the-toy-vault`;
    this.accepted.add(token);
    return token;
  }

  accepts(token: string | undefined): boolean {
    return token !== undefined && this.accepted.has(token);
  }

  /** What was given out is of no more use. */
  revoke(): void {
    this.accepted.clear();
  }
}
