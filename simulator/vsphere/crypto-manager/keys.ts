import { kmsClusterNamed } from "../providers/lookup";
import { invalidArgumentFault, runtimeFault } from "../soap/faults";
import { method } from "../soap/method";
import { integer, optional, repeated, required, structure, text, truth } from "../soap/parameters";
import { List, Structure } from "../soap/values";
import type { VCenter } from "../vcenter/machine";
import { createKey, isKeyAvailable } from "../workload/data-keys";
import { type Usage, usageOf } from "../workload/usage";
import { clusterOf, id, on, type ProviderId } from "./place";
import { hostReference, keyIdStructure, machineReference, references } from "./structures";

interface KeyId {
  keyId: string;
  providerId?: ProviderId;
}

interface Attributes {
  attributes: { key: string; value: string }[];
}

const keyId = structure<KeyId>({ keyId: required(text), providerId: optional(id) });

const attributes = structure<Attributes>({
  attributes: repeated(structure<Attributes["attributes"][number]>({ key: required(text), value: required(text) })),
});

/** What QueryCryptoKeyStatus is to look at. */
const CHECK = { available: 1, machines: 2, hosts: 4 };

export const keyMethods = {
  GenerateKey: method<{ keyProvider?: ProviderId; spec?: Attributes }>({
    on,
    params: { keyProvider: optional(id), spec: optional(attributes) },
    async handle({ vcenter }, { keyProvider, spec }) {
      const provider = keyProvider?.id ?? vcenter.state.defaultProvider;
      if (provider === undefined) throw runtimeFault("No default provider");
      const cluster = clusterOf(vcenter, { id: provider });
      try {
        const made = await createKey(vcenter, cluster);
        setAttributes(vcenter, { keyId: made, providerId: { id: provider } }, spec);
        await vcenter.save();
        return result({ keyId: made, providerId: { id: provider } });
      } catch (error) {
        return result({ keyId: "", providerId: { id: provider } }, error instanceof Error ? error.message : `${error}`);
      }
    },
  }),

  ListKeys: method<{ limit?: number }>({
    on,
    params: { limit: optional(integer) },
    handle({ vcenter }, { limit = Number.POSITIVE_INFINITY }) {
      const known = keysOf(vcenter).slice(0, limit < 0 ? undefined : limit);
      return new List(
        "CryptoKeyId",
        known.map((each) => keyIdStructure(each.keyID, each.provider)),
      );
    },
  }),

  QueryCryptoKeyStatus: method<{ keyIds: KeyId[]; checkKeyBitMap: number }>({
    on,
    params: { keyIds: repeated(keyId), checkKeyBitMap: required(integer) },
    handle: async ({ vcenter }, { keyIds, checkKeyBitMap }) =>
      new List(
        "CryptoManagerKmipCryptoKeyStatus",
        await Promise.all(keyIds.map((each) => statusOf(vcenter, each, checkKeyBitMap))),
      ),
  }),

  RemoveKey: method<{ key: KeyId; force: boolean }>({
    on,
    params: { key: required(keyId), force: required(truth) },
    async handle({ vcenter }, { key, force }) {
      const refusal = removeKey(vcenter, key, force);
      if (refusal !== undefined) throw runtimeFault(refusal);
      await vcenter.save();
    },
  }),

  RemoveKeys: method<{ keys: KeyId[]; force: boolean }>({
    on,
    params: { keys: repeated(keyId), force: required(truth) },
    async handle({ vcenter }, { keys, force }) {
      const results = keys.map((each) => result(each, removeKey(vcenter, each, force)));
      await vcenter.save();
      return new List("CryptoKeyResult", results);
    },
  }),

  SetKeyCustomAttributes: method<{ keyId: KeyId; spec: Attributes }>({
    on,
    params: { keyId: required(keyId), spec: required(attributes) },
    async handle({ vcenter }, { keyId: given, spec }) {
      setAttributes(vcenter, given, spec);
      await vcenter.save();
      return result(given);
    },
  }),
};

