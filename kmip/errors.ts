/** Why no usable KMIP connection exists. */
export type ConnectionErrorCode =
  | "refused"
  | "timeout"
  | "reset"
  | "unresolved"
  | "unreachable"
  | "closed"
  /** The peer answered, but not in KMIP. */
  | "protocolViolation"
  | "failed";

/** The server could not be reached, or the connection to it broke. */
export class KmipConnectionError extends Error {
  override readonly name = "KmipConnectionError";

  constructor(
    readonly code: ConnectionErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Which side's identity was the matter. */
export type AuthenticationErrorCode =
  /** Our certificate, key or CA text cannot be used at all: not PEM, or the key belongs to another certificate. */
  | "ownCredentialsInvalid"
  /** We refused the server's certificate. */
  | "serverCertificateRefused"
  /** The server refused our certificate. */
  | "clientCertificateRefused"
  /** No common protocol or cipher, or the peer does not speak TLS. */
  | "handshakeFailed";

/** TLS could not establish who is who. */
export class KmipAuthenticationError extends Error {
  override readonly name = "KmipAuthenticationError";

  constructor(
    readonly code: AuthenticationErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The server understood the request and answered that it failed. */
export class KmipOperationError extends Error {
  override readonly name = "KmipOperationError";
  readonly code = "operationFailed";

  constructor(
    /** The operation's name in the standard, such as `Get`. */
    readonly operation: string,
    /** The result reason's name in the standard, such as `ItemNotFound`. */
    readonly resultReason: string,
    resultMessage: string | undefined,
  ) {
    super(`KMIP ${operation} failed: ${resultReason}${resultMessage ? `: ${resultMessage}` : ""}`);
  }

  /** Whether the server does not offer the operation, at least not to this client: no answer about an object. */
  get isNotOffered(): boolean {
    return ["OperationNotSupported", "FeatureNotSupported", "PermissionDenied"].includes(this.resultReason);
  }
}

/** Bytes that are not TTLV, or TTLV that is not the message it should be. */
export class MalformedMessageError extends Error {
  override readonly name = "MalformedMessageError";
  readonly code = "malformedMessage";
}

/** A file of the server's state directory cannot be understood. */
export class KmipStoreError extends Error {
  override readonly name = "KmipStoreError";
  readonly code = "unreadableState";
}
