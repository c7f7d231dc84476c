import type { Cluster } from "../api/cluster";
import type { EncryptionAtRestState } from "../api/types";
import { Holder } from "./holder";

/** Hardware encryption at rest as the cluster describes it. */
export interface ObservedEncryption {
  state: EncryptionAtRestState;
  /** Who holds the key that unlocks the drives; absent while encryption is disabled. */
  holder?: Holder;
  /** UUID of that key, where the cluster tells it. */
  keyID?: string;
  /** ISO 8601, the cluster's clock; where the cluster tells it. */
  keyCreatedTime?: string;
}

export async function observeEncryption(cluster: Cluster): Promise<ObservedEncryption> {
  const { state, authenticationKeyInfo: key } = (await cluster.supports("GetEncryptionAtRestInfo"))
    ? await cluster.call("GetEncryptionAtRestInfo", {})
    : { state: (await cluster.call("GetClusterInfo", {})).clusterInfo.encryptionAtRestState };
  if (state === "disabled") return { state };
  const holder = key === undefined ? await holderOfDrives(cluster) : Holder.of(key.keyProviderID);
  return { state, holder, keyID: key?.keyID, keyCreatedTime: key?.keyCreatedTime };
}

/** Whether encryption is on or off, and not on its way there. */
export const isSettled = ({ state }: ObservedEncryption): boolean => state === "enabled" || state === "disabled";

/** The holder of the key as the drives name it. An API that is too old for the key's own data has nothing else. */
async function holderOfDrives(cluster: Cluster): Promise<Holder> {
  const { drives } = await cluster.call("ListDrives", {});
  // The documents leave open whether a drive without a provider has null, 0, or no member at all.
  return drives.find(({ keyProviderID }) => keyProviderID)?.keyProviderID ?? "internal";
}
