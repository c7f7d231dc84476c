/**
 * The wire model of the NetApp Element API, as far as key management needs it: one entry per method, in the API's own
 * names. The simulator implements these same types, so the two cannot drift apart.
 */

/** Answer to a JSON-RPC request: `result` on success, `error` on failure, never both. The HTTP status is 200 for both. */
export interface RpcResponse<Result = unknown> {
  id: string | number | null;
  result?: Result;
  error?: RpcError;
  /** Parameters that the method does not know. Element ignores them instead of refusing the call. */
  unusedParameters?: Record<string, unknown>;
}

export interface RpcError {
  /** 500 for every error of the system. */
  code: number;
  /** Stable identifier such as `xPermissionDenied`. */
  name: string;
  message: string;
}

/** A KMIP key server as the cluster knows it. */
export interface KeyServerKmip {
  /** Assigned by the cluster, unique, never reused. */
  keyServerID: number;
  /** For display only: neither unique nor an identifier. */
  kmipKeyServerName: string;
  /** Several only when they are the nodes of one clustered key server. */
  kmipKeyServerHostnames: string[];
  /** Always told, also when it is the default of 5696. */
  kmipKeyServerPort: number;
  /** CA certificates (PEM, concatenated) that sign the key server's own certificate. */
  kmipCaCertificate: string;
  /** The cluster's signed client certificate (PEM). */
  kmipClientCertificate: string;
  /** Id of the provider that has this server; `null` while none has. */
  keyProviderID: number | null;
  /** Whether keys of that provider are outstanding; `null` while no provider has this server. */
  kmipAssignedProviderIsActive: boolean | null;
}

/** A key provider: the object that keys are created under. */
export interface KeyProviderKmip {
  /** Assigned by the cluster, unique, never reused. */
  keyProviderID: number;
  /** For display only, and there is no method to change it. */
  keyProviderName: string;
  /** Keys that this provider created are outstanding. Derived by the cluster, never set. */
  keyProviderIsActive: boolean;
  /** Ids of its servers: one at most, by the API's reference. */
  keyServerIDs: number[];
  /** Opaque and volatile. */
  kmipCapabilities: string;
}

export type KeyManagementType = "internal" | "external";

/** A key that a cluster uses: who holds it, and which it is. */
export interface EncryptionKeyInfo {
  /** Whether the cluster itself holds it, or a key server. */
  keyManagementType: KeyManagementType;
  /** UUID. Not the KMIP unique identifier: the object on the key server carries it in an attribute. */
  keyID?: string;
  /** Id of the provider that holds it; only when external. */
  keyProviderID?: number;
  /** ISO 8601, the cluster's clock. */
  keyCreatedTime?: string;
}

export type RekeyState = "Ready" | "CreateNewMasterKey" | "RewrapDataEncryptionKeys" | "DecommissionOldMasterKey";

/** Progress and result of RekeySoftwareEncryptionAtRestMasterKey. */
export interface RekeyMasterKeyInfo {
  newKey?: EncryptionKeyInfo;
  keyToDecommission?: EncryptionKeyInfo;
  /** Free text. */
  operation?: string;
  state: RekeyState;
}

export interface SoftwareEncryptionAtRestInfo {
  state?: "enabled" | "disabled";
  /** What the vendor's guide calls `state`. */
  status?: "enabled" | "disabled";
  version: number;
  masterKeyInfo?: EncryptionKeyInfo;
  /** Handle of the running or latest rekey, until its result is deleted. */
  rekeyMasterKeyAsyncResultID?: number;
}

export type EncryptionAtRestState = "disabled" | "enabling" | "enabled" | "disabling";

/** Hardware encryption at rest. */
export interface EncryptionAtRestInfo {
  /** Whether the drives are locked. */
  state: EncryptionAtRestState;
  /** The key that unlocks the drives. */
  authenticationKeyInfo?: EncryptionKeyInfo;
}

