import type { CryptoKeyId, KeyHolder, ManagedObjectReference } from "../api/types";
import { KEY_HOLDERS } from "../api/types";
import type { Vcenter } from "../api/vcenter";

/** Who needs the keys of a standard key provider. */
export interface KeyUse {
  /** IDs of its keys that the vCenter knows. */
  keys: string[];
  /** Machines and hosts, each once. */
  holders: { type: string; name: string }[];
  /** Anything else, as the vCenter calls it. */
  tags: string[];
}

const KEYS_A_QUESTION = 200;

/** A key that names no provider may be of any, and counts as one of this one's. */
export async function keyUseOf(vcenter: Vcenter, provider: string): Promise<KeyUse> {
  const mayBeOurs = ({ providerId = provider }: CryptoKeyId) => providerId === provider;
  const keys = (await vcenter.call("ListKeys", {})).filter(mayBeOurs);
  const seen = await Promise.all(KEY_HOLDERS.map((type) => vcenter.call("RetrievePropertiesEx", { type })));
  const all = new Map(seen.flat().map((holder) => [identityOf(holder.reference), holder]));
  const users = new Map<string, Pick<KeyHolder, "reference" | "name">>();
  for (const [identity, holder] of all) {
    if (holder.key !== undefined && mayBeOurs(holder.key)) users.set(identity, holder);
  }
  const tags = new Set<string>();
  for (let first = 0; first < keys.length; first += KEYS_A_QUESTION) {
    const keyIds = keys.slice(first, first + KEYS_A_QUESTION);
    for (const status of await vcenter.call("QueryCryptoKeyStatus", { keyIds })) {
      for (const reference of [...status.encryptedVMs, ...status.affectedHosts]) {
        const identity = identityOf(reference);
        users.set(identity, all.get(identity) ?? { reference, name: reference.value });
      }
      for (const tag of status.referencedByTags) tags.add(tag);
    }
  }
  return {
    keys: keys.map(({ keyId }) => keyId),
    holders: [...users.values()].map(({ reference: { type }, name }) => ({ type, name })),
    tags: [...tags],
  };
}

const identityOf = ({ type, value }: ManagedObjectReference): string => JSON.stringify([type, value]);
