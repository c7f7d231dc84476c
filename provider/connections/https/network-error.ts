/** Node's words of what a system call on a socket came to, of undici and of OpenSSL. */
interface ConnectionFailure extends Error {
  code?: string;
  syscall?: string;
  /** Of an AggregateError: one for each address of a host. */
  errors?: unknown[];
}

/** System calls that depend on the network or on the peer. */
const CALLS = new Set(["connect", "getaddrinfo", "read", "write", "shutdown"]);
/** What this machine has none left of. */
const OF_THIS_MACHINE = new Set(["EMFILE", "ENFILE", "ENOMEM", "ENOBUFS"]);
/** Of connections that broke, of answers that are no HTTP, and of TLS that broke after its handshake. */
const CODES =
  /^(E(PIPE|CONN\w+|TIMEDOUT)|EPROTO|HPE_\w+|ERR_SSL_\w+|UND_ERR_(SOCKET|INFO|DESTROYED|CLOSED|\w+_TIMEOUT|HEADERS_OVERFLOW|RES\w*))$/;

/**
 * What the network or the peer did, in words: of a host with several addresses, for each of them. `undefined` for an error
 * that neither of them is to blame for.
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
