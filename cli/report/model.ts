import type { TlsVerification } from "../../provider/connections/https/settings";
import type { ClusterFacts } from "./element/facts";
import type { InstanceFacts } from "./keyprotect/facts";
import type { VcenterFacts } from "./vsphere/facts";

export type * from "./certificate-life";
export type * from "./element/facts";
export type * from "./keyprotect/facts";
export type * from "./vsphere/facts";

/**
 * What `ekm report` writes as JSON. Times are ISO 8601. Within a schema members are only added; one that goes or changes
 * its meaning makes a new schema.
 */
export interface Report extends SystemReports {
  schema: 1;
  /** When the systems were read, by the clock of the machine that read them. */
  created: string;
  /** Name and version of the package that wrote it. */
  writtenBy: string;
  /** Absent where no state was given to compare with. */
  drift?: DriftReport;
  /** What somebody should look at, out of all that follows. */
  findings: Finding[];
}

/** What was read, by kind of system. */
export interface SystemReports {
  clusters: ClusterReport[];
  /** IBM Key Protect instances. */
  instances: InstanceReport[];
  vcenters: VcenterReport[];
}

/** The name of the connection to a system, by what such a system is called; none of them for what is about no system. */
export interface SystemNames {
  cluster?: string;
  instance?: string;
  vcenter?: string;
}

export interface Finding extends SystemNames {
  kind: FindingKind;
  /** In words. */
  text: string;
}

/**
 * - `unread`: what the report does not tell, because it could not be read
 * - `drift`: what was changed since the last `up`
 * - `faults`: open faults of a cluster, key servers that it or a vCenter cannot use, and root keys that
 *   adapters need and that do not wrap
 * - `certificates`: certificates that do not work, or no longer
 * - `notice`: what does no harm yet
 */
export type FindingKind = "unread" | "drift" | "faults" | "certificates" | "notice";

export type ClusterReport = SystemReport<ClusterFacts>;
export type InstanceReport = SystemReport<InstanceFacts>;
export type VcenterReport = SystemReport<VcenterFacts>;

export interface SystemReport<Facts> {
  /** Name of the connection. */
  connection: string;
  /** Absent where the connection's settings cannot be used. */
  endpoint?: string;
  /** What stands behind the identity of the system's TLS endpoint. */
  tlsVerification?: TlsVerification;
  /** Why the system could not be read. */
  failure?: Failure;
  /** Absent after a failure. */
  facts?: Facts;
}

export interface Failure {
  /** Such as `EKM_CONNECTION_UNREACHABLE`. */
  code: string;
  message: string;
}

/** The resources of a stack beside what the systems have now: what `pulumi preview --refresh` would say. */
export interface DriftReport {
  project: string;
  stack: string;
  /** When state was last written. */
  recorded?: string;
  /** How many resources were not compared because they are on systems that were not asked for; absent where there is none. */
  leftOut?: number;
  resources: ResourceReport[];
}

export interface ResourceReport extends SystemNames {
  urn: string;
  /** Such as `element:KeyServer`. */
  type: string;
  name: string;
  id: string;
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
 * - `missing`: the system has it no more
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
