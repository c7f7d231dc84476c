export type { Client } from "./adapters/admission";
export type { Method } from "./http/methods";
export type { Refusal as KeyProtectRefusal } from "./region/refusals";
export type { Adapter, ClientCertificate, Instance, Key, KmipObject, RegionState } from "./region/state";
export type { Switches as KeyProtectSwitches } from "./region/switches";
export type { ScenarioName } from "./scenarios";
export { KeyProtectSimulator, type KeyProtectSimulatorOptions } from "./simulator";
export type { ObservedObject } from "./system";
