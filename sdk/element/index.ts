import type { KeyProviderArgs } from "./key-provider";

export type { TlsVerification } from "../../provider/connections/https/settings";
export type { Signer } from "../pki";
export {
  ExternalKeyManagement,
  type ExternalKeyManagementArgs,
  type ExternalKeyManagementClientCertificate,
  type ExternalKeyManagementKeyProvider,
  type ExternalKeyManagementKeyServer,
  type ExternalKeyManagementMasterKey,
} from "./external-key-management";
export { Fleet, type FleetArgs } from "./fleet";
export {
  type FaultTypes,
  type GetClusterFaultsArgs,
  type GetClusterFaultsOutputArgs,
  type GetClusterFaultsResult,
  getClusterFaults,
  getClusterFaultsOutput,
} from "./get-cluster-faults";
export { type GetClusterInfoResult, getClusterInfo, getClusterInfoOutput } from "./get-cluster-info";
export { type GetEncryptionInfoResult, getEncryptionInfo, getEncryptionInfoOutput } from "./get-encryption-info";
export { type GetKeyProvidersResult, getKeyProviders, getKeyProvidersOutput } from "./get-key-providers";
export { type GetKeyServersResult, getKeyServers, getKeyServersOutput } from "./get-key-servers";
export type { LookupArgs, LookupOutputArgs } from "./lookup-args";
export * from "./resources";

/** Arguments of everything that lives on a cluster. */
export type OnClusterArgs = Pick<KeyProviderArgs, "cluster">;
