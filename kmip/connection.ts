import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import {
  type ConnectionErrorCode,
  KmipAuthenticationError,
  KmipConnectionError,
  MalformedMessageError,
} from "./errors";
import { readMessages } from "./framing";
import { Tag } from "./tags";
import { MINIMUM_TLS_VERSION } from "./versions";

/** How the server is known. */
type ServerTrust =
  /** PEM of the authorities that may have signed the server's certificate, which must name the host. */
  | { ca: string; pinned?: readonly string[] }
  /**
   * SHA-256 (AA:BB:..) of certificates, one of which the server must present. Who signed it, whom it names and how long it
   * is valid is then not asked, authorities neither.
   */
  | { pinned: readonly string[]; ca?: undefined };

export type KmipConnectionOptions = ServerTrust & {
  /** Host name or IP address. */
  host: string;
  /** 5696 by convention. */
  port: number;
  /** PEM of the client certificate, with intermediates after it if there are any. */
  cert: string;
  /** PEM of the client certificate's private key. */
  key: string;
  /** For the connection, and for each answer. Default: 10 seconds. */
  timeoutMs?: number;
  /** A way to the server that is open already, such as a tunnel through a proxy. */
  socket?: Duplex;
};

const DEFAULT_TIMEOUT_MS = 10_000;

const CONNECTION_CODES: Record<string, ConnectionErrorCode> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timeout",
  ECONNRESET: "reset",
  EPIPE: "reset",
  ENOTFOUND: "unresolved",
  EAI_AGAIN: "unresolved",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
};

/** A mutual TLS connection that exchanges one message at a time. */
export class KmipConnection {
  private readonly answers: AsyncGenerator<Buffer, void>;
  private answered = false;
  private failure: Error | undefined;
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly socket: TLSSocket,
    private readonly peer: string,
    private readonly timeoutMs: number,
  ) {
    this.answers = readMessages(socket, Tag.ResponseMessage);
    // The reader reports errors; between two exchanges nobody reads.
    socket.on("error", (error) => {
      this.failure ??= this.classify(error);
    });
  }

  static open(options: KmipConnectionOptions): Promise<KmipConnection> {
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const peer = `${options.host}:${options.port}`;
    return new Promise((resolve, reject) => {
      const socket = dial(options, peer);
      const timer = setTimeout(() => socket.destroy(timeoutError(peer, timeoutMs)), timeoutMs);
      const fail = (error: Error) => {
        clearTimeout(timer);
        reject(classify(error, peer));
      };
      socket.once("error", fail);
      socket.once("secureConnect", () => {
        clearTimeout(timer);
        socket.off("error", fail);
        const stranger = unpinned(socket, options.pinned);
        if (stranger) return reject(new KmipAuthenticationError("serverCertificateRefused", `${peer}: ${stranger}`));
        resolve(new KmipConnection(socket, peer, timeoutMs));
      });
    });
  }

  /** Sends a message and waits for the answer. Calls made meanwhile wait their turn. */
  exchange(message: Buffer): Promise<Buffer> {
    const turn = this.last.then(() => this.exchangeNow(message));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Lets exchanges under way finish, then closes. */
  async close(): Promise<void> {
    await this.last;
    this.failure ??= new KmipConnectionError("closed", `the connection to ${this.peer} was closed`);
    if (this.socket.destroyed) return;
    await new Promise<void>((resolve) => {
      this.socket.once("close", () => resolve());
      this.socket.end(() => this.socket.destroy());
    });
  }

  /** Ends the connection at once: what came cannot be trusted to be in step. */
  abandon(cause: unknown): Error {
    this.failure ??= this.classify(cause);
    this.socket.destroy();
    return this.failure;
  }

  private async exchangeNow(message: Buffer): Promise<Buffer> {
    if (this.failure) throw this.failure;
    const timer = setTimeout(() => this.abandon(timeoutError(this.peer, this.timeoutMs)), this.timeoutMs);
    try {
      this.socket.write(message);
      const answer = await this.answers.next();
      if (answer.done) throw endOfStream();
      this.answered = true;
      return answer.value;
    } catch (error) {
      throw this.abandon(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * With TLS 1.3 the client is done before the server has looked at its certificate. Servers that cannot or do not send
   * an alert then just hang up, so a hang-up before the first answer is put down to the certificate.
   */
  private classify(error: unknown): Error {
    const classified = classify(error, this.peer);
    const hungUp = classified instanceof KmipConnectionError && ["reset", "closed"].includes(classified.code);
    if (this.answered || !hungUp) return classified;
    return new KmipAuthenticationError(
      "clientCertificateRefused",
      `${this.peer} hung up after the TLS handshake without an answer, as servers do that refuse the client certificate`,
      { cause: error },
    );
  }
}

function dial(options: KmipConnectionOptions, peer: string): TLSSocket {
  const { host, port, socket } = options;
  const tls: ConnectionOptions = { host, port, socket, minVersion: MINIMUM_TLS_VERSION };
  // Server name indication is for names only.
  if (isIP(host) === 0) tls.servername = host;
  try {
    const { ca, cert, key, pinned } = options;
    return connect({ ...tls, ca, cert, key, rejectUnauthorized: pinned === undefined });
  } catch (cause) {
    throw new KmipAuthenticationError(
      "ownCredentialsInvalid",
      `cannot connect to ${peer}: certificate, key or CA cannot be used: ${messageOf(cause)}`,
      { cause },
    );
  }
}

/** Ends a connection to a server with a certificate that is not pinned, and says which one it has. */
function unpinned(socket: TLSSocket, pinned: readonly string[] | undefined): string | undefined {
  const fingerprint = socket.getPeerX509Certificate()?.fingerprint256;
  if (pinned === undefined || (fingerprint !== undefined && pinned.includes(fingerprint))) return undefined;
  socket.destroy();
  return `the server's certificate is not one of those pinned: SHA-256 ${fingerprint}`;
}

function classify(error: unknown, peer: string): Error {
  if (error instanceof KmipConnectionError || error instanceof KmipAuthenticationError) return error;
  if (error instanceof MalformedMessageError) {
    return new KmipConnectionError("protocolViolation", `${peer} does not answer in KMIP: ${error.message}`, {
      cause: error,
    });
  }
  const code = codeOf(error);
  const message = `${peer}: ${messageOf(error)}`;
  const connectionCode = CONNECTION_CODES[code];
  if (connectionCode) return new KmipConnectionError(connectionCode, message, { cause: error });
  if (/^ERR_SSL_.*(ALERT.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR))/.test(code)) {
    return new KmipAuthenticationError("clientCertificateRefused", message, { cause: error });
  }
  if (/^(ERR_SSL_|ERR_OSSL_|EPROTO)/.test(code)) {
    return new KmipAuthenticationError("handshakeFailed", message, { cause: error });
  }
  if (/CERT|SIGNATURE|ISSUER|INVALID_(CA|PURPOSE)/.test(code)) {
    return new KmipAuthenticationError("serverCertificateRefused", message, { cause: error });
  }
  return new KmipConnectionError("failed", message, { cause: error });
}

const timeoutError = (peer: string, timeoutMs: number) =>
  new KmipConnectionError("timeout", `${peer} did not answer within ${timeoutMs} ms`);

const endOfStream = (): NodeJS.ErrnoException => Object.assign(new Error("the peer hung up"), { code: "ECONNRESET" });

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException | undefined)?.code ?? "");

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
