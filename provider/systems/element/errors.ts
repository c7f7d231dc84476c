import { ExplainedError } from "../../core/errors";

/** A change or delete would cut a provider off from keys that are in use. */
export class ProviderActiveError extends ExplainedError {
  readonly code = "EKM_PROVIDER_ACTIVE";
}

/** A key server is already attached to another provider. */
export class ServerAttachedElsewhereError extends ExplainedError {
  readonly code = "EKM_SERVER_ATTACHED_ELSEWHERE";
}

/** A provider has a key server that is declared nowhere. */
export class UndeclaredKeyServerError extends ExplainedError {
  readonly code = "EKM_UNDECLARED_KEY_SERVER";
}

/** A new key pair would make the client certificates of existing key servers useless. */
export class KeyPairInUseError extends ExplainedError {
  readonly code = "EKM_KEY_PAIR_IN_USE";
}

/** The cluster could not reach or use a key server. */
export class KeyServerTestError extends ExplainedError {
  readonly code = "EKM_KEY_SERVER_TEST";
}

/** The cluster cannot get a key that is in use from a key server that works. */
export class KeyUnavailableError extends ExplainedError {
  readonly code = "EKM_KEY_UNAVAILABLE";
}

/** Software encryption at rest is off, and can only be switched on when a cluster is created. */
export class SoftwareEncryptionDisabledError extends ExplainedError {
  readonly code = "EKM_SOFTWARE_ENCRYPTION_DISABLED";
}

/** The master key is held by a provider that this resource did not give it to. */
export class MasterKeyHeldElsewhereError extends ExplainedError {
  readonly code = "EKM_MASTER_KEY_HELD_ELSEWHERE";
}

/** A rekey ended with an error. The old master key stays in force. */
export class RekeyFailedError extends ExplainedError {
  readonly code = "EKM_REKEY_FAILED";
}

/** A rekey still runs at the deadline. */
export class RekeyDeadlineError extends ExplainedError {
  readonly code = "EKM_REKEY_DEADLINE";
}

/** A resource that is new to its stack claims an object that the stack has under another name. */
export class ResourceRenamedError extends ExplainedError {
  readonly code = "EKM_RESOURCE_RENAMED";
}

/** The cluster's hardware cannot have encryption at rest. */
export class HardwareEncryptionUnsupportedError extends ExplainedError {
  readonly code = "EKM_HARDWARE_ENCRYPTION_UNSUPPORTED";
}

/** The key of hardware encryption is held by a provider that this resource did not give it to. */
export class HardwareEncryptionHeldElsewhereError extends ExplainedError {
  readonly code = "EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE";
}

/** Hardware encryption came to another state than the cluster was asked for. */
export class HardwareEncryptionFailedError extends ExplainedError {
  readonly code = "EKM_HARDWARE_ENCRYPTION_FAILED";
}

/** Hardware encryption is still being enabled or disabled at the deadline. */
export class HardwareEncryptionDeadlineError extends ExplainedError {
  readonly code = "EKM_HARDWARE_ENCRYPTION_DEADLINE";
}

/** The cluster has faults, and refuses this kind of change as long as they stand. */
export class ClusterUnhealthyError extends ExplainedError {
  readonly code = "EKM_CLUSTER_UNHEALTHY";
}

/** A drive is to be added, and its state does not allow that. */
export class DriveNotAvailableError extends ExplainedError {
  readonly code = "EKM_DRIVE_NOT_AVAILABLE";
}

/** The job that was to add drives ended, and the drives are not active. */
export class DriveRecoveryFailedError extends ExplainedError {
  readonly code = "EKM_DRIVE_RECOVERY_FAILED";
}

/** Drives are still being added, or faults still stand, at the deadline. */
export class DriveRecoveryDeadlineError extends ExplainedError {
  readonly code = "EKM_DRIVE_RECOVERY_DEADLINE";
}
