/** A failure of a socket, of undici or of OpenSSL, as Node gives it. */
interface ConnectionFailure extends Error {
  code?: string;
  syscall?: string;
  /** Of an AggregateError: one for each address of a host. */
  errors?: unknown[];
}

/** System calls that depend on the network or on the peer. */
const CALLS = new Set(["connect", "getaddrinfo", "read", "write", "shutdown"]);
/** Errors about resources that this machine has run out of. */
const OF_THIS_MACHINE = new Set(["EMFILE", "ENFILE", "ENOMEM", "ENOBUFS"]);
/** Of connections that broke, of answers that are no HTTP, and of TLS that broke after its handshake. */
const CODES =
  /^(E(PIPE|CONN\w+|TIMEDOUT)|EPROTO|HPE_\w+|ERR_SSL_\w+|UND_ERR_(SOCKET|INFO|DESTROYED|CLOSED|\w+_TIMEOUT|HEADERS_OVERFLOW|RES\w*))$/;

/**
 * A failure of the network or of the peer in words, for each address of a host with several. `undefined` for an error
 * that is the fault of neither.
 */
export function networkFailure(error: unknown): string | undefined {
  const { errors, cause } = error as ConnectionFailure;
  const addresses = errors ?? (cause as ConnectionFailure | undefined)?.errors;
  if (addresses === undefined) return isOfNetwork(error as ConnectionFailure) ? inWords(error as Error) : undefined;
  const words = addresses.map(networkFailure);
  return words.includes(undefined) ? undefined : [...new Set(words)].join("; ");
}

function isOfNetwork({ code = "", syscall = "" }: ConnectionFailure): boolean {
  return CODES.test(code) || (CALLS.has(syscall) && !OF_THIS_MACHINE.has(code));
}

function inWords({ message, code = "" }: ConnectionFailure): string {
  if (message === "") return code;
  return message.includes(code) ? message : `${code}: ${message}`;
}
