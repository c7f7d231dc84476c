import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { OpenConnections } from "../../kmip/open-connections";
import type { EndpointSecrets } from "./endpoint-certificate";

/** Where a simulated system listens: real TLS, with a certificate that can be exchanged. */
export class HttpsEndpoint {
  readonly #server: Server;
  readonly #connections: OpenConnections;
  #handshakes = 0;
  #url = "";

  constructor({ tlsCertificate, tlsPrivateKey }: EndpointSecrets, listener: RequestListener) {
    const identity = { cert: tlsCertificate, key: tlsPrivateKey };
    this.#server = createServer({ ...identity, minVersion: "TLSv1.2", keepAliveTimeout: 60_000 }, listener);
    this.#server.on("secureConnection", () => {
      this.#handshakes += 1;
    });
    this.#connections = new OpenConnections(this.#server);
  }

  async listen(host: string, port: number): Promise<void> {
    this.#server.listen(port, host);
    await once(this.#server, "listening");
    const bound = this.#server.address() as AddressInfo;
    this.#url = `https://${bound.family === "IPv6" ? `[${bound.address}]` : bound.address}:${bound.port}`;
  }

  /** Where it listens, or has listened. */
  get url(): string {
    return this.#url;
  }

  /** TLS handshakes accepted so far. */
  get handshakes(): number {
    return this.#handshakes;
  }

  /** Presents another certificate from now on. Open connections break, as when a web server restarts. */
  present({ tlsCertificate: cert, tlsPrivateKey: key }: EndpointSecrets): void {
    this.#server.setSecureContext({ cert, key });
    this.breakConnections();
  }

  breakConnections(): void {
    this.#connections.break();
  }

  async close(): Promise<void> {
    this.breakConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
