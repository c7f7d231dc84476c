import { randomBytes, randomUUID } from "node:crypto";
import { keyDigest, unwrapKey, wrapKey } from "../../chassis/key-wrapping";
import { atProvider } from "../providers/contact";
import { kmsClusterNamed, trustedProviderNamed } from "../providers/lookup";
import { VCenterError } from "../vcenter/errors";
import type { VCenter } from "../vcenter/machine";
import type { Host, KeyProvider, KmsCluster, TrustedProvider, VirtualMachine, WrappedDataKey } from "../vcenter/state";

export type Encrypted = Host | VirtualMachine;

const KEY_BITS = 256;

/** Encrypts a machine or a host, or does so anew: with a key that is made for it, or a trusted provider's primary key. */
export async function encrypt(vcenter: VCenter, encrypted: Encrypted, given?: string): Promise<void> {
  const provider = given ?? vcenter.state.defaultProvider;
  if (provider === undefined) throw new VCenterError("notAllowed", "There is no default key provider.");
  const cluster = usableCluster(vcenter, provider);
  const trusted = cluster.managementType === "trustAuthority" ? trustedBehind(vcenter, provider) : undefined;
  const { keyID, uid } = trusted
    ? { keyID: randomUUID(), uid: trusted.primaryKeyID }
    : await createKey(vcenter, cluster).then((made) => ({ keyID: made, uid: made }));
  const dataKey = randomBytes(KEY_BITS / 8);
  const wrappingKey = await fetchKey(vcenter, provider, uid);
  encrypted.dataKey = {
    keyID,
    uid,
    provider,
    wrapped: wrapKey(dataKey, wrappingKey).toString("base64"),
    digest: keyDigest(dataKey),
  };
  await vcenter.save();
}

/** Has a key server make a key for a standard provider; gives its id. */
export async function createKey(vcenter: VCenter, cluster: KmsCluster): Promise<string> {
  const keyID = await atProvider(vcenter, cluster, async (client) => {
    const uid = await client.create({ algorithm: "AES", length: KEY_BITS });
    await client.activate(uid);
    return uid;
  });
  cluster.keys.push({ keyID, attributes: [] });
  await vcenter.save();
  return keyID;
}

/** Whether the data key of a machine or a host can be read now, through its provider; without one there is nothing to read. */
export async function unwraps(vcenter: VCenter, { dataKey }: Encrypted): Promise<boolean | undefined> {
  if (dataKey === undefined) return undefined;
  try {
    const wrappingKey = await fetchKey(vcenter, dataKey.provider, wrappedBy(vcenter, dataKey));
    return keyDigest(unwrapKey(Buffer.from(dataKey.wrapped, "base64"), wrappingKey)) === dataKey.digest;
  } catch {
    // Whatever the reason is, nobody can read the data.
    return false;
  }
}

/** Whether a key server gives a provider's key out now. */
export async function isKeyAvailable(vcenter: VCenter, provider: string, keyID: string): Promise<boolean> {
  try {
    return (await fetchKey(vcenter, provider, keyID)).length > 0;
  } catch {
    return false;
  }
}

function wrappedBy(vcenter: VCenter, { uid, provider }: WrappedDataKey): string {
  const isTrusted = usableCluster(vcenter, provider).managementType === "trustAuthority";
  const isReadable = vcenter.switches.afterPrimaryKeyChange === "readable";
  return isTrusted && !isReadable ? trustedBehind(vcenter, provider).primaryKeyID : uid;
}

function fetchKey(vcenter: VCenter, provider: string, uid: string): Promise<Buffer> {
  const cluster = usableCluster(vcenter, provider);
  if (cluster.managementType !== "trustAuthority") return atProvider(vcenter, cluster, (client) => client.get(uid));
  const trusted: KeyProvider = trustedBehind(vcenter, provider);
  return atProvider(vcenter.trustAuthority, trusted, (client) => client.get(uid));
}

function usableCluster(vcenter: VCenter, provider: string): KmsCluster {
  const cluster = kmsClusterNamed(vcenter, provider);
  if (cluster) return cluster;
  throw new VCenterError("notFound", `There is no key provider ${provider}.`);
}

/** What the key provider service of the Trust Authority cluster uses under the same name. */
function trustedBehind({ trustAuthority }: VCenter, provider: string): TrustedProvider {
  const trusted = trustedProviderNamed(trustAuthority, provider);
  if (trusted) return trusted;
  throw new VCenterError("notFound", `There is no trusted key provider ${provider}.`);
}
