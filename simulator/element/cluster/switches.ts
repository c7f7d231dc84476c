import type { Method, RekeyState } from "../../../provider/systems/element/api/types";
import type { Refusal } from "./refusals";

/**
 * Choices where the vendor's documents are silent or contradict each other, and durations. All may change at run time.
 */
export interface Switches {
  /** Duration of a rekey. A job that is running follows a change. Default 3. */
  rekeySeconds: number;
  /** States that a rekey reports for its three steps and its end, in this order. */
  rekeyStates: [RekeyState, RekeyState, RekeyState, RekeyState];
  /** State whose beginning makes GetSoftwareEncryptionAtRestInfo report the new key. Default `DecommissionOldMasterKey`. */
  masterKeyFlip: "DecommissionOldMasterKey" | "Ready";
  /** Duration of enabling and of disabling hardware encryption. Default 1. */
  hardwareEncryptionSeconds: number;
  /** EnableEncryptionAtRest on a cluster where it is enabled: a success that changes nothing, or an error. Default `ignore`. */
  enableWhileEnabled: "ignore" | "refuse";
  /**
   * Whether the cluster can have hardware encryption: not with a node of a model that ends in `-NE`, nor on a Demo VM.
   * Default `supported`.
   */
  hardwareEncryption: "supported" | "nonEncryptableNode" | "demo";
  /** Enabling and disabling hardware encryption while a metadata service is unhealthy. Default `refuse`. */
  toggleWhileUnhealthy: "allow" | "refuse";
  /** A provider may hold several servers (older SDK text) instead of one (API reference). Default false. */
  multipleServersPerProvider: boolean;
  /** Names on the wire that differ from the proposed ones. */
  errorNames: Partial<Record<Refusal, string>>;
  /** Member of GetSoftwareEncryptionAtRestInfo that says `enabled`. Default `state`, the API reference's. */
  stateMember: "state" | "status" | "both";
  /** Emit the CSR's version field as 2, as Element 11.7 did, instead of 0. Default false. */
  csrVersion2: boolean;
  /** Answer for an async handle that does not exist (any more). Default: the answer of live clusters. */
  unknownHandleError: "xAsyncHandleDoesNotExist" | "xDBNoSuchPath";
  /** Time for which a new async handle is unknown to GetAsyncResult. Default 0. */
  handleVisibleAfterMs: number;
  /** Age up to which ListClusterFaults answers from its cache. Default 30, as on Element. */
  faultCacheSeconds: number;
  /** Remaining validity below which a certificate raises kmipCertificateFault. Default 30. */
  certificateWarningDays: number;
  /** Duration of the job that AddDrives starts: its drives are active at its end. Default 0. */
  addDrivesSeconds: number;
  /** Time from the end of that job until the cluster is healthy again. Default 180. */
  driveRecoverySeconds: number;
  /** Newest API version that the cluster speaks. Older ones are served as well. Default `12.3`. */
  apiVersion: string;
  /**
   * The demand of CreateKeyServerKmip and ModifyKeyServerKmip on certificates: none, that they are certificates, or
   * also that the client certificate belongs to the cluster's key pair. Default `none`.
   */
  certificateValidation: "none" | "syntax" | "keyPair";
  /**
   * Whether the cluster presents to a key server the issuers that follow its client certificate in the text. No
   * document says so. Default true.
   */
  presentsIssuers: boolean;
  /** CreatePublicPrivateKeyPair while a provider is active. Default `allow`: nothing says that the API blocks it. */
  keyPairWhileActive: "allow" | "refuse";
  /** Deadline for each contact with a key server. Default 5000. */
  kmipTimeoutMs: number;
  /** Methods that the account has no right to call. Default none. */
  deniedMethods: Method[];
  /** How far the cluster's clock is ahead; negative when it is behind. Default 0. */
  clockOffsetSeconds: number;
}

export function defaultSwitches(): Switches {
  return {
    rekeySeconds: 3,
    rekeyStates: ["CreateNewMasterKey", "RewrapDataEncryptionKeys", "DecommissionOldMasterKey", "Ready"],
    masterKeyFlip: "DecommissionOldMasterKey",
    hardwareEncryptionSeconds: 1,
    enableWhileEnabled: "ignore",
    hardwareEncryption: "supported",
    toggleWhileUnhealthy: "refuse",
    multipleServersPerProvider: false,
    errorNames: {},
    stateMember: "state",
    csrVersion2: false,
    unknownHandleError: "xAsyncHandleDoesNotExist",
    handleVisibleAfterMs: 0,
    faultCacheSeconds: 30,
    certificateWarningDays: 30,
    addDrivesSeconds: 0,
    driveRecoverySeconds: 180,
    apiVersion: "12.3",
    certificateValidation: "none",
    presentsIssuers: true,
    keyPairWhileActive: "allow",
    kmipTimeoutMs: 5000,
    deniedMethods: [],
    clockOffsetSeconds: 0,
  };
}
