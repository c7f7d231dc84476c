/** State of a key. The numbers are not those of KMIP objects. */
export const KEY_STATES = { 0: "preActive", 1: "active", 2: "suspended", 3: "deactivated", 5: "destroyed" } as const;
export type KeyState = (typeof KEY_STATES)[keyof typeof KEY_STATES];

/** A key of the instance. Not extractable, it is a root key. */
export interface Key {
  id: string;
  name: string;
  description?: string;
  aliases?: string[];
  state: KeyState;
  extractable: boolean;
  crn: string;
  imported: boolean;
  creationDate: string;
  /** Of the last rotation. */
  lastRotateDate?: string;
  /** What wraps at present. */
  keyVersion?: { id: string; creationDate?: string };
  keyRingID?: string;
  expirationDate?: string;
}

export interface KmipAdapter {
  id: string;
  name: string;
  description: string;
  profile: string;
  profile_data: { crk_id: string };
  created_at: string;
  updated_at?: string;
}

/** As a list has it. */
export interface KmipClientCertificate {
  id: string;
  name: string;
  created_at: string;
}

/** As it is by itself. */
export interface WholeKmipClientCertificate extends KmipClientCertificate {
  /** PEM. */
  certificate: string;
}

/** State of a KMIP object, by the number that KMIP gives it. */
export const OBJECT_STATES = {
  1: "preActive",
  2: "active",
  3: "deactivated",
  4: "compromised",
  5: "destroyed",
  6: "destroyedCompromised",
} as const;
export type KmipObjectState = (typeof OBJECT_STATES)[keyof typeof OBJECT_STATES];

/** A key that a KMIP client has made in an adapter. */
export interface KmipObject {
  id: string;
  state: KmipObjectState;
  created_at: string;
  created_by_kmip_client_cert_id?: string;
}

interface Paged {
  limit: number;
  offset: number;
}

/** Operations of the API by their names in its reference, with what they take and give. */
export interface Operations {
  getKeys: { params: Paged; result: Key[] };
  /** By id or alias, without key material. */
  getKeyMetadata: { params: { id: string }; result: Key };
  createKey: { params: { name: string; description?: string; keyRing?: string }; result: Key };
  patchKey: { params: { id: string; keyRingID: string }; result: undefined };
  rotateKey: { params: { id: string }; result: undefined };
  deleteKey: { params: { id: string }; result: undefined };
  getKmipAdapters: { params: Paged & { crk_id?: string }; result: KmipAdapter[] };
  getKmipAdapter: { params: { id: string }; result: KmipAdapter };
  createKmipAdapter: {
    params: { name: string; description?: string; crk_id: string; allowExpiringKey?: boolean };
    result: KmipAdapter;
  };
  deleteKmipAdapter: { params: { id: string }; result: undefined };
  getKmipClientCertificates: { params: Paged & { adapter: string }; result: KmipClientCertificate[] };
  getKmipClientCertificate: { params: { adapter: string; id: string }; result: WholeKmipClientCertificate };
  addKmipClientCertificate: {
    params: { adapter: string; name: string; certificate: string };
    result: KmipClientCertificate;
  };
  deleteKmipClientCertificate: { params: { adapter: string; id: string }; result: undefined };
  getKmipObjects: { params: Paged & { adapter: string; states: readonly number[] }; result: KmipObject[] };
  deleteKmipObject: { params: { adapter: string; id: string }; result: undefined };
}

export type Operation = keyof Operations;
export type Params<O extends Operation> = Operations[O]["params"];
export type Result<O extends Operation> = Operations[O]["result"];
