import { ExplainedError } from "./errors";

/** The object that an id or a reference names is not on the cluster. */
export class ObjectNotFoundError extends ExplainedError {
  readonly code = "EKM_OBJECT_NOT_FOUND";
}

/** An equal object exists, and nothing says that it is this resource's own. */
export class EqualObjectExistsError extends ExplainedError {
  readonly code = "EKM_EQUAL_OBJECT_EXISTS";
}

/** Several objects could be the one to adopt. */
export class AmbiguousObjectError extends ExplainedError {
  readonly code = "EKM_AMBIGUOUS_OBJECT";
}

/** A second resource declares an object of which a system has one, through a connection of another name. */
export class DeclaredTwiceError extends ExplainedError {
  readonly code = "EKM_DECLARED_TWICE";
}

/** A client certificate was issued for another key than the system's. */
export class ClientCertificateMismatchError extends ExplainedError {
  readonly code = "EKM_CLIENT_CERTIFICATE_MISMATCH";
}

/** Somebody forces the replacement of an object of which a system has one. */
export class ReplacementRefusedError extends ExplainedError {
  readonly code = "EKM_REPLACEMENT_REFUSED";
}

/** A resource that exists in its own state alone was to be read from an id. */
export class NotImportableError extends ExplainedError {
  readonly code = "EKM_NOT_IMPORTABLE";

  constructor(name: string, reason: string) {
    super({
      attempt: `reading "${name}" from an id`,
      reason,
      wayOut: ({ apply }) => `declare it without an import, and ${apply} makes it`,
    });
  }
}
