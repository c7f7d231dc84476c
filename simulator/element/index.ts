export type { Refusal } from "./errors";
export type { ActiveFaultRule, FaultAction, FaultRule } from "./fault-rules";
export { FaultRules } from "./fault-rules";
export type { RequestRecord } from "./requests";
export { ClusterSimulator, type ClusterSimulatorOptions } from "./simulator";
export type * from "./state";
export type { Switches } from "./switches";
