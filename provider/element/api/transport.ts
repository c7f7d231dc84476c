import type { TLSSocket } from "node:tls";
import type { Pool } from "undici";
import { HandshakeError } from "./handshake";
import type { ConnectionSettings } from "./settings";
import { distrustOf } from "./trust";
import { Turns } from "./turns";

/** The answer does not end within {@link MAX_BODY_BYTES}. */
export class AnswerTooLongError extends Error {
  constructor() {
    super(`the answer is longer than ${MAX_BODY_BYTES} bytes`);
  }
}

/** The answer was not complete at its deadline. */
export class AnswerDeadlineError extends Error {}

/** One answer of the cluster's HTTP server. */
export interface HttpAnswer {
  status: number;
  body: string;
}

/** Sends one JSON-RPC request body to a path of the cluster. */
export interface Transport {
  /** What proves the caller's identity: nothing that a cluster says back may show it. */
  readonly secrets: readonly string[];
  /**
   * `startDeadline` is asked, when the request's turn has come, for the signal that ends the wait for the whole answer,
   * however it trickles in.
   */
  post(path: string, body: string, startDeadline: () => AbortSignal): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/**
 * Kept for the whole run. Element answers a few requests of one client at a time (six is what others found safe), but a
 * handshake takes longer than an answer, and a second connection is enough for the calls that wait for a key server.
 */
const CONNECTIONS = 2;
/** Far above any answer that key management needs; a longer one is no answer. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** HTTPS over one pool of kept-alive connections. Connects when the first request is sent. */
export function httpsTransport(settings: ConnectionSettings): Transport {
  const login = Buffer.from(`${settings.username}:${settings.password}`).toString("base64");
  const turns = new Turns(CONNECTIONS);
  let pool: Pool | undefined;
  return {
    secrets: [login, settings.password],
    post: (path, body, startDeadline) =>
      turns.take(async () => {
        pool ??= openPool(settings);
        const signal = startDeadline();
        try {
          const answer = await pool.request({
            path,
            method: "POST",
            headers: { authorization: `Basic ${login}`, "content-type": "application/json-rpc" },
            body,
            signal,
            // They count from one byte to the next; the deadline counts for the whole.
            headersTimeout: 0,
            bodyTimeout: 0,
          });
          return { status: answer.statusCode, body: await readBounded(answer.body) };
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

function openPool(settings: ConnectionSettings): Pool {
  // Loaded when the first request is sent: it is a tenth of a second that checks and diffs do not need.
  const undici = require("undici") as typeof import("undici");
  const connect = undici.buildConnector({
    timeout: 10_000,
    ca: settings.caCertificate,
    // Said here, because Node's own default can be lowered from outside (NODE_OPTIONS).
    minVersion: "TLSv1.2",
    // A resumed session presents no certificate that could be looked at.
    maxCachedSessions: 0,
    // Judged below, before the first byte of a request is written: Node's own refusal does not say what was presented.
    rejectUnauthorized: false,
  });
  return new undici.Pool(new URL(settings.endpoint).origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    connect(options, callback) {
      connect(options, (error, socket) => {
        if (error !== null) return callback(HandshakeError.of(error) ?? error, null);
        const distrust = distrustOf(socket as TLSSocket, settings);
        if (distrust === undefined) return callback(null, socket);
        socket.destroy();
        callback(distrust, null);
      });
    },
  });
}
