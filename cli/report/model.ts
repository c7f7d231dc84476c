import type { TlsVerification } from "../../provider/connections/https/settings";
import type { CertificateDescription } from "../../provider/pki";
import type { EncryptionAtRestState, FaultSeverity } from "../../provider/systems/element/api/types";

/**
 * What `ekm report` writes as JSON. Times are ISO 8601. Within a schema members are only added; one that goes or changes
 * its meaning makes a new schema.
 */
export interface Report {
  schema: 1;
  /** When the clusters were read, by the clock of the machine that read them. */
  created: string;
  /** Name and version of the package that wrote it. */
  writtenBy: string;
  clusters: ClusterReport[];
  /** Absent where no state was given to compare with. */
  drift?: DriftReport;
  /** What somebody should look at, out of all that follows. */
  findings: Finding[];
}

export interface Finding {
  kind: FindingKind;
  /** Name of the cluster's connection; absent for what is about none. */
  cluster?: string;
  /** In words. */
  text: string;
}

/**
 * - `unread`: what the report does not tell, because it could not be read
 * - `drift`: what was changed since the last `up`
 * - `faults`: open faults of a cluster, and key servers that it cannot use
 * - `certificates`: certificates that do not work, or no longer
 * - `notice`: what does no harm yet
 */
export type FindingKind = "unread" | "drift" | "faults" | "certificates" | "notice";

export interface ClusterReport {
  /** Name of the connection. */
  connection: string;
  /** Absent where the connection's settings cannot be used. */
  endpoint?: string;
  /** What stands behind the identity of the cluster's TLS endpoint. */
  tlsVerification?: TlsVerification;
  /** Why the cluster could not be read. */
  failure?: Failure;
  /** Absent after a failure. */
  facts?: ClusterFacts;
}

export interface Failure {
  /** Such as `EKM_CONNECTION_UNREACHABLE`. */
  code: string;
  message: string;
}

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

export interface CertificateFacts extends CertificateDescription {
  /**
   * With `client` the cluster authenticates to the key server, with `authority` it verifies the key server; `issuer` follows
   * the client certificate, and issued it.
   */
  purpose: "client" | "issuer" | "authority";
  /** Ids of the key servers that have it. */
  keyServers: number[];
  /** `endsSoon` within the last tenth of its validity, at most 30 days, or within the days that `--days` names. */
  status: "valid" | "endsSoon" | "ended" | "notYetValid";
  /** Whole days from the time of the report to its end; negative after it. */
  daysLeft: number;
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

/** The resources of a stack beside what the clusters have now: what `pulumi preview --refresh` would say. */
export interface DriftReport {
  project: string;
  stack: string;
  /** When state was last written. */
  recorded?: string;
  /** How many resources were not compared because they are on clusters that were not asked for; absent where there is none. */
  leftOut?: number;
  resources: ResourceReport[];
}

export interface ResourceReport {
  urn: string;
  /** Such as `element:KeyServer`. */
  type: string;
  name: string;
  id: string;
  /** Name of the cluster's connection; absent for what lives on none. */
  cluster?: string;
  verdict: Verdict;
  /** Of a changed resource. */
  differences: Difference[];
  /** What the next `up` would do about it, in the words of a preview. */
  plan: string[];
  /** Why it could not be compared. */
  failure?: Failure;
}

/**
 * - `same`: as the last `up` left it
 * - `changed`: somebody changed it
 * - `missing`: the cluster has it no more
 * - `due`: unchanged, but the next `up` has something to do, such as a renewal
 * - `unread`: it could not be compared
 */
export type Verdict = "same" | "changed" | "missing" | "due" | "unread";

export interface Difference {
  property: string;
  /** Its value and the present one are secrets, and are left out. */
  secret?: true;
  /** After the last `up`. */
  recorded?: unknown;
  /** Now. */
  observed?: unknown;
}