/** A failed job also has status `complete`: it is `error` that tells. */
export interface AsyncResult {
  status: "running" | "complete";
  resultType: string;
  createTime: string;
  lastUpdateTime: string;
  /** Only while running. */
  details?: Record<string, unknown>;
  result?: unknown;
  error?: { name: string; message: string };
}

export interface AsyncHandleInfo {
  asyncResultID: number;
  completed: boolean;
  success: boolean;
  createTime: string;
  lastUpdateTime: string;
  resultType: string;
  data: Record<string, unknown>;
}

export interface ClusterInfo {
  /** For display. */
  name: string;
  /** The cluster's identity: short, assigned at creation, never reused. */
  uniqueID: string;
  /** Another identifier, which not every cluster has. */
  uuid: string | null;
  /** Floating address of its management network. */
  mvip: string;
  /** Floating address of its storage network. */
  svip: string;
  /** Hardware encryption at rest. */
  encryptionAtRestState: EncryptionAtRestState;
  /** Software encryption at rest; absent on old clusters. */
  softwareEncryptionAtRestState?: "enabled" | "disabled";
  /** Names and values that administrators gave. */
  attributes: Record<string, unknown>;
  [member: string]: unknown;
}

export interface ClusterVersionInfo {
  clusterAPIVersion: string;
  clusterVersion: string;
  clusterVersionInfo: { nodeID: number; nodeVersion: string; nodeInternalRevision: string }[];
  softwareVersionInfo: Record<string, unknown>;
  pendingClusterVersion?: string;
}

/** Also carries one key named after the current version, with the names of its methods. */
export interface ApiInfo {
  currentVersion: string;
  supportedVersions: string[];
  [version: string]: string | string[];
}

export type FaultSeverity = "bestPractice" | "warning" | "error" | "critical";

/** What a cluster finds wrong with itself. */
export interface ClusterFault {
  /** Assigned by the cluster. */
  clusterFaultID: number;
  /** Such as `kmipServerFault`; documents differ in letter case. */
  code: string;
  /** What it is about. */
  type: "node" | "drive" | "cluster" | "service" | "volume";
  /** How grave it is; `bestPractice` is no fault but advice. */
  severity: FaultSeverity;
  /** Free text. */
  details: string;
  /** More, depending on the code. */
  data: Record<string, unknown> | null;
  /** When it was found, ISO 8601. */
  date: string;
  /** Its cause is gone. */
  resolved: boolean;
  /** ISO 8601; empty while unresolved. */
  resolvedDate: string;
  /** 0 when it is about no single node. */
  nodeID: number;
  /** 0 when it is about no hardware of a node. */
  nodeHardwareFaultID: number;
  /** 0 when it is about no single service. */
  serviceID: number;
  /** The first of {@link driveIDs}, or 0. */
  driveID: number;
  /** The drives that it is about; empty when it is about none. */
  driveIDs: number[];
  /** An upgrade of the cluster is refused while it stands. */
  blocksUpgrade: boolean;
  /** What outside of the cluster reported it, if anything did. */
  externalSource: string;
  /** The interface that it is about, if any. */
  networkInterface: string;
}

export type DriveStatus = "available" | "active" | "erasing" | "failed" | "removing";

export interface Drive {
  driveID: number;
  nodeID: number;
  status: DriveStatus;
  type: "volume" | "block" | "unknown";
  serial: string;
  slot: number;
  chassisSlot: string;
  capacity: number;
  usableCapacity: number;
  segmentFileSize: number;
  driveFailureDetail: string;
  driveSecurityFaultReason: string;
  keyID: string | null;
  keyProviderID: number | null;
  attributes: Record<string, unknown> | null;
}

/** Subject of the cluster's key pair, in the API's parameter names. */
export interface KeyPairSubject {
  commonName?: string;
  organization?: string;
  organizationalUnit?: string;
  locality?: string;
  state?: string;
  country?: string;
  emailAddress?: string;
}

