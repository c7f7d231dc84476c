import { converge } from "../../../core/convergence";
import { IncompleteError } from "../../../core/errors";
import type { Context } from "../../../core/lifecycle";
import { inSeconds, looks } from "../../../core/looks";
import type { Cluster } from "../api/cluster";
import { exclusivelyOn, type Identity } from "../cluster";
import { DriveRecoveryDeadlineError, DriveRecoveryFailedError } from "../errors";
import { testKeyProvider } from "../observed/connectivity";
import { describeDrives, drivesToAdd, isInactive, listDrives } from "../observed/drives";
import { describeFaults, FAULTS_ARE_CACHED_MS, hasCode, unresolvedFaults } from "../observed/faults";
import { waitForHandle } from "../observed/jobs";
import { listKeyProviders } from "../observed/key-providers";
import type { DriveRecoveryInputs, DriveRecoveryOutputs } from "./resource";

/** The guide expects three to four minutes after the drives were added. */
const DEADLINE_SECONDS = 1800;

export interface RecoveryArguments {
  cluster: Cluster;
  identity: Identity;
  inputs: DriveRecoveryInputs;
  context: Context;
}

/**
 * Makes sure that the keys can be reached, adds the named drives that are not active, and waits for the cluster to be
 * healthy. Looks before it acts, and so repeats nothing that an earlier run has done.
 */
export async function recover({ cluster, identity, inputs, context }: RecoveryArguments) {
  const recovery = new Recovery(cluster, inputs.drives, context.deadlineSeconds ?? DEADLINE_SECONDS, context);
  try {
    await recovery.run();
    const recoveredTime = context.clock.now().toISOString();
    return { ...inputs, ...identity, recoveredTime, complete: true } satisfies DriveRecoveryOutputs;
  } catch (error) {
    if (!recovery.isUnderWay) throw error;
    const { asyncHandle } = recovery;
    const outputs: DriveRecoveryOutputs = { ...inputs, ...identity, complete: false, asyncHandle };
    throw new IncompleteError(identity.clusterUniqueID, outputs, error as Error);
  }
}

/** One recovery, and how far it has come. */
class Recovery {
  /** From now on there is something that a later run has to finish. */
  isUnderWay = false;
  /** Handle of the job that adds drives, begun by this run or found running. */
  asyncHandle?: number;
  private readonly attempt: string;
  private readonly end: number;

  constructor(
    private readonly cluster: Cluster,
    private readonly driveIDs: readonly number[],
    private readonly deadlineSeconds: number,
    private readonly context: Context,
  ) {
    this.attempt = `recovering drives ${driveIDs.join(", ")}`;
    this.end = context.clock.now().getTime() + deadlineSeconds * 1000;
  }

  async run(): Promise<void> {
    await this.assertKeysReachable();
    await this.addDrives();
    await this.waitForHealth();
  }

  /** A drive whose key cannot be reached locks again at the next boot. The list of faults may be too old to tell. */
  private async assertKeysReachable(): Promise<void> {
    for (const { keyProviderID, keyProviderIsActive } of await listKeyProviders(this.cluster)) {
      if (keyProviderIsActive) await testKeyProvider(this.cluster, keyProviderID);
    }
  }

  private async addDrives(): Promise<void> {
    const { cluster, context } = this;
    await converge<number[], number[], number>(
      {
        look: async (waitedFor) => {
          const running = await runningAddition(cluster, waitedFor);
          // A job that adds drives already is waited for first, whoever started it.
          if (running !== undefined) return { seen: [], running };
          return { seen: await drivesToAdd(cluster, this.driveIDs, this.attempt) };
        },
        decide: (driveIDs, { done }) => {
          if (driveIDs.length === 0) return undefined;
          if (done.length === 0) return driveIDs;
          throw this.failed(`the job has ended, and drives ${driveIDs.join(", ")} are not active`);
        },
        start: async (driveIDs) => {
          const { asyncHandle } = await cluster.call("AddDrives", { drives: driveIDs.map((driveID) => ({ driveID })) });
          return asyncHandle;
        },
        wait: async (handle, _seen, own) => {
          this.isUnderWay = true;
          this.asyncHandle = handle;
          if (own === undefined) context.log.info(`joining the job that adds drives already (handle ${handle})`);
          await this.finish(handle, own !== undefined);
        },
      },
      (work) => exclusivelyOn(cluster, context, work),
    );
    this.isUnderWay = true;
  }

  private async finish(asyncHandle: number, isOwn: boolean): Promise<void> {
    const outcome = await waitForHandle(this.cluster, asyncHandle, {
      ...this.patience(),
      progress: (elapsed) => this.context.log.progress(`adding drives (${elapsed}s)`),
    });
    // A job that somebody else has begun, and that failed, is repeated as one of this run's own.
    if (outcome.kind === "failed" && isOwn) throw this.failed(`${outcome.name}: ${outcome.message}`);
    if (outcome.kind === "deadline")
      throw this.late("the job that adds drives still runs", "run again to resume waiting");
  }

  /** The metadata service recovers minutes after its drives are back. */
  private async waitForHealth(): Promise<void> {
    const { cluster, context } = this;
    let [told, standing] = [false, ""];
    for await (const elapsed of looks(this.patience())) {
      const faults = (await unresolvedFaults(cluster)).filter((fault) => hasCode(fault, RECOVERY_FAULTS));
      // A list without the fault may be older than the drives' return, unless a list with it came before.
      const mayBeOld = this.asyncHandle !== undefined && !told && elapsed() < FAULTS_ARE_CACHED_MS;
      if (faults.length === 0 && !mayBeOld) return;
      told ||= faults.length > 0;
      standing = describeFaults(faults) || "the list of faults is not known to be new";
      context.log.progress(`waiting for the cluster to be healthy (${inSeconds(elapsed)}s) ${standing}`);
    }
    const others = (await listDrives(cluster)).filter(isInactive);
    const wayOut = others.length === 0 ? "" : `; name drives ${describeDrives(others)} as well if they belong to it`;
    throw this.late(standing, `run again to go on waiting${wayOut}`);
  }

  private patience() {
    const { clock, signal } = this.context;
    return { clock, signal, deadlineSeconds: (this.end - clock.now().getTime()) / 1000 };
  }

  private failed(reason: string) {
    const wayOut = "see the cluster's faults, then run again: drives that are active by then are left alone";
    return new DriveRecoveryFailedError({ attempt: this.attempt, place: this.cluster.place, reason, wayOut });
  }

  private late(what: string, wayOut: string) {
    return new DriveRecoveryDeadlineError({
      attempt: this.attempt,
      place: this.cluster.place,
      reason: `after ${this.deadlineSeconds} seconds: ${what}`,
      wayOut: ({ deadlines }) => `${wayOut}, or raise ${deadlines}`,
    });
  }
}

/** Faults that a boot without the key leaves, by the vendor's guide. */
const RECOVERY_FAULTS = ["kmipServerFault", "sliceServiceUnhealthy"];
const ADDITION = "DriveAdd";

async function runningAddition(cluster: Cluster, except: ReadonlySet<number>): Promise<number | undefined> {
  const { asyncHandles } = await cluster.call("ListAsyncResults", { asyncResultTypes: [ADDITION] });
  return asyncHandles.find(
    ({ asyncResultID, completed, resultType }) => resultType === ADDITION && !completed && !except.has(asyncResultID),
  )?.asyncResultID;
}
