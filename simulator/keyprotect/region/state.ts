import type { ManagedObject } from "../../../kmip";
import type { EndpointSecrets } from "../../chassis/endpoint-certificate";

/** Everything of a region that outlives its process, but for secrets. Moments are ISO texts to the millisecond. */
export interface RegionState {
  name: string;
  /** The account that owns every instance: 32 hexadecimal digits. */
  account: string;
  /** IAM id of the service ID that the API key belongs to. */
  owner: string;
  instances: Instance[];
  /** Client certificates that were removed, until no KMIP port can take them for registered any more. */
  removedCertificates: RemovedCertificate[];
}

export interface Instance {
  guid: string;
  crn: string;
  keys: Key[];
  /** Without the ring `default`, which every instance has. */
  keyRings: KeyRing[];
  adapters: Adapter[];
}

export interface KeyRing {
  id: string;
  createdAt: string;
  createdBy: string;
}

export interface KeyVersion {
  id: string;
  createdAt: string;
}

/** Deactivated is what an active or suspended key is from its expiration date on. */
export interface Key {
  id: string;
  name: string;
  description: string;
  aliases: string[];
  extractable: boolean;
  imported: boolean;
  keyRing: string;
  state: "active" | "suspended" | "destroyed";
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  rotatedAt?: string;
  expiresAt?: string;
  deletedAt?: string;
  deletedBy?: string;
  /** Oldest first; the last is in use. Their material is among the secrets. */
  versions: KeyVersion[];
}

/** Who did something, and when. */
export interface Act {
  at: string;
  by: string;
}

/** The same for a KMIP object: whoever speaks KMIP is known by the certificate alone. */
export interface ObjectAct extends Act {
  certificate?: string;
}

export interface Adapter {
  id: string;
  name: string;
  description: string;
  /** Of the root key. */
  keyID: string;
  /** As the request has named it: an id or an alias. */
  keyGiven: string;
  created: Act;
  updated: Act;
  certificates: ClientCertificate[];
  objects: KmipObject[];
}

export interface ClientCertificate {
  id: string;
  name: string;
  /** As it was given. */
  pem: string;
  /** SHA-256 of the DER, AA:BB:.. */
  fingerprint256: string;
  created: Act;
}

export interface RemovedCertificate {
  fingerprint256: string;
  certificateID: string;
  adapterID: string;
  registeredAt: string;
  removedAt: string;
}

/** A KMIP object: as KMIP knows it, and how it came about. */
export interface KmipObject {
  /** By which REST knows it. */
  id: string;
  managed: Omit<ManagedObject, "dates"> & { dates: { [Name in keyof ManagedObject["dates"]]: string } };
  /** Sealed, base64, until the object is destroyed. */
  material?: string;
  created: ObjectAct;
  updated: ObjectAct;
  destroyed?: ObjectAct;
}

export interface RegionSecrets extends EndpointSecrets {
  apiKey: string;
  /** Signs tokens; with another one, those that are out are refused. Base64. */
  tokenKey: string;
  /** Key and certificate of IAM's own endpoint, once it has had one. */
  iam?: EndpointSecrets;
  /** Base64 of each key version's material, by the version's id. */
  material: Record<string, string>;
}
