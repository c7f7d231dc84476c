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
  /** The wish, sealed, by which a later run finds out whether the rekey has carried it out. */
  wish?: string;
}

/** Decides who is to hold the key, whether it may be given to them, and whether a rekey has reached its aim. */
type Judgement = Pick<Convergence<ObservedMasterKey, Holder, number>, "decide" | "prepare">;

/** How far the rekeys of one call have come. */
export interface RekeyProgress {
  /** A rekey whose end was not seen, and the key that was in force before it. */
  unfinished?: { before: ObservedMasterKey; asyncHandle: number };
  /** The rekey of this call and the time since its start; absent before the rekey has ended. */
  own?: { before: ObservedMasterKey; elapsed: Elapsed };
}

/**
 * Rekeys until `judgement` finds nothing left to do. Where the key stays with its holder, the holder gets a new key. A
 * rekey that runs already is joined first, whoever started it: a second one would make one key too many.
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
 * Waits until a rekey has ended. The caller looks whether it has reached its aim: a result that somebody deleted says
 * nothing.
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
