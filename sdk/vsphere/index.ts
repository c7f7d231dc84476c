import type { KeyProviderArgs } from "./key-provider";

export { ExternalKeyManagement, type ExternalKeyManagementArgs, type TrustAuthority } from "./external-key-management";
export {
  type GetDefaultKeyProviderArgs,
  type GetDefaultKeyProviderOutputArgs,
  type GetDefaultKeyProviderResult,
  getDefaultKeyProvider,
  getDefaultKeyProviderOutput,
} from "./get-default-key-provider";
export {
  type GetKeyProviderStatusResult,
  getKeyProviderStatus,
  getKeyProviderStatusOutput,
} from "./get-key-provider-status";
export { type GetKeyProvidersResult, getKeyProviders, getKeyProvidersOutput } from "./get-key-providers";
export {
  type GetServerCertificatesResult,
  getServerCertificates,
  getServerCertificatesOutput,
} from "./get-server-certificates";
export type {
  LookupArgs,
  LookupOutputArgs,
  ProviderLookupArgs,
  ProviderLookupOutputArgs,
} from "./lookup-args";
export * from "./resources";

/** Arguments of everything that is on a vCenter. */
export type OnVcenterArgs = Pick<KeyProviderArgs, "vcenter">;
