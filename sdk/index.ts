import "../provider/core/node/required";

export * as element from "./element";
export * as pki from "./pki";
export { type ClusterConnection, Provider, type ProviderArgs } from "./provider";
