import { type Convergence, converge } from "../../../core/convergence";
import type { Context } from "../../../core/lifecycle";
import { type Elapsed, stopwatch } from "../../../core/looks";
import type { Cluster } from "../api/cluster";
import type { RekeyMasterKeyInfo } from "../api/types";
import { exclusivelyOn } from "../cluster";
import { RekeyDeadlineError, RekeyFailedError } from "../errors";
import { writeUnlessOutdated } from "../late-look";
import type { Holder } from "../observed/holder";
import { waitForHandle } from "../observed/jobs";
import { type ObservedMasterKey, observeMasterKey, runningRekey } from "../observed/master-key";

/** A rekey of this cluster, and the time it may take. */
export interface Rekey {
  cluster: Cluster;
  context: Context;
  deadlineSeconds: number;
  /** Whose wish it is, sealed: for a run that finds out later whether it was carried out. */
  wish?: string;
}

/** Says to whom the key is to be given, whether that may be, and whether a rekey has brought about what it was to. */
type Judgement = Pick<Convergence<ObservedMasterKey, Holder, number>, "decide" | "prepare">;

/** How far the rekeys of one call have come. */
export interface RekeyProgress {
  /** One that was not seen to end, and the key that was in force before. */
  unfinished?: { before: ObservedMasterKey; asyncHandle: number };
  /** The time since this call's own one was begun, as far as it looked on; absent before it has ended. */
  own?: { before: ObservedMasterKey; elapsed: Elapsed };
}

/**
 * Rekeys until nothing is to be done any more by `judgement`; with the holder that it has, a new key of the same holder. A
 * rekey that runs already is joined first, whoever started it: doubling it would make one key too many.
 *
 * @returns the key in force
 * @throws RekeyFailedError, RekeyDeadlineError
 */
export const rekeyed = (rekey: Rekey, judgement: Judgement, progress: RekeyProgress = {}): Promise<ObservedMasterKey> =>
  converge(rekeying(rekey, judgement, progress), (work) => exclusivelyOn(rekey.cluster, rekey.context, work));

const rekeying = (
  rekey: Rekey,
  judgement: Judgement,
  progress: RekeyProgress,
): Convergence<ObservedMasterKey, Holder, number> => ({
  ...judgement,

  async look(waitedFor) {
    const seen = await observeMasterKey(rekey.cluster);
    const isOver = progress.own !== undefined || (seen.asyncHandle !== undefined && waitedFor.has(seen.asyncHandle));
    return { seen, running: isOver ? undefined : await runningRekey(rekey.cluster, seen) };
  },

  start: (seen, holder) =>
    writeUnlessOutdated(
      () => isInForce(rekey.cluster, seen),
      () => startRekey(rekey, seen, holder),
    ),

  async wait(asyncHandle, before, holder) {
    progress.unfinished = { before, asyncHandle };
    if (holder === undefined) rekey.context.log.info(`joining the rekey that already runs (handle ${asyncHandle})`);
    const elapsed = await finishRekey(rekey, asyncHandle);
    if (holder === undefined) progress.unfinished = undefined;
    else progress.own = { before, elapsed };
  },
});

/** Whether the key that was decided about is still the one in force. */
async function isInForce(cluster: Cluster, { keyID, asyncHandle }: ObservedMasterKey): Promise<boolean> {
  const now = await observeMasterKey(cluster);
  return now.keyID === keyID && now.asyncHandle === asyncHandle;
}

async function startRekey(
  { cluster, context, wish }: Rekey,
  { keyID }: ObservedMasterKey,
  holder: Holder,
): Promise<number> {
  context.history.attempt((await cluster.clusterInfo()).uniqueID, { to: String(holder), before: keyID, wish });
  const params =
    holder === "internal"
      ? ({ keyManagementType: "Internal" } as const)
      : ({ keyManagementType: "External", keyProviderID: holder } as const);
  return (await cluster.call("RekeySoftwareEncryptionAtRestMasterKey", params)).asyncHandle;
}

/**
 * Waits until a rekey has ended. Whether it brought about what was wanted is for the caller to look at: a result that
 * somebody deleted says nothing.
 *
 * @returns the time that it took, as far as this run looked on
 * @throws RekeyFailedError, RekeyDeadlineError
 */
async function finishRekey({ cluster, context, deadlineSeconds }: Rekey, asyncHandle: number): Promise<Elapsed> {
  const elapsed = stopwatch(context.clock);
  const outcome = await waitForHandle(cluster, asyncHandle, {
    clock: context.clock,
    signal: context.signal,
    deadlineSeconds,
    progress(seconds, { details }) {
      const { state } = (details ?? {}) as Partial<RekeyMasterKeyInfo>;
      context.log.progress(`rekeying (${seconds}s)${state === undefined ? "" : ` ${state}`}`);
    },
  });
  const attempt = `rekeying the master key (handle ${asyncHandle})`;
  if (outcome.kind === "failed") {
    throw new RekeyFailedError({
      attempt,
      place: cluster.place,
      reason: `${outcome.name}: ${outcome.message}`,
      wayOut: "the old master key stays in force; see the cluster's faults and the key server's log, then run again",
    });
  }
  if (outcome.kind === "deadline") {
    throw new RekeyDeadlineError({
      attempt,
      place: cluster.place,
      reason: `it still runs after ${deadlineSeconds} seconds`,
      wayOut: ({ apply, deadlines }) =>
        `the cluster goes on with it: run ${apply} again to resume waiting, or raise ${deadlines}`,
    });
  }
  return elapsed;
}
