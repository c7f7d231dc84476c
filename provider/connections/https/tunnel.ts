import type { Dispatcher } from "undici";
import type { HttpProxy } from "../../core/system";
import { HandshakeError } from "./handshake";
import { networkFailure } from "./network-error";
import type { Peer } from "./peer";

/** The proxy opened no tunnel. */
export class TunnelError extends Error {
  constructor(
    reason: string,
    readonly wayOut: string,
    /** Whether the same may succeed a moment later. */
    readonly mayPass: boolean,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** In milliseconds: a proxy gives up on a host that does not answer, and says so. */
const ANSWER_TIMEOUT = 20_000;

/** A connection to a proxy that asks for tunnels, and says what came of it. */
export function tunnelClient(
  undici: typeof import("undici"),
  origin: URL,
  options: object,
  proxy: HttpProxy,
  peer: Peer,
): Dispatcher {
  const client = new undici.Client(origin, { ...options, headersTimeout: ANSWER_TIMEOUT });
  const ask = client.connect.bind(client) as (options: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>;
  const connect = async (request: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    const answer = await ask(request).catch((error: unknown) => {
      throw unanswered(error, proxy, peer) ?? error;
    });
    if (answer.statusCode === 200) return answer;
    answer.socket.on("error", () => {}).destroy();
    throw refused(answer.statusCode, request.path ?? "", proxy, peer);
  };
  return Object.assign(client, { connect });
}

function refused(status: number, target: string, proxy: HttpProxy, { noun }: Peer): TunnelError {
  const { wayOut, mayPass = false } = REFUSALS[status] ?? (status >= 500 ? UPSTREAM : OTHERWISE);
  const reason = `${proxyInWords(proxy)} opens no tunnel to ${target} (HTTP ${status})`;
  return new TunnelError(reason, `${wayOut(noun)}, ${exempt(noun)}`, mayPass);
}

const exempt = (noun: string): string => `or exempt the ${noun} from it with NO_PROXY`;

interface Refusal {
  wayOut(noun: string): string;
  mayPass?: boolean;
}

const OTHERWISE: Refusal = {
  wayOut: () => "give a proxy that takes CONNECT",
};
const UPSTREAM: Refusal = {
  wayOut: (noun) => `see whether the ${noun} can be reached from the proxy, whose answer this is`,
  mayPass: true,
};
const REFUSALS: Readonly<Record<number, Refusal>> = {
  403: { wayOut: (noun) => `have the proxy let this machine connect to the ${noun}` },
  407: { wayOut: () => "give the proxy's user name and password in its address" },
};

/** `undefined` for what is neither the network's nor the proxy's doing. */
function unanswered(error: unknown, proxy: HttpProxy, { noun }: Peer): TunnelError | undefined {
  const { code = "" } = error as NodeJS.ErrnoException;
  const handshake = HandshakeError.of(error as NodeJS.ErrnoException, { noun });
  const why = networkFailure(error);
  const name = proxyInWords(proxy);
  if (handshake !== undefined) {
    return new TunnelError(`${name} ${handshake.message}`, `correct the proxy's address, ${exempt(noun)}`, false, {
      cause: error,
    });
  }
  if (why !== undefined) {
    const wayOut = `check the proxy's address and that it is up, ${exempt(noun)}`;
    // One that was silent for so long will be so again.
    const mayPass = code !== "UND_ERR_HEADERS_TIMEOUT";
    return new TunnelError(`${name} gave no answer (${why})`, wayOut, mayPass, { cause: error });
  }
  if (!OF_CERTIFICATES.test(code)) return undefined;
  const wayOut = `have this machine trust its certificate (NODE_EXTRA_CA_CERTS), ${exempt(noun)}`;
  return new TunnelError(`${name} is not trusted (${code})`, wayOut, false, { cause: error });
}

const OF_CERTIFICATES =
  /^(ERR_TLS_CERT_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_|PATH_LENGTH_|HOSTNAME_|UNSPECIFIED|[CE][AE]_)/;

/** As messages name it. */
export const proxyInWords = ({ origin, variable }: HttpProxy): string => `the proxy ${origin} (${variable})`;
