import type { CertificateDescription } from "../../../provider/pki";
import type { EncryptionAtRestState, FaultSeverity } from "../../../provider/systems/element/api/types";
import type { CertificateLife } from "../certificate-life";

/** What a cluster says of itself. */
export interface ClusterFacts {
  name: string;
  /** Its identity: never given to another cluster. */
  uniqueID: string;
  /** Version of the Element software. */
  clusterVersion: string;
  apiVersion: string;
  softwareEncryption: SoftwareEncryptionFacts;
  hardwareEncryption: HardwareEncryptionFacts;
  /** With which the cluster authenticates to its key servers. Absent before there is one. */
  keyPair?: KeyPairFacts;
  keyProviders: KeyProviderFacts[];
  keyServers: KeyServerFacts[];
  certificates: CertificateFacts[];
  /** Open ones. */
  faults: FaultFacts[];
}

export interface SoftwareEncryptionFacts {
  /** `untold` by clusters before API 12.3. */
  state: "enabled" | "disabled" | "untold";
  masterKey?: KeyFacts;
  /** Absent where the cluster has no record of one: the key's own time is then all there is. */
  lastRekey?: RekeyFacts;
}

export interface HardwareEncryptionFacts {
  state: EncryptionAtRestState;
  /** The key that unlocks the drives; absent while encryption is disabled. */
  key?: KeyFacts;
}

export interface KeyFacts {
  holder: HolderFacts;
  keyID?: string;
  /** By the cluster's clock, where it tells. */
  created?: string;
  /** Whole days from `created` to the time of the report. */
  ageDays?: number;
}

/** Who holds a key: the cluster itself, or a key provider. */
export type HolderFacts = { kind: "internal" } | { kind: "keyProvider"; id: number; name?: string };

export interface RekeyFacts {
  asyncHandle: number;
  state: "running" | "succeeded" | "failed";
  started?: string;
  /** Absent while it runs. */
  ended?: string;
  /** In the cluster's own words. */
  error?: string;
}

export interface KeyPairFacts {
  subject: string;
  publicKeyFingerprint: string;
}

export interface KeyProviderFacts {
  id: number;
  name: string;
  /** Keys that it made are outstanding. */
  active: boolean;
  keyServers: number[];
  /** The keys in use that it holds. */
  holds: HeldKey[];
}

export type HeldKey = "masterKey" | "hardwareEncryptionKey";

export interface KeyServerFacts {
  id: number;
  name: string;
  hostnames: string[];
  port: number;
  /** Id of its provider; `null` while it has none. */
  keyProvider: number | null;
  /** The cluster's test passed while the report was made. */
  usable: boolean;
  /** Why it did not. */
  failure?: string;
  /** Why certificates of it are not among those of the report. */
  unreadable: string[];
}

export interface CertificateFacts extends CertificateDescription, CertificateLife {
  /**
   * With `client` the cluster authenticates to the key server, with `authority` it verifies the key server; `issuer` follows
   * the client certificate, and issued it.
   */
  purpose: "client" | "issuer" | "authority";
  /** Ids of the key servers that have it. */
  keyServers: number[];
  /** Whether a client certificate was issued for the cluster's present key pair: no other one works. */
  isForKeyPair?: boolean;
}

export interface FaultFacts {
  id: number;
  /** Such as `kmipServerFault`. */
  code: string;
  severity: FaultSeverity;
  details: string;
  /** When the cluster found it. */
  found?: string;
}
