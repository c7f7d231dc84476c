import type { TLSSocket } from "node:tls";
import type { buildConnector, Dispatcher } from "undici";
import type { HttpProxy } from "../../core/system";
import { HandshakeError } from "./handshake";
import type { Peer } from "./peer";
import type { HttpsSettings } from "./settings";
import { distrustOf } from "./trust";
import { tunnelClient } from "./tunnel";
import { Turns } from "./turns";

/** The answer does not end within {@link MAX_BODY_BYTES}. */
export class AnswerTooLongError extends Error {
  constructor() {
    super(`the answer is longer than ${MAX_BODY_BYTES} bytes`);
  }
}

/** The answer was not complete at its deadline. */
export class AnswerDeadlineError extends Error {}

/** One request to the system at the other end. */
export interface HttpRequest {
  verb: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With the query, if there is any. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

/** One whole answer of it. */
export interface HttpAnswer {
  status: number;
  /** By their names in lower case; a header that was given several times is a list. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** Sends requests to one system. */
export interface Transport {
  /** What proves the caller's identity: nothing that the system says back may show it. */
  readonly secrets: readonly string[];
  /** What stands in between. */
  readonly proxy?: HttpProxy;
  /**
   * `startDeadline` is asked, when the request's turn has come, for the signal that ends the wait for the whole answer,
   * however it trickles in.
   */
  send(request: HttpRequest, startDeadline: () => AbortSignal): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/**
 * Kept for the whole run. Element answers a few requests of one client at a time (six is what others found safe), but a
 * handshake takes longer than an answer, and a second connection is enough for the calls that wait for a key server.
 */
const CONNECTIONS = 2;
const CONNECT_TIMEOUT_MS = 10_000;
/** Far above any answer that key management needs; a longer one is no answer. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** HTTPS over one pool of kept-alive connections. Connects when the first request is sent. */
export function httpsTransport(settings: HttpsSettings, peer: Peer, proxy?: HttpProxy): Transport {
  const turns = new Turns(CONNECTIONS);
  const { origin } = new URL(settings.endpoint);
  let pool: Dispatcher | undefined;
  return {
    secrets: [],
    proxy,
    send: ({ verb, path, headers, body }, startDeadline) =>
      turns.take(async () => {
        pool ??= openPool(settings, peer, proxy);
        const signal = startDeadline();
        try {
          const answer = await pool.request({
            origin,
            path,
            method: verb,
            headers,
            body,
            signal,
            // They count from one byte to the next; the deadline counts for the whole.
            headersTimeout: 0,
            bodyTimeout: 0,
          });
          return { status: answer.statusCode, headers: answer.headers, body: await readBounded(answer.body) };
        } catch (cause) {
          throw signal.aborted ? new AnswerDeadlineError("timed out", { cause }) : cause;
        }
      }),
    async close() {
      await pool?.destroy();
    },
  };
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new AnswerTooLongError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function openPool(settings: HttpsSettings, peer: Peer, proxy: HttpProxy | undefined): Dispatcher {
  // Loaded when the first request is sent: it is a tenth of a second that checks and diffs do not need.
  const undici = require("undici") as typeof import("undici");
  const tls = {
    timeout: CONNECT_TIMEOUT_MS,
    ca: settings.caCertificate,
    // Said here, because Node's own default can be lowered from outside (NODE_OPTIONS).
    minVersion: "TLSv1.2",
    // A resumed session presents no certificate that could be looked at.
    maxCachedSessions: 0,
    // Judged below, before the first byte of a request is written: Node's own refusal does not say what was presented.
    rejectUnauthorized: false,
  } as const;
  const poolOver = (origin: string | URL, connect: buildConnector.connector) =>
    new undici.Pool(origin, {
      connections: CONNECTIONS,
      pipelining: 1,
      keepAliveTimeout: 60_000,
      connect: judging(connect, settings, peer),
    });
  if (proxy === undefined) return poolOver(new URL(settings.endpoint).origin, undici.buildConnector(tls));
  return new undici.ProxyAgent({
    uri: proxy.origin,
    token: proxy.authorization,
    requestTls: tls,
    proxyTls: { timeout: CONNECT_TIMEOUT_MS, minVersion: "TLSv1.2", rejectUnauthorized: true },
    clientFactory: (origin, options) => tunnelClient(undici, origin, options, proxy, peer),
    // What it gives as the way to connect is through the tunnel.
    factory: (origin, options) => poolOver(origin, (options as { connect: buildConnector.connector }).connect),
  });
}

/** Connects as `connect` does, and gives no connection to what is not trusted. */
const judging =
  (connect: buildConnector.connector, settings: HttpsSettings, peer: Peer): buildConnector.connector =>
  (options, callback) => {
    connect(options, (error, socket) => {
      if (error !== null) return callback(HandshakeError.of(error, peer) ?? error, null);
      const distrust = distrustOf(socket as TLSSocket, settings, peer);
      if (distrust === undefined) return callback(null, socket);
      socket.destroy();
      callback(distrust, null);
    });
  };
