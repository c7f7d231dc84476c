import type { Peer } from "./peer";

/** The peer speaks no TLS, or none that is still safe. */
export class HandshakeError extends Error {
  private constructor(
    reason: string,
    readonly wayOut: string,
    cause: Error,
  ) {
    super(reason, { cause });
  }

  /** `undefined` for a connection that failed otherwise. */
  static of(error: NodeJS.ErrnoException, { noun }: Pick<Peer, "noun">): HandshakeError | undefined {
    const { code = "" } = error;
    if (!/^(ERR_SSL_|EPROTO)/.test(code)) return undefined;
    const { reason, wayOut } = KINDS.find(({ codes }) => codes.test(code)) ?? OTHERWISE;
    return new HandshakeError(`${reason} (${code})`, wayOut(noun), error);
  }
}

interface Kind {
  reason: string;
  wayOut(noun: string): string;
}

/** By OpenSSL's own names. */
const KINDS: readonly (Kind & { codes: RegExp })[] = [
  {
    codes: /WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST/,
    reason: "does not answer in TLS, as a server of plain HTTP",
    wayOut: () => "check the endpoint's host and port; passwords are sent over TLS alone",
  },
  {
    codes: /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/,
    reason: "offers only versions of TLS before 1.2, which are broken",
    wayOut: (noun) =>
      `upgrade what answers there; if it is a current ${noun}, somebody on the path may be holding it down`,
  },
];

const OTHERWISE: Kind = {
  reason: "and this machine found no way to encrypt that is safe to both",
  wayOut: () => "compare the TLS settings of what answers there: version 1.2 or newer with a current cipher is needed",
};