export interface KeyServerParams {
  kmipCaCertificate: string;
  kmipClientCertificate: string;
  kmipKeyServerHostnames: string[];
  kmipKeyServerName: string;
  /** 5696 when left out. */
  kmipKeyServerPort?: number;
}

type NoParams = Record<string, never>;
type Empty = Record<string, never>;

/** Every method: its parameters and its result. */
export interface Methods {
  GetAPI: { params: NoParams; result: ApiInfo };
  GetClusterInfo: { params: NoParams; result: { clusterInfo: ClusterInfo } };
  GetClusterVersionInfo: { params: NoParams; result: ClusterVersionInfo };

  CreatePublicPrivateKeyPair: { params: KeyPairSubject; result: Empty };
  GetClientCertificateSignRequest: { params: NoParams; result: { clientCertificateSignRequest: string } };

  CreateKeyServerKmip: { params: KeyServerParams; result: { kmipKeyServer: KeyServerKmip } };
  ModifyKeyServerKmip: {
    params: { keyServerID: number } & Partial<KeyServerParams>;
    result: { kmipKeyServer: KeyServerKmip };
  };
  DeleteKeyServerKmip: { params: { keyServerID: number }; result: Empty };
  GetKeyServerKmip: { params: { keyServerID: number }; result: { kmipKeyServer: KeyServerKmip } };
  ListKeyServersKmip: {
    params: { keyProviderID?: number; kmipAssignedProviderIsActive?: boolean; kmipHasProviderAssigned?: boolean };
    result: { kmipKeyServers: KeyServerKmip[] };
  };
  TestKeyServerKmip: { params: { keyServerID: number }; result: Empty };

  CreateKeyProviderKmip: { params: { keyProviderName: string }; result: { kmipKeyProvider: KeyProviderKmip } };
  DeleteKeyProviderKmip: { params: { keyProviderID: number }; result: Empty };
  GetKeyProviderKmip: { params: { keyProviderID: number }; result: { kmipKeyProvider: KeyProviderKmip } };
  ListKeyProvidersKmip: {
    params: { keyProviderIsActive?: boolean; kmipKeyProviderHasServerAssigned?: boolean };
    result: { kmipKeyProviders: KeyProviderKmip[] };
  };
  AddKeyServerToProviderKmip: { params: { keyProviderID: number; keyServerID: number }; result: Empty };
  RemoveKeyServerFromProviderKmip: { params: { keyServerID: number }; result: Empty };
  TestKeyProviderKmip: { params: { keyProviderID: number }; result: Empty };

  RekeySoftwareEncryptionAtRestMasterKey: {
    params: { keyManagementType?: "Internal" | "External" | KeyManagementType; keyProviderID?: number };
    result: { asyncHandle: number };
  };
  GetSoftwareEncryptionAtRestInfo: { params: NoParams; result: SoftwareEncryptionAtRestInfo };
  EnableEncryptionAtRest: { params: { keyProviderID?: number }; result: Empty };
  DisableEncryptionAtRest: { params: NoParams; result: Empty };
  GetEncryptionAtRestInfo: { params: NoParams; result: EncryptionAtRestInfo };

  GetAsyncResult: { params: { asyncHandle: number; keepResult?: boolean }; result: AsyncResult };
  ListAsyncResults: { params: { asyncResultTypes?: string[] }; result: { asyncHandles: AsyncHandleInfo[] } };

  ListClusterFaults: {
    params: { bestPractices?: boolean; faultTypes?: "current" | "resolved" | "all" };
    result: { faults: ClusterFault[] };
  };
  ClearClusterFaults: { params: { faultTypes?: "current" | "resolved" | "all" }; result: Empty };
  ListDrives: { params: NoParams; result: { drives: Drive[] } };
  AddDrives: {
    params: { drives: { driveID: number; type?: "slice" | "block" | "volume" }[] };
    result: { asyncHandle: number };
  };
}

export type Method = keyof Methods;
export type Params<M extends Method> = Methods[M]["params"];
export type Result<M extends Method> = Methods[M]["result"];
