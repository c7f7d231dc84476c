import type { KeyState } from "../../../provider/systems/keyprotect/api/types";
import type { ReadCertificate } from "../certificate-life";
import type { ProtectingKey } from "../key-user";

/** What a Key Protect instance says of itself: from root keys over adapters to their clients. */
export interface InstanceFacts {
  /** GUID: never given to another instance. */
  instanceID: string;
  /** Where the region speaks KMIP. */
  kmip: { hostname: string; port: number };
  rootKeys: RootKeyFacts[];
  adapters: AdapterFacts[];
}

/** A customer root key (CRK), in the HSM. */
export interface RootKeyFacts {
  id: string;
  name: string;
  /** Only an active key wraps and unwraps. `gone` for one that an adapter names and the instance does not know. */
  state: KeyState | "gone";
  /** ID of the version that wraps at present. */
  version?: string;
  /** When that version was made: the last rotation, or the create of a key that was never rotated. */
  versionCreated?: string;
  /** Whole days from then to the time of the report. */
  ageDays?: number;
  /** Absent for a key that does not end. */
  ends?: string;
  /** What a destroy does with it, by the state that was given; absent where that has no such resource. */
  onDelete?: string;
}

/** A KMIP adapter: the keys in it (KEK) are wrapped under its root key. */
export interface AdapterFacts {
  id: string;
  name: string;
  /** ID of its root key. */
  rootKey: string;
  created: string;
  /** How many keys clients have in it, not destroyed. */
  keys: number;
  /** As with a root key. */
  onDelete?: string;
  clients: ClientFacts[];
}

/** A registered client certificate. */
export interface ClientFacts extends ReadCertificate {
  id: string;
  /** Of the registration. */
  name: string;
  registered: string;
  /** A later registration of the same client follows it, and it is accepted all the same. */
  superseded: boolean;
  /** How many keys of the adapter it has made. */
  keys: number;
  /** As with a root key. */
  onDelete?: string;
  /** What of this report's systems presents it, at this region's KMIP endpoint. */
  users: KeyUserFacts[];
}

export interface KeyUserFacts {
  /** In words, such as `cluster "storage-1"`. */
  system: string;
  /** What of it is the client, such as `key server 3 "kms"`. */
  client: string;
  /** The keys that it has there, with what they protect. */
  keys: ProtectingKey[];
}
