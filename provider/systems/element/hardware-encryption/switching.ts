import { isDeepStrictEqual } from "node:util";
import { type Convergence, converge } from "../../../core/convergence";
import type { Context } from "../../../core/lifecycle";
import { type Elapsed, inSeconds, looks, stopwatch } from "../../../core/looks";
import type { Cluster } from "../api/cluster";
import { ElementApiError } from "../api/errors";
import type { EncryptionAtRestState } from "../api/types";
import { exclusivelyOn } from "../cluster";
import {
  HardwareEncryptionDeadlineError,
  HardwareEncryptionFailedError,
  HardwareEncryptionUnsupportedError,
} from "../errors";
import { writeUnlessOutdated } from "../late-look";
import { isSettled, type ObservedEncryption, observeEncryption } from "../observed/hardware-encryption";
import { Holder } from "../observed/holder";
import { clusterOf } from "../wording";

/** A way of hardware encryption to another state, and the time that it may take. */
export interface Switching {
  cluster: Cluster;
  context: Context;
  deadlineSeconds: number;
  /** Called after each look once a change is under way, begun by this run or by somebody else. */
  onUnderWay?(observed: ObservedEncryption): void;
}

/** The holder of the key that hardware encryption is to use, or that it is to be off. */
export type Target = Holder | "disabled";

/** Decides the target of hardware encryption, and whether it can be reached. */
type Judgement = Pick<Convergence<ObservedEncryption, Target, Job>, "decide" | "prepare">;

/** The change that the cluster was asked for, or one that is under way already. */
type Job = "enabled" | "disabled" | "underWay";

/**
 * Brings hardware encryption to the target that `judgement` names for the observed state, if it names one. The key
 * changes hands only while encryption is off, and so it is disabled first. A change that somebody else has begun is
 * waited for before anything is decided.
 *
 * @throws HardwareEncryptionFailedError, HardwareEncryptionDeadlineError, HardwareEncryptionUnsupportedError
 */
export function switchEncryption(switching: Switching, judgement: Judgement): Promise<ObservedEncryption> {
  const { cluster, context, deadlineSeconds, onUnderWay } = switching;
  const end = context.clock.now().getTime() + deadlineSeconds * 1000;
  const convergence: Convergence<ObservedEncryption, Target, Job> = {
    ...judgement,

    async look() {
      const seen = await observeEncryption(cluster);
      return { seen, running: isSettled(seen) ? undefined : "underWay" };
    },

    start: (seen, target) =>
      writeUnlessOutdated(
        async () => isDeepStrictEqual(await observeEncryption(cluster), seen),
        () => startSwitch(cluster, context, seen, target),
      ),

    async wait(job, seen) {
      if (job === "underWay") context.log.info(`waiting for hardware encryption, which is ${seen.state} already`);
      onUnderWay?.(seen);
      const elapsed = stopwatch(context.clock);
      const remaining = (end - context.clock.now().getTime()) / 1000;
      const after = await settled({ ...switching, deadlineSeconds: remaining }, deadlineSeconds);
      onUnderWay?.(after);
      if (job === "underWay") return;
      if (after.state !== job) throw ended(cluster, after, job);
      context.log.info(`${clusterOf({ cluster: cluster.name })}: ${switched(after, elapsed)}`);
    },
  };
  return converge(convergence, (work) => exclusivelyOn(cluster, context, work));
}

function switched({ state, holder }: ObservedEncryption, elapsed: Elapsed): string {
  const held = holder === undefined ? "" : `, with its key held by ${Holder.inWords(holder)}`;
  return `hardware encryption ${state} in ${inSeconds(elapsed)} s${held}`;
}

async function startSwitch(
  cluster: Cluster,
  context: Context,
  seen: ObservedEncryption,
  target: Target,
): Promise<"enabled" | "disabled"> {
  context.history.attempt((await cluster.clusterInfo()).uniqueID, { to: String(target), before: seen.keyID });
  return target === "disabled" || seen.state === "enabled"
    ? disable(cluster, context, seen, target)
    : enable(cluster, target);
}

async function disable(
  cluster: Cluster,
  { log }: Context,
  { holder = "internal" }: ObservedEncryption,
  target: Target,
): Promise<"disabled"> {
  if (target !== "disabled") {
    const [from, to] = [holder, target].map((holder) => Holder.inWords(holder));
    log.info(`disabling hardware encryption first: its key goes from ${from} to ${to} only while it is off`);
  }
  await cluster.call("DisableEncryptionAtRest", {});
  return "disabled";
}

async function enable(cluster: Cluster, holder: Holder): Promise<"enabled"> {
  try {
    await cluster.call("EnableEncryptionAtRest", holder === "internal" ? {} : { keyProviderID: holder });
    return "enabled";
  } catch (error) {
    if (!(error instanceof ElementApiError) || !isUnsupported(error)) throw error;
    throw new HardwareEncryptionUnsupportedError(
      {
        attempt: `enabling hardware encryption with ${Holder.inWords(holder)}`,
        place: cluster.place,
        reason: error.explanation.reason,
        wayOut:
          "declare no HardwareEncryption for this cluster: nodes of models that end in -NE and Demo VMs cannot have it; software encryption at rest (element.MasterKey) does not need it",
      },
      { cause: error },
    );
  }
}

/** The refusal of a Demo VM has a known name, that of a node without encrypting drives a known text. */
const isUnsupported = ({ vendorName, explanation }: ElementApiError): boolean =>
  vendorName === "xAPINotPermitted" || /non-?encryptable/i.test(explanation.reason);

/** Waits, without a handle, until hardware encryption is on or off. */
async function settled(switching: Switching, givenSeconds: number): Promise<ObservedEncryption> {
  const { cluster, context, deadlineSeconds, onUnderWay } = switching;
  const { clock, signal, log } = context;
  let state: EncryptionAtRestState = "enabling";
  for await (const elapsed of looks({ clock, signal, deadlineSeconds })) {
    const observed = await observeEncryption(cluster);
    if (isSettled(observed)) return observed;
    onUnderWay?.(observed);
    ({ state } = observed);
    log.progress(`${state} hardware encryption (${inSeconds(elapsed)}s)`);
  }
  throw new HardwareEncryptionDeadlineError({
    attempt: `${state} hardware encryption`,
    place: cluster.place,
    reason: `it still runs after ${givenSeconds} seconds`,
    wayOut: ({ apply, deadlines }) =>
      `the cluster goes on with it: run ${apply} again to resume waiting, or raise ${deadlines}`,
  });
}

const ended = (cluster: Cluster, { state }: ObservedEncryption, wanted: "enabled" | "disabled") =>
  new HardwareEncryptionFailedError({
    attempt: wanted === "enabled" ? "enabling hardware encryption" : "disabling hardware encryption",
    place: cluster.place,
    reason: `the cluster took the call, but then hardware encryption was ${state}`,
    wayOut: "see the cluster's faults and the key server's log, then run again",
  });