/** Keys that were made here, and those that machines and hosts have from elsewhere. */
function keysOf({ state }: VCenter): { keyID: string; provider: string }[] {
  const made = state.kmsClusters.flatMap(({ name, keys }) => keys.map(({ keyID }) => ({ keyID, provider: name })));
  const used = [...state.hosts, ...state.virtualMachines].flatMap(({ dataKey }) => dataKey ?? []);
  const all = [...made, ...used.map(({ keyID, provider }) => ({ keyID, provider }))];
  return [...new Map(all.map((each) => [`${each.provider} ${each.keyID}`, each])).values()];
}

function usersOf(vcenter: VCenter, { keyId: keyID, providerId }: KeyId): Usage {
  const providers = providerId ? [providerId.id] : [...new Set(keysOf(vcenter).map(({ provider }) => provider))];
  const usages = providers.map((provider) => usageOf(vcenter, provider, keyID));
  return {
    virtualMachines: usages.flatMap(({ virtualMachines }) => virtualMachines),
    hosts: usages.flatMap(({ hosts }) => hosts),
  };
}

async function statusOf(vcenter: VCenter, key: KeyId, checks: number): Promise<Structure> {
  const provider = key.providerId?.id ?? keysOf(vcenter).find(({ keyID }) => keyID === key.keyId)?.provider;
  const { virtualMachines, hosts } = usersOf(vcenter, key);
  const reason = checks & CHECK.available ? await whyUnavailable(vcenter, provider, key.keyId) : undefined;
  return new Structure("CryptoManagerKmipCryptoKeyStatus", {
    keyId: keyIdStructure(key.keyId, key.providerId?.id),
    keyAvailable: checks & CHECK.available ? reason === undefined : undefined,
    reason,
    encryptedVMs: references(checks & CHECK.machines ? virtualMachines.map((each) => machineReference(each.id)) : []),
    affectedHosts: references(checks & CHECK.hosts ? hosts.map((each) => hostReference(each.id)) : []),
  });
}

async function whyUnavailable(
  vcenter: VCenter,
  provider: string | undefined,
  keyID: string,
): Promise<string | undefined> {
  const cluster = provider === undefined ? undefined : kmsClusterNamed(vcenter, provider);
  if (cluster === undefined) return "KeyStateClusterInvalid";
  if (cluster.managementType === "trustAuthority") return "KeyStateManagedByTrustAuthority";
  return (await isKeyAvailable(vcenter, cluster.name, keyID)) ? undefined : "KeyStateMissingInKMS";
}

/** Why not, in words. At the key server the key stays. */
function removeKey(vcenter: VCenter, key: KeyId, force: boolean): string | undefined {
  const { virtualMachines, hosts } = usersOf(vcenter, key);
  if (virtualMachines.length + hosts.length > 0 && !force) return `The key ${key.keyId} is in use`;
  const [cluster] = clustersWith(vcenter, key);
  if (cluster === undefined) return `There is no key ${key.keyId}`;
  cluster.keys = cluster.keys.filter(({ keyID }) => keyID !== key.keyId);
  return undefined;
}

function setAttributes(vcenter: VCenter, key: KeyId, spec: Attributes | undefined): void {
  const found = clustersWith(vcenter, key)[0]?.keys.find(({ keyID }) => keyID === key.keyId);
  if (found === undefined) throw invalidArgumentFault("keyId");
  if (spec) found.attributes = spec.attributes;
}

const clustersWith = ({ state }: VCenter, { keyId: wanted, providerId }: KeyId) =>
  state.kmsClusters.filter(
    ({ name, keys }) =>
      (providerId === undefined || providerId.id === name) && keys.some(({ keyID }) => keyID === wanted),
  );

const result = (key: KeyId, reason?: string): Structure =>
  new Structure("CryptoKeyResult", {
    keyId: keyIdStructure(key.keyId, key.providerId?.id),
    success: reason === undefined,
    reason,
  });
