import { ExplainedError, type Explanation } from "../core/errors";

/** A connection is not what it should be, by its configuration or by what answers. */
export abstract class ConnectionError extends ExplainedError {}

/** No connection is configured under the name that a resource gives. */
export class ConnectionNotConfiguredError extends ConnectionError {
  readonly code = "EKM_CONNECTION_NOT_CONFIGURED";
}

/** The configuration of a connection cannot be used. */
export class ConnectionConfigurationError extends ConnectionError {
  readonly code = "EKM_CONNECTION_CONFIGURATION";
}

/** The system gave no answer: refused, reset, or not in service. */
export class ConnectionUnreachableError extends ConnectionError {
  readonly code = "EKM_CONNECTION_UNREACHABLE";
}

/** The proxy that the environment names opens no tunnel to the system. */
export class ProxyError extends ExplainedError {
  readonly code = "EKM_PROXY";

  constructor(
    explanation: Explanation,
    /** Whether the same may succeed a moment later. */
    readonly mayPass: boolean,
    options?: ErrorOptions,
  ) {
    super(explanation, options);
  }
}

/** The system took the call and did not answer in time. */
export class ConnectionTimeoutError extends ConnectionError {
  readonly code = "EKM_CONNECTION_TIMEOUT";
}

/** The system takes no more requests for a while, and has done nothing about this one. */
export class ConnectionThrottledError extends ExplainedError {
  readonly code = "EKM_CONNECTION_THROTTLED";

  constructor(
    explanation: Explanation,
    /** How long to wait at least, in milliseconds, where the system says so. */
    readonly pauseMs = 0,
  ) {
    super(explanation);
  }
}

/** The system's TLS certificate is not the one that the configuration trusts. */
export class ConnectionCertificateError extends ConnectionError {
  readonly code = "EKM_CONNECTION_CERTIFICATE";
}

/** The endpoint speaks no TLS, or none that is safe. */
export class ConnectionHandshakeError extends ConnectionError {
  readonly code = "EKM_CONNECTION_HANDSHAKE";
}

/** The system refused the credentials: user name and password, or the API key. */
export class ConnectionLoginError extends ConnectionError {
  readonly code = "EKM_CONNECTION_LOGIN";
}

/** The account may log in but not call this method, or something in between lets nobody call it. */
export class PermissionDeniedError extends ExplainedError {
  readonly code = "EKM_PERMISSION_DENIED";
}

/** The system answered, but not in the form that the API documents. */
export class UnexpectedAnswerError extends ExplainedError {
  readonly code = "EKM_UNEXPECTED_ANSWER";
}

/** The connection leads to another system than the recorded one. */
export class ConnectionIdentityError extends ConnectionError {
  readonly code = "EKM_CONNECTION_IDENTITY";
}

/** A system took the login, and refused a call in its own words. */
export abstract class ApiError extends ExplainedError {
  constructor(
    explanation: Explanation,
    /** The API's own name of the error, such as `xDBVersionMismatch`. */
    readonly vendorName: string,
  ) {
    super(explanation);
  }
}
