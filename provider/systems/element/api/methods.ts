import type { ApiCall } from "../../../core/system";
import type { Method } from "./types";

/** The access types of accounts, beside `administrator`, that any of these methods is open to. */
export type AccessType = "clusterAdmin" | "drives" | "read" | "reporting" | "write";

interface MethodFacts extends ApiCall {
  /** Whose lists in the API reference's appendix on access control have the method; `administrator` has them all. */
  access?: readonly AccessType[];
  /** The cluster contacts the key server before it answers. */
  contactsKeyServer?: true;
}

const KMIP = "11.7";
const SOFTWARE_ENCRYPTION = "12.3";
const ANY = "1.0";

export const METHODS: Readonly<Record<Method, MethodFacts>> = {
  GetAPI: { effect: "read", since: ANY },
  GetClusterInfo: { effect: "read", since: ANY, access: ["reporting"] },
  GetClusterVersionInfo: { effect: "read", since: ANY },
  CreatePublicPrivateKeyPair: { effect: "create", since: KMIP },
  GetClientCertificateSignRequest: { effect: "read", since: KMIP },
  CreateKeyServerKmip: { effect: "create", since: KMIP },
  ModifyKeyServerKmip: { effect: "idempotent", since: KMIP, contactsKeyServer: true },
  DeleteKeyServerKmip: { effect: "idempotent", since: KMIP },
  GetKeyServerKmip: { effect: "read", since: KMIP },
  ListKeyServersKmip: { effect: "read", since: KMIP },
  TestKeyServerKmip: { effect: "read", since: KMIP, contactsKeyServer: true },
  CreateKeyProviderKmip: { effect: "create", since: KMIP },
  DeleteKeyProviderKmip: { effect: "idempotent", since: KMIP },
  GetKeyProviderKmip: { effect: "read", since: KMIP },
  ListKeyProvidersKmip: { effect: "read", since: KMIP },
  AddKeyServerToProviderKmip: { effect: "idempotent", since: KMIP, contactsKeyServer: true },
  RemoveKeyServerFromProviderKmip: { effect: "idempotent", since: KMIP },
  TestKeyProviderKmip: { effect: "read", since: KMIP, contactsKeyServer: true },
  RekeySoftwareEncryptionAtRestMasterKey: { effect: "create", since: SOFTWARE_ENCRYPTION },
  GetSoftwareEncryptionAtRestInfo: { effect: "read", since: SOFTWARE_ENCRYPTION },
  EnableEncryptionAtRest: { effect: "create", since: "9.6", access: ["clusterAdmin"] },
  DisableEncryptionAtRest: { effect: "create", since: "9.6", access: ["clusterAdmin"] },
  GetEncryptionAtRestInfo: { effect: "read", since: SOFTWARE_ENCRYPTION },
  GetAsyncResult: { effect: "read", since: ANY, access: ["read", "write"] },
  ListAsyncResults: { effect: "read", since: "9.0" },
  ListClusterFaults: { effect: "read", since: ANY, access: ["reporting"] },
  ClearClusterFaults: { effect: "idempotent", since: ANY, access: ["reporting"] },
  ListDrives: { effect: "read", since: ANY, access: ["drives", "read"] },
  AddDrives: { effect: "create", since: ANY, access: ["drives", "write"] },
};

/** Of the accounts that may call `method`, the strongest first. */
export const accessTypesOf = (method: Method): string[] => ["administrator", ...(METHODS[method].access ?? [])];
