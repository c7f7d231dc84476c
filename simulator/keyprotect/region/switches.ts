import type { ServiceMethod } from "../http/methods";
import type { Refusal } from "./refusals";

/** What IBM's sources leave open or contradict, limits, and how long things take. All may change at run time. */
export interface Switches {
  /**
   * Time from the registration of a client certificate until the KMIP port accepts it, and from its removal until the port
   * refuses it. IBM says up to 300. Default 3.
   */
  propagationSeconds: number;
  /** Life of an access token. Default 3600. */
  tokenSeconds: number;
  /** What the header `bluemix-instance` may hold. Default `guid`, as documented. */
  instanceHeader: "guid" | "guidOrCrn";
  /** Media type of bodies: IBM's own, `application/json`, or whichever the request's `accept` names. Default `vendor`. */
  contentType: "vendor" | "plain" | "asked";
  /** A `limit` above a list's maximum: an error, or the maximum instead. Default `refuse`. */
  beyondPageLimit: "refuse" | "cap";
  /** Names of adapters and certificates beyond 2 to 40 characters, the console's limits. Default `refuse`. */
  otherNameLengths: "refuse" | "allow";
  /** What an adapter says of a root key that was named by its alias. Default `id`. */
  rootKeyEcho: "id" | "asGiven";
  /**
   * Deleting an adapter with objects: refused while one of them is in a state from 1 to 4, refused while one is active, or
   * never refused. What is left is destroyed with the adapter. Default `refuseLive`.
   */
  adapterWithObjects: "refuseLive" | "refuseActive" | "destroy";
  /** Deleting a root key with adapters: refused while it is active, in any state, or not at all. Default `active`. */
  rootKeyProtection: "active" | "always" | "never";
  /** Whether `force=true` deletes such a root key all the same. Default false. */
  forceOverridesProtection: boolean;
  /** Whether a certificate comes back as it was given, or as OpenSSL writes it. Default `asGiven`. */
  certificateEcho: "asGiven" | "normalized";
  /** Whether REST knows a KMIP object by KMIP's unique identifier. Default `uniqueIdentifier`. */
  objectID: "uniqueIdentifier" | "own";
  /** Reading a key that is deleted and not purged. Default `shown`. */
  deletedKeys: "shown" | "gone";
  /** Whether aliases of deleted keys stay taken until these are purged. Default true. */
  deletedKeysKeepAliases: boolean;
  /** Default 200. */
  adapterLimit: number;
  /** For each adapter. Default 200. */
  certificateLimit: number;
  /** For each instance, `default` not counted. Default 50. */
  keyRingLimit: number;
  /** Time between two rotations of a key. Default 3600. */
  rotationPauseSeconds: number;
  /** Time from the last action on a key until it may be enabled or restored. Default 30. */
  actionPauseSeconds: number;
  /** Time in which a deleted key can be restored; its material is gone afterwards. Default 30. */
  restoreDays: number;
  /** Time from a key's deletion until it may be purged by hand. Default 4. */
  purgeHours: number;
  /** Time from a key's deletion until nothing is known of it. Default 90. */
  purgeDays: number;
  /** Codes on the wire that differ from the proposed ones. An empty text leaves the reasons out. */
  errorCodes: Partial<Record<Refusal, string>>;
  /** Statuses on the wire that differ from the proposed ones. */
  errorStatuses: Partial<Record<Refusal, number>>;
  /** Calls that the account has no right to. Default none. */
  deniedMethods: ServiceMethod[];
  /** How far the region's clock is ahead; negative when it is behind. Default 0. */
  clockOffsetSeconds: number;
}

export function defaultSwitches(): Switches {
  return {
    propagationSeconds: 3,
    tokenSeconds: 3600,
    instanceHeader: "guid",
    contentType: "vendor",
    beyondPageLimit: "refuse",
    otherNameLengths: "refuse",
    rootKeyEcho: "id",
    adapterWithObjects: "refuseLive",
    rootKeyProtection: "active",
    forceOverridesProtection: false,
    certificateEcho: "asGiven",
    objectID: "uniqueIdentifier",
    deletedKeys: "shown",
    deletedKeysKeepAliases: true,
    adapterLimit: 200,
    certificateLimit: 200,
    keyRingLimit: 50,
    rotationPauseSeconds: 3600,
    actionPauseSeconds: 30,
    restoreDays: 30,
    purgeHours: 4,
    purgeDays: 90,
    errorCodes: {},
    errorStatuses: {},
    deniedMethods: [],
    clockOffsetSeconds: 0,
  };
}
