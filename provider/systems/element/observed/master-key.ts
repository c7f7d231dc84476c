import type { Cluster } from "../api/cluster";
import { SoftwareEncryptionDisabledError } from "../errors";
import { Holder } from "./holder";
import { look } from "./jobs";

/** The master key as the cluster describes it. */
export interface ObservedMasterKey {
  holder: Holder;
  keyID: string;
  /** ISO 8601, the cluster's clock. */
  keyCreatedTime?: string;
  /** Handle of the running or latest rekey, until its result is deleted. */
  asyncHandle?: number;
}

/** @throws SoftwareEncryptionDisabledError */
export async function observeMasterKey(cluster: Cluster): Promise<ObservedMasterKey> {
  const info = await cluster.call("GetSoftwareEncryptionAtRestInfo", {});
  const key = info.masterKeyInfo;
  if (info.state !== "enabled" || key?.keyID === undefined) {
    throw new SoftwareEncryptionDisabledError({
      attempt: "looking at the master key",
      place: cluster.place,
      reason: "software encryption at rest is disabled, so there is no master key",
      wayOut: "it can only be enabled when a cluster is created; declare no MasterKey for this cluster",
    });
  }
  return {
    holder: key.keyManagementType === "external" ? Holder.of(key.keyProviderID) : "internal",
    keyID: key.keyID,
    keyCreatedTime: key.keyCreatedTime,
    asyncHandle: info.rekeyMasterKeyAsyncResultID,
  };
}

/** Whether a rekey is known to run, whoever started it. */
export const isRekeying = async (cluster: Cluster, { asyncHandle }: ObservedMasterKey): Promise<boolean> =>
  asyncHandle !== undefined && (await look(cluster, asyncHandle))?.status === "running";

/** Handle of the running rekey. A handle that cannot be looked up is that of a rekey that was started a moment ago. */
export async function runningRekey(cluster: Cluster, { asyncHandle }: ObservedMasterKey): Promise<number | undefined> {
  if (asyncHandle === undefined) return undefined;
  return (await look(cluster, asyncHandle))?.status === "complete" ? undefined : asyncHandle;
}
