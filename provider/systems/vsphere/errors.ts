import { ExplainedError } from "../../core/errors";

/** A key server presents a certificate that the program does not list. */
export class ServerCertificateError extends ExplainedError {
  readonly code = "EKM_SERVER_CERTIFICATE";
}

/** vCenter does not find a key provider healthy, and says why. */
export class KeyProviderUnhealthyError extends ExplainedError {
  readonly code = "EKM_KEY_PROVIDER_UNHEALTHY";
}

/** Machines or hosts have keys of the provider. */
export class KeyProviderInUseError extends ExplainedError {
  readonly code = "EKM_KEY_PROVIDER_IN_USE";
}

/** The provider is the default of a vCenter, or of an entity of its inventory. */
export class KeyProviderDefaultError extends ExplainedError {
  readonly code = "EKM_KEY_PROVIDER_DEFAULT";
}

/** A change would cut vCenter off from its keys for a while. */
export class InterruptionError extends ExplainedError {
  readonly code = "EKM_INTERRUPTION";
}

/** Somebody has made a key pair in the place of the one that a certificate was issued for. */
export class ClientKeyReplacedError extends ExplainedError {
  readonly code = "EKM_CLIENT_KEY_REPLACED";
}

/** The primary key of a trusted provider is another one than the declared one. */
export class PrimaryKeyChangedError extends ExplainedError {
  readonly code = "EKM_PRIMARY_KEY_CHANGED";
}
