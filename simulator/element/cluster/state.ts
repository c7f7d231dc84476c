import type {
  ClusterFault,
  Drive,
  EncryptionAtRestState,
  EncryptionKeyInfo,
  KeyPairSubject,
  KeyServerKmip,
  Params,
  RekeyMasterKeyInfo,
} from "../../../provider/systems/element/api/types";
import type { EndpointSecrets } from "../../chassis/endpoint-certificate";

/** Everything of a cluster that outlives its process, but for secrets. */
export interface ClusterState {
  identity: { name: string; uniqueID: string; uuid: string };
  /** Latest id given out of each kind. Ids are never reused. */
  lastIDs: { keyServer: number; keyProvider: number; asyncResult: number; fault: number };
  keyPair?: KeyPairState;
  keyServers: StoredKeyServer[];
  keyProviders: { keyProviderID: number; keyProviderName: string }[];
  softwareEncryption: SoftwareEncryptionState;
  hardwareEncryption: HardwareEncryptionState;
  /** Keys that nothing uses any more but whose key server has not destroyed them yet. They keep their provider active. */
  keysToDestroy: HeldKey[];
  asyncResults: StoredAsyncResult[];
  faults: ClusterFault[];
  drives: Drive[];
  /** Jobs that AddDrives has started and that still run. */
  driveAdditions?: DriveAddition[];
  /** When the cluster is healthy again after drives were added; absent where none ever were. */
  drivesHealthyAt?: string;
}

export interface KeyPairState {
  subject: KeyPairSubject;
  /** SHA-256 of the public key (DER, SubjectPublicKeyInfo), AA:BB:.. */
  fingerprint256: string;
  /** How many pairs the cluster has had. */
  generation: number;
}

/** A key server as it is stored. Whether its provider is active is worked out for each answer. */
export type StoredKeyServer = Omit<KeyServerKmip, "kmipAssignedProviderIsActive">;

/** A key that the cluster uses or has used: on a key server, or in its own secrets. */
export interface HeldKey extends EncryptionKeyInfo {
  keyID: string;
  keyCreatedTime: string;
  /** Identifier on the key server, once it is created there. */
  kmipUid?: string;
}

export interface SoftwareEncryptionState {
  /** Fixed when the cluster is created. */
  enabled: boolean;
  masterKey?: HeldKey;
  /** The data-encryption key: once for each master key that opens it (two in the middle of a rekey). */
  dataKey?: { digest: string; wrapped: { keyID: string; bytes: string }[] };
  /** The rekey that is running. */
  rekey?: RekeyJob;
  /** Completed rekeys. */
  rekeys: number;
  /** The running or latest rekey's handle. */
  asyncResultID?: number;
}

export type RekeyStep = 0 | 1 | 2;

export interface RekeyJob {
  asyncHandle: number;
  startedAt: string;
  /** 0 creates the new key, 1 wraps the data key with it, 2 decommissions the old one. */
  step: RekeyStep;
  newKey: HeldKey;
  oldKey: HeldKey;
  operation: string;
}

export interface HardwareEncryptionState {
  state: EncryptionAtRestState;
  /** Begin of the present state. */
  since: string;
  key?: HeldKey;
}

export interface DriveAddition {
  asyncHandle: number;
  startedAt: string;
  drives: Params<"AddDrives">["drives"];
}

export interface StoredAsyncResult {
  asyncHandle: number;
  resultType: string;
  createTime: string;
  lastUpdateTime: string;
  /** For handles that are unknown for a moment. */
  acceptedAt: string;
  status: "running" | "complete";
  /** Of a running rekey. */
  details?: RekeyMasterKeyInfo;
  result?: Record<string, unknown>;
  error?: { name: string; message: string };
}

export interface ClusterSecrets extends EndpointSecrets {
  username: string;
  password: string;
  /** PEM, PKCS#8. */
  keyPairPrivateKey?: string;
  /** Key ID to key (base64) of keys that no key server holds. */
  internalKeys: Record<string, string>;
}
