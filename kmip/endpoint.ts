import type { AddressInfo } from "node:net";
import { createServer, type Server, type TLSSocket } from "node:tls";
import type { Admission, Peer } from "./admission";
import { MalformedMessageError } from "./errors";
import { OperationFailure } from "./failure";
import { readMessages } from "./framing";
import { OpenConnections } from "./open-connections";
import { respond, respondWithFailure } from "./responder";
import { Tag } from "./tags";
import { MINIMUM_TLS_VERSION } from "./versions";

export interface KmipEndpointOptions {
  /** Default: 127.0.0.1. */
  host?: string;
  /** Default: 0, a free one. */
  port?: number;
  /** PEM of the server's certificate, with intermediates after it if there are any. */
  cert: string;
  /** PEM of its private key. */
  key: string;
  /** Dates of objects, and the moment at which a client certificate must be valid. Default: the system's. */
  clock?: () => Date;
}

export interface KmipEndpoint {
  readonly host: string;
  readonly port: number;
  /** TLS connections accepted so far, refused client certificates included. */
  readonly connections: number;
  /** Ends open connections and frees the port. */
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 256;
const IDLE_MS = 300_000;
/** How long a client may take for the handshake, or to ask when it is not let in. */
const STRANGER_MS = 10_000;
const HANG_UP_MS = 1_000;

/**
 * Answers clients that show a certificate, each as `admit` judges it once it is connected; resolves when it accepts
 * connections.
 *
 * @param ca PEM of authorities that TLS judges client certificates by, for an `admit` that asks for that
 */
export async function startKmipEndpoint({
  host = "127.0.0.1",
  port = 0,
  clock = () => new Date(),
  admit,
  ...tls
}: KmipEndpointOptions & { admit: Admission; ca?: string }): Promise<KmipEndpoint> {
  let connections = 0;
  // Node would hang up on a bad client certificate without a TLS alert, so refusing is left to the first answer.
  const server = createServer(
    {
      ...tls,
      minVersion: MINIMUM_TLS_VERSION,
      requestCert: true,
      rejectUnauthorized: false,
      handshakeTimeout: STRANGER_MS,
    },
    (socket) => {
      connections += 1;
      // A client that has said all it will still gets its answer.
      socket.allowHalfOpen = true;
      // Ends the read loop of serve, which has nobody to tell.
      socket.on("error", () => socket.destroy());
      serve(socket, admit, clock).catch(() => socket.destroy());
    },
  );
  const open = new OpenConnections(server);
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    host: address.address,
    port: address.port,
    get connections() {
      return connections;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        open.break();
      }),
  };
}

async function serve(socket: TLSSocket, admit: Admission, clock: () => Date): Promise<void> {
  const admitted = admit(peerOf(socket), clock());
  const isRefused = admitted instanceof OperationFailure;
  socket.setTimeout(isRefused ? STRANGER_MS : IDLE_MS, () => socket.destroy());
  try {
    // Left open when reading ends, so that the last answer still goes out.
    const incoming = socket.iterator({ destroyOnReturn: false });
    for await (const message of readMessages(incoming, Tag.RequestMessage)) {
      const now = clock();
      if (isRefused) {
        await send(socket, respondWithFailure(admitted, now));
        break;
      }
      const answer = respond(message, { ...admitted, now });
      await admitted.kept?.();
      await send(socket, answer);
    }
    hangUp(socket);
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    hangUp(socket, respondWithFailure(new OperationFailure("InvalidMessage", error.message), clock()));
  }
}

const peerOf = (socket: TLSSocket): Peer => ({
  certificate: socket.getPeerX509Certificate(),
  ...(socket.authorized ? {} : { authorizationError: `${socket.authorizationError}` }),
});

/** Ends with a last answer. What the client still sends is thrown away: unread, it would reset that answer. */
function hangUp(socket: TLSSocket, lastAnswer: Uint8Array = new Uint8Array()): void {
  socket.end(lastAnswer);
  socket.resume();
  socket.setTimeout(HANG_UP_MS);
}

/** Resolves when the client has taken the message: no more than one answer waits in memory per connection. */
const send = (socket: TLSSocket, message: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.write(message, (error) => (error ? reject(error) : resolve()));
  });

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
