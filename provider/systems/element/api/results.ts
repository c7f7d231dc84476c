import {
  integer,
  listOf,
  name,
  object,
  oneOf,
  optional,
  orElse,
  record,
  type Shape,
  text,
  time,
  truth,
  version,
} from "../../../connections/https/shapes";
import type {
  ApiInfo,
  AsyncHandleInfo,
  AsyncResult,
  ClusterFault,
  ClusterInfo,
  ClusterVersionInfo,
  Drive,
  DriveStatus,
  EncryptionAtRestInfo,
  EncryptionKeyInfo,
  FaultSeverity,
  KeyProviderKmip,
  KeyServerKmip,
  Method,
  Result,
  SoftwareEncryptionAtRestInfo,
} from "./types";

/** IANA's port for KMIP, and what the cluster fills in. */
export const KMIP_PORT = 5696;

const keyServer = object<KeyServerKmip>({
  keyServerID: integer,
  kmipKeyServerName: text,
  kmipKeyServerHostnames: listOf(text),
  kmipKeyServerPort: orElse(integer, KMIP_PORT),
  kmipCaCertificate: text,
  kmipClientCertificate: text,
  keyProviderID: orElse(integer, null),
});

const keyProvider = object<KeyProviderKmip>({
  keyProviderID: integer,
  keyProviderName: text,
  keyProviderIsActive: truth,
  keyServerIDs: listOf(integer),
});

const anyKey = object<EncryptionKeyInfo>({
  keyManagementType: oneOf("internal", "external"),
  keyID: optional(name),
  keyProviderID: optional(integer),
  keyCreatedTime: optional(time),
});

/** An external key must name its provider, or it would be taken for an internal key. */
const heldKey: Shape<EncryptionKeyInfo> = (value, path) => {
  const key = anyKey(value, path);
  if (key.keyManagementType === "external") integer(key.keyProviderID, `${path}.keyProviderID`);
  return key;
};

const encryptionAtRestState = oneOf("disabled", "enabling", "enabled", "disabling");
const onOrOff = oneOf("enabled", "disabled");

const anySoftwareEncryption = object<SoftwareEncryptionAtRestInfo>({
  state: optional(onOrOff),
  status: optional(onOrOff),
  masterKeyInfo: optional(heldKey),
  rekeyMasterKeyAsyncResultID: optional(integer),
});

/** The reference names the member `state`, the vendor's guide `status`. Where it is on, there is a master key. */
const softwareEncryption: Shape<SoftwareEncryptionAtRestInfo> = (value, path) => {
  const info = anySoftwareEncryption(value, path);
  const state = onOrOff(info.state ?? info.status, `${path}.state`);
  if (state === "enabled") name(info.masterKeyInfo?.keyID, `${path}.masterKeyInfo.keyID`);
  return { ...info, state };
};

const asyncResult = object<AsyncResult>({
  status: oneOf("running", "complete"),
  details: optional(record),
  error: optional(object({ name: text, message: text })),
});

const asyncHandle = object({ asyncHandle: integer });
const nothing = record as Shape<Record<string, never>>;

/** The members of each method's result that the provider relies on. */
export const RESULTS: { readonly [M in Method]: Shape<Result<M>> } = {
  GetAPI: object<ApiInfo>({ currentVersion: version }),
  GetClusterInfo: object({
    clusterInfo: object<ClusterInfo>({
      name: text,
      uniqueID: name,
      encryptionAtRestState: orElse(encryptionAtRestState, "disabled"),
    }),
  }),
  GetClusterVersionInfo: object<ClusterVersionInfo>({ clusterAPIVersion: version }),
  CreatePublicPrivateKeyPair: nothing,
  GetClientCertificateSignRequest: object({ clientCertificateSignRequest: text }),
  CreateKeyServerKmip: object({ kmipKeyServer: keyServer }),
  ModifyKeyServerKmip: object({ kmipKeyServer: keyServer }),
  DeleteKeyServerKmip: nothing,
  GetKeyServerKmip: object({ kmipKeyServer: keyServer }),
  ListKeyServersKmip: object({ kmipKeyServers: listOf(keyServer) }),
  TestKeyServerKmip: nothing,
  CreateKeyProviderKmip: object({ kmipKeyProvider: keyProvider }),
  DeleteKeyProviderKmip: nothing,
  GetKeyProviderKmip: object({ kmipKeyProvider: keyProvider }),
  ListKeyProvidersKmip: object({ kmipKeyProviders: listOf(keyProvider) }),
  AddKeyServerToProviderKmip: nothing,
  RemoveKeyServerFromProviderKmip: nothing,
  TestKeyProviderKmip: nothing,
  RekeySoftwareEncryptionAtRestMasterKey: asyncHandle,
  GetSoftwareEncryptionAtRestInfo: softwareEncryption,
  EnableEncryptionAtRest: nothing,
  DisableEncryptionAtRest: nothing,
  GetEncryptionAtRestInfo: object<EncryptionAtRestInfo>({
    state: encryptionAtRestState,
    authenticationKeyInfo: optional(heldKey),
  }),
  GetAsyncResult: asyncResult,
  ListAsyncResults: object({
    asyncHandles: listOf(object<AsyncHandleInfo>({ asyncResultID: integer, completed: truth, resultType: text })),
  }),
  ListClusterFaults: object({
    faults: listOf(
      object<ClusterFault>({
        clusterFaultID: integer,
        code: text,
        type: text as Shape<ClusterFault["type"]>,
        severity: text as Shape<FaultSeverity>,
        details: text,
        resolved: truth,
      }),
    ),
  }),
  ClearClusterFaults: nothing,
  ListDrives: object({
    drives: listOf(
      object<Drive>({
        driveID: integer,
        nodeID: integer,
        status: text as Shape<DriveStatus>,
        keyProviderID: orElse(integer, null),
      }),
    ),
  }),
  AddDrives: asyncHandle,
};
