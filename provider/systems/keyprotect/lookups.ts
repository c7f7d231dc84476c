import { type CertificateDescription, describeCertificates } from "../../pki";
import type { Instance } from "./api/instance";
import { kmipAddress } from "./api/settings";
import { type KmipObjectState, OBJECT_STATES } from "./api/types";
import { listAdapters, listClientCertificates, listObjects } from "./observed/kmip-adapters";
import { presentedChain } from "./observed/kmip-endpoint";
import { listRootKeys, versionCreatedOf, versionOf } from "./observed/root-keys";

/** What every look-up tells. */
export interface LookupResult {
  /** GUID of the instance. */
  instanceID: string;
}

/** A root key, as the instance tells of it. */
export interface RootKeyInfo {
  /** Key Protect's ID of the key. */
  keyID: string;
  /** For display: names of keys are not unique. */
  name: string;
  /** What the key is for; absent where nobody has said so. */
  description?: string;
  /** Other names of it, unique in the instance. */
  aliases: string[];
  /** Whether it wraps: an `active` key alone does. */
  state: "preActive" | "active" | "suspended" | "deactivated" | "destroyed";
  /** Cloud resource name of the key. */
  crn: string;
  /** Whether its material came from outside. */
  imported: boolean;
  /** ID of the key ring that it is in. */
  keyRing?: string;
  /** ID of the version that wraps at present. */
  keyVersion: string;
  /** When that version was made, ISO 8601. */
  keyVersionCreated: string;
  /** When the key ends, ISO 8601; absent for never. */
  expirationDate?: string;
}

export interface RootKeysResult extends LookupResult {
  /** All that are not destroyed, whoever made them. */
  rootKeys: RootKeyInfo[];
}

export async function lookUpRootKeys(instance: Instance): Promise<RootKeysResult> {
  const rootKeys = (await listRootKeys(instance)).map((key): RootKeyInfo => {
    const { name, description, aliases = [], state, crn, imported, keyRingID, expirationDate } = key;
    return {
      keyID: key.id,
      ...{ name, description, aliases, state, crn, imported, keyRing: keyRingID, expirationDate },
      keyVersion: versionOf(key),
      keyVersionCreated: versionCreatedOf(key),
    };
  });
  return { ...identityOf(instance), rootKeys };
}

/** A KMIP adapter, as the instance tells of it. */
export interface KmipAdapterInfo {
  /** Key Protect's ID of the adapter. */
  adapterID: string;
  /** Unique in the instance. */
  name: string;
  /** What the adapter is for; empty where nobody has said so. */
  description: string;
  /** How the adapter works: `native_1.0`. */
  profile: string;
  /** ID of the root key that wraps its keys. */
  rootKeyID: string;
  /** When it was made, ISO 8601. */
  createdAt: string;
  /** Names of the registered client certificates. */
  clientCertificates: string[];
}

export interface KmipAdaptersResult extends LookupResult {
  /** All of the instance, whoever made them. */
  adapters: KmipAdapterInfo[];
}

export async function lookUpKmipAdapters(instance: Instance): Promise<KmipAdaptersResult> {
  const adapters: KmipAdapterInfo[] = [];
  for (const { id, name, description, profile, profile_data, created_at } of await listAdapters(instance)) {
    const certificates = (await listClientCertificates(instance, id)) ?? [];
    adapters.push({
      adapterID: id,
      ...{ name, description, profile },
      rootKeyID: profile_data.crk_id,
      createdAt: created_at,
      clientCertificates: certificates.map((each) => each.name).sort(),
    });
  }
  return { ...identityOf(instance), adapters };
}

/** A key that a client has made in an adapter. */
export interface KmipObjectInfo {
  /** Key Protect's ID of the key. */
  objectID: string;
  /** In the words of KMIP. */
  state: KmipObjectState;
  /** When it was made, ISO 8601. */
  createdAt: string;
  /** ID of the registration whose client made it. */
  createdByCertificateID?: string;
}

export interface KmipObjectsResult extends LookupResult {
  /** Those in the states that were asked for. */
  objects: KmipObjectInfo[];
}

/** States in which there still is a key. */
const LIVE: readonly KmipObjectState[] = ["preActive", "active", "deactivated", "compromised"];

export async function lookUpKmipObjects(
  instance: Instance,
  adapter: string,
  states = LIVE,
): Promise<KmipObjectsResult> {
  const numbers = Object.entries(OBJECT_STATES).filter(([, name]) => states.includes(name));
  const objects = await listObjects(
    instance,
    adapter,
    numbers.map(([number]) => Number(number)),
  );
  return {
    ...identityOf(instance),
    objects: objects.map(({ id, state, created_at, created_by_kmip_client_cert_id }) => ({
      objectID: id,
      state,
      createdAt: created_at,
      createdByCertificateID: created_by_kmip_client_cert_id,
    })),
  };
}

export interface KmipEndpointResult extends LookupResult {
  /** Host at which the instance's region speaks KMIP. */
  hostname: string;
  /** Port of it. */
  port: number;
  /** The certificates that the endpoint presented at this moment, in words, its own first. Nobody has verified them. */
  certificates: CertificateDescription[];
  /** The same as PEM texts, for a person to compare with what IBM publishes, and then to pin. */
  pem: string;
}

export async function lookUpKmipEndpoint(instance: Instance): Promise<KmipEndpointResult> {
  const { hostname, port } = kmipAddress(instance.settings.kmipEndpoint);
  const pem = await presentedChain(instance, { hostname, port });
  return { ...identityOf(instance), hostname, port, certificates: describeCertificates(pem), pem };
}

const identityOf = ({ settings }: Instance): LookupResult => ({ instanceID: settings.instance });
