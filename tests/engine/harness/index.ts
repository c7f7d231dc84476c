export { CommandFailedError, type CommandOutput } from "./command";
export type { Diagnostic, EngineEvent, Finding, Step, Violation } from "./events";
export { PolicyPack, PROVIDED_PACK } from "./policy-pack";
export { preloading } from "./preloading";
export { conclusionOf, diagnosticsOf, differencesOf, sectionOf } from "./printed";
export { descendants, processesIn } from "./processes";
export {
  type CommandOptions,
  type CommandResult,
  type Deployment,
  type EngineCommand,
  type Program,
  type RunningUp,
  type StateResource,
  Workspace,
  type WorkspaceOptions,
} from "./workspace";
