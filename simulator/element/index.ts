export type { FaultAction } from "../chassis/fault-actions";
export type { ActiveFaultRule, FaultRule } from "../chassis/fault-rules";
export { FaultRules } from "../chassis/fault-rules";
export type { RequestRecord } from "../chassis/requests";
export type { Refusal } from "./cluster/refusals";
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
} from "./cluster/state";
export type { Switches } from "./cluster/switches";
export { ClusterSimulator, type ClusterSimulatorOptions } from "./simulator";
