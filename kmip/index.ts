export type { Admission, Peer } from "./admission";
export type { KmipAttributes, KmipDates } from "./attributes";
export { type CreateOptions, KmipClient, type LocateFilter, type QueryResult } from "./client";
export type { KmipConnectionOptions } from "./connection";
export { type KmipEndpoint, type KmipEndpointOptions, startKmipEndpoint } from "./endpoint";
export type { RevocationReasonName, StateName } from "./enums";
export {
  type AuthenticationErrorCode,
  type ConnectionErrorCode,
  KmipAuthenticationError,
  KmipConnectionError,
  KmipOperationError,
  KmipStoreError,
  MalformedMessageError,
} from "./errors";
export { OperationFailure } from "./failure";
export type { ManagedObject, StoredObject } from "./managed-object";
export { type OfferedOperation, type OperationSet, operationsOf } from "./operations";
export type { Tenant } from "./operations/operation";
export { type KmipServer, type KmipServerOptions, startKmipServer } from "./server";
export { IN_CLEAR, type KeyCustody, type ManagedObjects, ObjectStore } from "./store";
export { Tag } from "./tags";
export { decodeTtlv, encodeTtlv, type TtlvItem, type TtlvType } from "./ttlv";
export { SUPPORTED_VERSIONS } from "./versions";
