import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createServer, type Server, type TLSSocket } from "node:tls";
import { type Admission, admissionBy } from "./admission";
import { MalformedMessageError } from "./errors";
import { OperationFailure } from "./failure";
import { readMessages } from "./framing";
import type { ManagedObject } from "./managed-object";
import { OpenConnections } from "./open-connections";
import { type OperationSet, operationsOf } from "./operations";
import type { OperationContext } from "./operations/operation";
import { respond, respondWithFailure } from "./responder";
import { ObjectStore, withoutMaterial } from "./store";
import { Tag } from "./tags";
import { MINIMUM_TLS_VERSION } from "./versions";

export interface KmipServerOptions {
  /** Default: 127.0.0.1. */
  host?: string;
  /** Default: 0, a free one. */
  port?: number;
  /** PEM of the server's certificate, with intermediates after it if there are any. */
  cert: string;
  /** PEM of its private key. */
  key: string;
  /** PEM of the authorities whose client certificates are let in. */
  ca: string;
  /** Holds the managed objects. Made when missing. */
  stateDir: string;
  /** Whether clients may set `x-` attributes, which not every server allows. Default: true. */
  customAttributes?: boolean;
  /**
   * Which operations are offered: `full` is all, `minimal` leaves out operations that tell attributes, which KMIP 1.4 does not
   * demand, `withoutQuery` refuses Query alone. Default: `full`.
   */
  operations?: OperationSet;
  /** Dates of objects, and the moment at which a client certificate must be valid. Default: the system's. */
  clock?: () => Date;
}

export interface KmipServer {
  readonly host: string;
  readonly port: number;
  /** TLS connections accepted so far, refused client certificates included. */
  readonly connections: number;
  /** Everything ever created, oldest first, without key material. */
  objects(): ManagedObject[];
  /** Ends open connections and frees the port. */
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 256;
const IDLE_MS = 300_000;
/** How long a client may take for the handshake, or to ask when it is not let in. */
const STRANGER_MS = 10_000;
const HANG_UP_MS = 1_000;

/** Starts a KMIP server that requires client certificates; resolves when it accepts connections. */
export async function startKmipServer(options: KmipServerOptions): Promise<KmipServer> {
  const clock = options.clock ?? (() => new Date());
  const store = new ObjectStore(join(options.stateDir, "objects"));
  const admission = admissionBy(options.ca);
  const operations = operationsOf(options.operations ?? "full");
  let connections = 0;

  // Node would hang up on a bad client certificate without a TLS alert, so refusing is left to the first answer.
  const server = createServer(
    {
      cert: options.cert,
      key: options.key,
      ca: options.ca,
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
      const contextOf = (): OperationContext => ({
        store,
        operations,
        now: clock(),
        customAttributes: options.customAttributes ?? true,
      });
      serve(socket, admission, contextOf).catch(() => socket.destroy());
    },
  );
  const open = new OpenConnections(server);
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, options.host ?? "127.0.0.1", options.port ?? 0);
  const address = server.address() as AddressInfo;
  return {
    host: address.address,
    port: address.port,
    get connections() {
      return connections;
    },
    objects: () => store.all().map(withoutMaterial),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        open.break();
      }),
  };
}

async function serve(socket: TLSSocket, admission: Admission, contextOf: () => OperationContext): Promise<void> {
  const refusal = admission(socket, contextOf().now);
  socket.setTimeout(refusal ? STRANGER_MS : IDLE_MS, () => socket.destroy());
  try {
    // Left open when reading ends, so that the last answer still goes out.
    const incoming = socket.iterator({ destroyOnReturn: false });
    for await (const message of readMessages(incoming, Tag.RequestMessage)) {
      const context = contextOf();
      await send(socket, refusal ? respondWithFailure(refusal, context.now) : respond(message, context));
      if (refusal) break;
    }
    hangUp(socket);
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    hangUp(socket, respondWithFailure(new OperationFailure("InvalidMessage", error.message), contextOf().now));
  }
}

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
