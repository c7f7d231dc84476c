export type { KmipAttributes, KmipDates } from "./attributes";
export { type CreateOptions, KmipClient, type LocateFilter, type QueryResult } from "./client";
export type { KmipConnectionOptions } from "./connection";
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
export type { ManagedObject } from "./managed-object";
export type { OperationSet } from "./operations";
export { type KmipServer, type KmipServerOptions, startKmipServer } from "./server";
export { Tag } from "./tags";
export { decodeTtlv, encodeTtlv, type TtlvItem, type TtlvType } from "./ttlv";
