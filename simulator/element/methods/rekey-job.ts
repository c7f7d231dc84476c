import type { EncryptionKeyInfo, RekeyMasterKeyInfo } from "../../../provider/systems/element/api/types";
import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import type { HeldKey, RekeyJob, RekeyStep } from "../cluster/state";
import { updateAsyncResult } from "./async-results";
import { dropDataKeyCopy, rewrapDataKey } from "./data-key";
import { destroyDiscardedKeys, discardKey, makeKey } from "./key-custody";

const steps: RekeyStep[] = [0, 1, 2];

/** The rekey's own result type on the wire. */
export const rekeyResultType = "RekeySoftwareEncryptionAtRestMasterKey";

/**
 * Runs the rekey that the state names, from the step it is in. Every step may be repeated, so a cluster that was killed in the
 * middle goes on without a second key. Until the new key is in force every failure leaves the old one as it was.
 */
export async function runRekey(cluster: Cluster, resumed: boolean): Promise<void> {
  const job = cluster.state.softwareEncryption.rekey;
  if (!job) return;
  try {
    for (const step of steps.slice(job.step)) {
      job.step = step;
      updateAsyncResult(cluster, job.asyncHandle, { details: rekeyProgress(cluster, job) });
      await cluster.save();
      await perform[step](cluster, job, resumed);
      await cluster.jobs.waitUntilDue(() => dueIn(cluster, job));
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return abandon(cluster, job, error);
  }
  return complete(cluster, job);
}

const perform: Record<RekeyStep, (cluster: Cluster, job: RekeyJob, resumed: boolean) => Promise<void>> = {
  0: (cluster, job, resumed) => makeKey(cluster, job.newKey, resumed),
  1: (cluster, job) => rewrapDataKey(cluster, job.oldKey, job.newKey),
  2: async (cluster, job) => {
    cluster.state.softwareEncryption.masterKey = job.newKey;
    await dropDataKeyCopy(cluster, job.oldKey);
    await discardKey(cluster, job.oldKey);
    await destroyDiscardedKeys(cluster);
  },
};

async function complete(cluster: Cluster, job: RekeyJob): Promise<void> {
  const { softwareEncryption } = cluster.state;
  updateAsyncResult(cluster, job.asyncHandle, {
    status: "complete",
    details: undefined,
    result: { ...rekeyProgress(cluster, job), state: cluster.switches.rekeyStates[3] },
  });
  softwareEncryption.rekeys += 1;
  softwareEncryption.rekey = undefined;
  await cluster.save();
}

async function abandon(cluster: Cluster, job: RekeyJob, error: ApiError): Promise<void> {
  cluster.state.softwareEncryption.rekey = undefined;
  updateAsyncResult(cluster, job.asyncHandle, {
    status: "complete",
    details: undefined,
    error: { name: error.apiName(cluster.switches), message: error.message },
  });
  await discardKey(cluster, job.newKey);
  await dropDataKeyCopy(cluster, job.newKey);
}

/** The job's times count from its start, wherever it was interrupted. */
function dueIn(cluster: Cluster, job: RekeyJob): number {
  const share = (job.step + 1) / steps.length;
  return Date.parse(job.startedAt) + cluster.switches.rekeySeconds * 1000 * share - cluster.now().getTime();
}

export function rekeyProgress(cluster: Cluster, job: RekeyJob): RekeyMasterKeyInfo {
  return {
    keyToDecommission: keyInfo(job.oldKey),
    newKey: keyInfo(job.newKey),
    operation: job.operation,
    state: cluster.switches.rekeyStates[job.step],
  };
}

/** The progress object names keys without the time of their creation. */
function keyInfo({ keyID, keyManagementType, keyProviderID }: HeldKey): EncryptionKeyInfo {
  return keyProviderID === undefined ? { keyID, keyManagementType } : { keyID, keyManagementType, keyProviderID };
}
