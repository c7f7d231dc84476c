import { randomBytes } from "node:crypto";
import { keyDigest, unwrapKey, wrapKey } from "../../chassis/key-wrapping";
import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import type { HeldKey, SoftwareEncryptionState } from "../cluster/state";
import { fetchKey } from "./key-custody";

/** Makes the data-encryption key. It is never stored in the clear: a digest is kept to prove that it is still the same. */
export function createDataKey(masterKeyID: string, masterKey: Buffer): SoftwareEncryptionState["dataKey"] {
  const dataKey = randomBytes(32);
  return {
    digest: keyDigest(dataKey),
    wrapped: [{ keyID: masterKeyID, bytes: wrapKey(dataKey, masterKey).toString("base64") }],
  };
}

/** Adds a copy that the new master key opens; the copy under the old one stays until that key is decommissioned. */
export async function rewrapDataKey(cluster: Cluster, oldKey: HeldKey, newKey: HeldKey): Promise<void> {
  const stored = storedDataKey(cluster);
  const dataKey = await openDataKey(cluster, oldKey);
  const bytes = wrapKey(dataKey, await fetchKey(cluster, newKey)).toString("base64");
  stored.wrapped = [...stored.wrapped.filter(({ keyID }) => keyID !== newKey.keyID), { keyID: newKey.keyID, bytes }];
  await cluster.save();
}

export async function dropDataKeyCopy(cluster: Cluster, masterKey: HeldKey): Promise<void> {
  const stored = storedDataKey(cluster);
  stored.wrapped = stored.wrapped.filter(({ keyID }) => keyID !== masterKey.keyID);
  await cluster.save();
}

/** The data key, opened with a master key that is fetched for the purpose. Fails unless it is the same data key as ever. */
export async function openDataKey(cluster: Cluster, masterKey: HeldKey): Promise<Buffer> {
  const stored = storedDataKey(cluster);
  const copy = stored.wrapped.find(({ keyID }) => keyID === masterKey.keyID);
  if (!copy) throw new ApiError("serverError", `No data key is wrapped with master key ${masterKey.keyID}`);
  const wrappingKey = await fetchKey(cluster, masterKey);
  let dataKey: Buffer;
  try {
    dataKey = unwrapKey(Buffer.from(copy.bytes, "base64"), wrappingKey);
  } catch {
    throw new ApiError("serverError", `Master key ${masterKey.keyID} does not open the data key`);
  }
  if (keyDigest(dataKey) !== stored.digest) throw new ApiError("serverError", "The data key is not the one it was");
  return dataKey;
}

/** Whether the master key, fetched from where it is kept, still opens the same data key. */
export async function opensDataKey(cluster: Cluster): Promise<boolean> {
  const { masterKey } = cluster.state.softwareEncryption;
  if (!masterKey) return false;
  try {
    await openDataKey(cluster, masterKey);
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

function storedDataKey(cluster: Cluster): NonNullable<SoftwareEncryptionState["dataKey"]> {
  const stored = cluster.state.softwareEncryption.dataKey;
  if (!stored) throw new ApiError("softwareEncryptionDisabled", "Software encryption at rest is not enabled");
  return stored;
}
