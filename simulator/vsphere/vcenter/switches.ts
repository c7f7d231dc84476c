import type { Method } from "../methods";
import type { Refusal } from "./errors";

/** What VMware's sources leave open, and how long things take. All may change at run time. */
export interface Switches {
  /**
   * Time between two checks of a provider's servers, and from a change of it until the next one: what the APIs say of its
   * health is that old. Default 2.
   */
  healthLagSeconds: number;
  /** What health is said after a change until the next check: none yet, or what it was before. Default `none`. */
  healthAfterChange: "none" | "before";
  /** Health of a trusted provider with servers both good and bad. Default `WARNING`. */
  mixedHealth: "WARNING" | "ERROR" | "OK";
  /** How long a key server may take to answer, where the provider does not say. Default 5. */
  keyServerTimeoutSeconds: number;
  /** Whether a trusted certificate vouches for those that it has signed. Default false: only for itself. */
  trustsIssued: boolean;
  /** How long a task of the REST API takes. Default 0.1. */
  taskSeconds: number;
  /** How long a finished task can be asked for. Default 3600. */
  taskRetentionSeconds: number;
  /** Where a task that is refused says so: in the answer to the request, or in the failed task. Default `http`. */
  errorChannel: "http" | "task";
  /** What a call gets that is only there as a task, without `vmw-task=true`. Default `refuse`. */
  withoutTaskParameter: "refuse" | "startTask";
  /** Whether a task's operation is written with its suffix: `create$task`. Default false. */
  taskOperationSuffix: boolean;
  /** Asking for a client certificate, or a request, before there is any: an error, or an empty text. Default `notFound`. */
  missingCertificate: "notFound" | "empty";
  /** A certificate that does not fit the last request: refused, or taken without its key. Default `refuse`. */
  mismatchedCertificate: "refuse" | "accept";
  /** A `private_key` absent beside a certificate means that it answers the last request. Default `signedRequest`. */
  certificateWithoutKey: "signedRequest" | "refuse";
  /** Whether an empty description or user name clears it, or is left as it was. Default true. */
  emptyTextClears: boolean;
  /** Whether a trusted provider may lose its last server. Default false. */
  emptyServerList: boolean;
  /** Whether an update of a standard provider's server leaves what it does not say, or replaces the entry. Default `merge`. */
  serverUpdate: "merge" | "replace";
  /** What becomes of data when a trusted provider gets another primary key. Default `readable`, as long as the old one is there. */
  afterPrimaryKeyChange: "readable" | "lost";
  /** Whether deleting a trusted provider is refused while machines or hosts of this vCenter use it. Default false. */
  protectsUsedTrustedProvider: boolean;
  /** Whether unregistering a provider is refused while machines or hosts use it. Default false. */
  protectsUsedProvider: boolean;
  /** Whether unregistering the default provider is refused. Default false. */
  protectsDefaultProvider: boolean;
  /** Whether a standard provider goes with its last server. Default false. */
  lastServerEndsProvider: boolean;
  /** Whether asking for the default where there is none is an error, as simulators of others say. Default false. */
  noDefaultIsFault: boolean;
  /** HTTP statuses of the REST API that differ from the usual ones, by cause; `noSuchPath` is Trust Authority's from 9.0 on. */
  errorStatuses: Partial<Record<Refusal, number>>;
  /** Sessions end when they are not used for so long. Default 1800. */
  sessionIdleSeconds: number;
  /** Calls that the user has no right to. Default none. */
  deniedMethods: Method[];
  /** How far this vCenter's clock is ahead; negative when it is behind. Default 0. */
  clockOffsetSeconds: number;
}

export function defaultSwitches(): Switches {
  return {
    healthLagSeconds: 2,
    healthAfterChange: "none",
    mixedHealth: "WARNING",
    keyServerTimeoutSeconds: 5,
    trustsIssued: false,
    taskSeconds: 0.1,
    taskRetentionSeconds: 3600,
    errorChannel: "http",
    withoutTaskParameter: "refuse",
    taskOperationSuffix: false,
    missingCertificate: "notFound",
    mismatchedCertificate: "refuse",
    certificateWithoutKey: "signedRequest",
    emptyTextClears: true,
    emptyServerList: false,
    serverUpdate: "merge",
    afterPrimaryKeyChange: "readable",
    protectsUsedTrustedProvider: false,
    protectsUsedProvider: false,
    protectsDefaultProvider: false,
    lastServerEndsProvider: false,
    noDefaultIsFault: false,
    errorStatuses: {},
    sessionIdleSeconds: 1800,
    deniedMethods: [],
    clockOffsetSeconds: 0,
  };
}
