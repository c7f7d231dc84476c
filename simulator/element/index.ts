export type { FaultAction } from "./fault-actions";
export type { ActiveFaultRule, FaultRule } from "./fault-rules";
export { FaultRules } from "./fault-rules";
export type { Refusal } from "./refusals";
export type { RequestRecord } from "./requests";
export { ClusterSimulator, type ClusterSimulatorOptions } from "./simulator";
export type {
  ClusterState,
  HardwareEncryptionState,
  HeldKey,
  KeyPairState,
  RekeyJob,
  RekeyStep,
  SoftwareEncryptionState,
  StoredAsyncResult,
  StoredKeyServer,
} from "./state";
export type { Switches } from "./switches";
