export type { Method as VCenterMethod } from "./methods";
export type { ScenarioName as VCenterScenarioName } from "./scenarios";
export { VCenterSimulator, type VCenterSimulatorOptions } from "./simulator";
export type { KeyProvider, KmsCluster, TrustedProvider, VCenterState } from "./vcenter/state";
export type { Switches as VCenterSwitches } from "./vcenter/switches";
export type { ObservedWorkload } from "./workload/usage";
