import { ExplainedError } from "../../core/errors";

/** Key Protect rotates a key once an hour at most, and it was rotated within the last one. */
export class RotationTooEarlyError extends ExplainedError {
  readonly code = "EKM_ROTATION_TOO_EARLY";
}

/** The root key's material came from outside, and so does each new version of it. */
export class RootKeyImportedError extends ExplainedError {
  readonly code = "EKM_ROOT_KEY_IMPORTED";
}

/** Somebody has suspended the root key: nothing that it wraps can be read. */
export class RootKeySuspendedError extends ExplainedError {
  readonly code = "EKM_ROOT_KEY_SUSPENDED";
}

/** The root key was deleted, or has ended: it can be restored for a while. */
export class RootKeyDeletedError extends ExplainedError {
  readonly code = "EKM_ROOT_KEY_DELETED";
}

/** KMIP adapters wrap their keys under the root key that was to be deleted. */
export class RootKeyInUseError extends ExplainedError {
  readonly code = "EKM_ROOT_KEY_IN_USE";
}

/** Clients still have keys in the adapter that was to be deleted, or replaced. */
export class KeysInAdapterError extends ExplainedError {
  readonly code = "EKM_KEYS_IN_ADAPTER";
}

/** Somebody else's clients are registered at the adapter that was to be deleted. */
export class AdapterHasClientsError extends ExplainedError {
  readonly code = "EKM_ADAPTER_HAS_CLIENTS";
}

/** The certificate is registered at another adapter of the region, which may be anybody's. */
export class CertificateRegisteredElsewhereError extends ExplainedError {
  readonly code = "EKM_CERTIFICATE_REGISTERED_ELSEWHERE";
}

/** A client certificate is registered at the adapter that nobody has declared. */
export class UndeclaredCertificateError extends ExplainedError {
  readonly code = "EKM_UNDECLARED_CERTIFICATE";
}

/** The time that a certificate may take to be accepted is not over yet, and the time of the run is. */
export class PropagationDeadlineError extends ExplainedError {
  readonly code = "EKM_PROPAGATION_DEADLINE";
}
