import type { KeyProviderArgs } from "./key-provider";

export type { TlsVerification } from "../../provider/connections/https/settings";
export { CertificateSigningRequest, type CertificateSigningRequestArgs } from "./certificate-signing-request";
export { DriveRecovery, type DriveRecoveryArgs } from "./drive-recovery";
export {
  ExternalKeyManagement,
  type ExternalKeyManagementArgs,
  type ExternalKeyManagementClientCertificate,
  type ExternalKeyManagementKeyProvider,
  type ExternalKeyManagementKeyServer,
  type ExternalKeyManagementMasterKey,
  type Signer,
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
export { HardwareEncryption, type HardwareEncryptionArgs } from "./hardware-encryption";
export { KeyPair, type KeyPairArgs } from "./key-pair";
export { KeyProvider, type KeyProviderArgs } from "./key-provider";
export { KeyServer, type KeyServerArgs } from "./key-server";
export { KeyServerAttachment, type KeyServerAttachmentArgs } from "./key-server-attachment";
export type { LookupArgs, LookupOutputArgs } from "./lookup-args";
export { MasterKey, type MasterKeyArgs } from "./master-key";

/** Arguments of everything that lives on a cluster. */
export type OnClusterArgs = Pick<KeyProviderArgs, "cluster">;
