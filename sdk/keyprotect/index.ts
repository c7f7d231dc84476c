import type { KmipAdapterArgs } from "./kmip-adapter";

export { type GetKmipAdaptersResult, getKmipAdapters, getKmipAdaptersOutput } from "./get-kmip-adapters";
export { type GetKmipEndpointResult, getKmipEndpoint, getKmipEndpointOutput } from "./get-kmip-endpoint";
export {
  type GetKmipObjectsArgs,
  type GetKmipObjectsOutputArgs,
  type GetKmipObjectsResult,
  getKmipObjects,
  getKmipObjectsOutput,
  type KmipObjectStates,
} from "./get-kmip-objects";
export { type GetRootKeysResult, getRootKeys, getRootKeysOutput } from "./get-root-keys";
export { KmipAccess, type KmipAccessArgs } from "./kmip-access";
export type { LookupArgs, LookupOutputArgs } from "./lookup-args";
export * from "./resources";

/** Arguments of everything that is in an instance. */
export type InInstanceArgs = Pick<KmipAdapterArgs, "instance">;
