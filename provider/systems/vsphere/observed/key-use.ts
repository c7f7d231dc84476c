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

/** Who needs the keys of one provider. */
export const keyUseOf = async (vcenter: Vcenter, provider: string): Promise<KeyUse> =>
  (await keyUses(vcenter))(provider);

/**
 * The same of any provider, with one look at all keys, machines and hosts. A key that names no provider may be of any, and
 * counts as one of each.
 */
export async function keyUses(vcenter: Vcenter): Promise<(provider: string) => Promise<KeyUse>> {
  const keys = await vcenter.call("ListKeys", {});
  const seen = await Promise.all(KEY_HOLDERS.map((type) => vcenter.call("RetrievePropertiesEx", { type })));
  const holders = new Map(seen.flat().map((holder) => [identityOf(holder.reference), holder]));
  return async (provider) => {
    const mayBeOurs = ({ providerId = provider }: CryptoKeyId) => providerId === provider;
    const ours = keys.filter(mayBeOurs);
    const users = new Map<string, Pick<KeyHolder, "reference" | "name">>();
    for (const [identity, holder] of holders) {
      if (holder.key !== undefined && mayBeOurs(holder.key)) users.set(identity, holder);
    }
    const tags = new Set<string>();
    for (let first = 0; first < ours.length; first += KEYS_A_QUESTION) {
      const keyIds = ours.slice(first, first + KEYS_A_QUESTION);
      for (const status of await vcenter.call("QueryCryptoKeyStatus", { keyIds })) {
        for (const reference of [...status.encryptedVMs, ...status.affectedHosts]) {
          const identity = identityOf(reference);
          users.set(identity, holders.get(identity) ?? { reference, name: reference.value });
        }
        for (const tag of status.referencedByTags) tags.add(tag);
      }
    }
    return {
      keys: ours.map(({ keyId }) => keyId),
      holders: [...users.values()].map(({ reference: { type }, name }) => ({ type, name })),
      tags: [...tags],
    };
  };
}

const identityOf = ({ type, value }: ManagedObjectReference): string => JSON.stringify([type, value]);
