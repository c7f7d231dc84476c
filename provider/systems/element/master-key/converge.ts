import { IncompleteError } from "../../../core/errors";
import { attemptsOf } from "../../../core/history";
import type { Attempt } from "../../../core/journal";
import type { Context } from "../../../core/lifecycle";
import { inSeconds } from "../../../core/looks";
import { ObjectNotFoundError } from "../../../core/object-errors";
import { isSealOf, seal } from "../../../core/seal";
import type { Cluster } from "../api/cluster";
import type { Identity } from "../cluster";
import { MasterKeyHeldElsewhereError, RekeyFailedError } from "../errors";
import { assertUsable } from "../observed/connectivity";
import { Holder, type HolderArguments } from "../observed/holder";
import { keyFault, keyUnavailable } from "../observed/key-fault";
import type { ObservedMasterKey } from "../observed/master-key";
import { assertMayTake, refusalToTake, takingBack } from "../own-holder";
import { clusterOf } from "../wording";
import { type Decision, decide, evidenceOf } from "./decision";
import { mayBeOfAnotherMachine } from "./plan";
import { describeKey, recordOfSeen } from "./record";
import { type Rekey, type RekeyProgress, rekeyed } from "./rekey";
import type { MasterKeyInputs, MasterKeyOutputs, MasterKeyRecord } from "./resource";

/** The vendor's own example of a rekey took 16 minutes. */
const DEADLINE_SECONDS = 3600;

interface Convergence {
  cluster: Cluster;
  identity: Identity;
  inputs: MasterKeyInputs;
  /** Absent for a create. */
  record?: MasterKeyRecord;
  /** The fault of the key that a refresh has found. */
  fault?: string;
  /** The change that an earlier run has asked for, where that run left an incomplete state. */
  wish?: Attempt;
  verb: "create" | "update";
  context: Context;
}

/**
 * Looks at the key, makes the least change that brings the wanted key into force, and looks again. Once a rekey runs,
 * every failure leaves a resource in state that is marked incomplete and records the key that was in force before.
 */
export async function giveKey(convergence: Convergence): Promise<MasterKeyOutputs> {
  const { cluster, inputs, context } = convergence;
  const deadlineSeconds = context.deadlineSeconds ?? DEADLINE_SECONDS;
  const rekey: Rekey = { cluster, context, deadlineSeconds, wish: seal(inputs.rotationTriggers ?? {}) };
  const holder = Holder.wanted(inputs);
  const progress: RekeyProgress = {};
  let decision: Decision = { kind: "stays" };
  try {
    const inForce = await rekeyed(
      rekey,
      {
        decide(seen, { first, done: [own] }) {
          if (own !== undefined) return assertGiven(seen, own.before, convergence);
          if (isAdoption(convergence)) return assertHeld(seen, convergence);
          decision = decisionOn(seen, seen.keyID !== first.keyID, convergence);
          return decision.kind === "rekey" ? holder : undefined;
        },
        async prepare(seen) {
          await assertMayTake(cluster, seen.holder, taking(holder), convergence);
          const attempt = `giving the master key to ${Holder.inWords(holder)}`;
          if (holder !== "internal") await assertUsable(cluster, holder, attempt);
          return true;
        },
      },
      progress,
    );
    if (progress.own === undefined) {
      tellOfSuccessor(convergence, inForce, decision);
      return await available(convergence, inForce);
    }
    tellOfRekey(convergence, progress.own, decision);
    return completed(convergence, inForce);
  } catch (error) {
    if (progress.unfinished === undefined) throw error;
    throw incomplete(convergence, rekey, progress.unfinished, error as Error);
  }
}

function decisionOn(
  seen: ObservedMasterKey,
  isOfThisRun: boolean,
  { identity, inputs, record, wish, context }: Convergence,
): Decision {
  const evidence = evidenceOf(context.history.of(identity.clusterUniqueID), wish, isOfThisRun);
  return decide(seen, inputs, record, evidence, context);
}

/** Says what was done; the line replaces that of the plan. */
function tellOfRekey(
  { inputs, context }: Convergence,
  { before, elapsed }: NonNullable<RekeyProgress["own"]>,
  decision: Decision,
): void {
  const holder = Holder.wanted(inputs);
  const holds = holder === "internal" ? "hold" : "holds";
  const why = decision.kind === "rekey" && before.holder === holder ? ` (${decision.reason})` : "";
  context.log.info(
    `${clusterOf(inputs)}: rekeyed in ${inSeconds(elapsed)} s: ${Holder.wantedInWords(inputs)} ${holds} the master key${why}`,
  );
}

/** A run that was cut off after its rekey leaves a plan that still speaks of one, or a key that nobody has recorded. */
function tellOfSuccessor(convergence: Convergence, observed: ObservedMasterKey, decision: Decision): void {
  const { inputs, record, identity, wish, context } = convergence;
  const { keyID } = observed;
  if (decision.kind === "satisfied") {
    const { change, by } = decision;
    const maker = by === "this run" ? "came into force meanwhile" : "was made for it by a run that was cut off";
    if (by === "age") context.log.warn(`no rekey: ${mayBeOfAnotherMachine(observed, change)}`);
    else context.log.info(`no second rekey: key ${keyID} ${maker}, and satisfies the change (${change})`);
    return;
  }
  const attempts = attemptsOf(context.history.of(identity.clusterUniqueID), wish);
  const isOfAnotherWish = attempts.some(
    ({ wish }) => wish !== undefined && !isSealOf(wish, inputs.rotationTriggers ?? {}),
  );
  if (record === undefined || keyID === record.recordedKeyID || !isOfAnotherWish) return;
  context.log.info(`no rekey: nothing asks for one any more; key ${keyID}, of a run that was cut off, stays in force`);
}

/**
 * Brings the master key back to internal keys, unless somebody else has given it to another holder by now.
 *
 * @throws RekeyFailedError, RekeyDeadlineError
 */
export async function giveBack(cluster: Cluster, state: MasterKeyOutputs, context: Context): Promise<void> {
  const rekey: Rekey = { cluster, context, deadlineSeconds: context.deadlineSeconds ?? DEADLINE_SECONDS };
  const own = takingBack(taking("internal"), state, context);
  const progress: RekeyProgress = {};
  await rekeyed(
    rekey,
    {
      decide(seen, { done }) {
        if (seen.holder === "internal") return undefined;
        if (done.length > 0) throw notInForce(cluster, seen, "internal");
        return "internal";
      },
      async prepare({ holder }) {
        if ((await refusalToTake(cluster, holder, own, context)) === undefined) return true;
        context.log.warn(`${Holder.inWords(holder)} holds the master key, not through this resource: it stays there`);
        return false;
      },
    },
    progress,
  );
  if (progress.own === undefined) return;
  const seconds = inSeconds(progress.own.elapsed);
  context.log.info(`${clusterOf(state)}: rekeyed in ${seconds} s: internal keys hold the master key`);
}

/** A key that is taken over is left as it is, however old. */
const isAdoption = ({ verb, inputs }: Convergence): boolean => verb === "create" && inputs.adopt !== undefined;

function assertHeld({ holder }: ObservedMasterKey, { cluster, inputs }: Convergence): undefined {
  const wanted = Holder.wanted(inputs);
  if (holder === wanted) return;
  throw new ObjectNotFoundError({
    attempt: `adopting the master key of ${Holder.inWords(wanted)}`,
    place: cluster.place,
    reason: `${Holder.inWords(holder)} holds it`,
    wayOut: "declare that holder, or leave adopt out, and the key is given to the declared one",
  });
}

function assertGiven(after: ObservedMasterKey, before: ObservedMasterKey, { cluster, inputs }: Convergence): undefined {
  const wanted = Holder.wanted(inputs);
  if (after.holder !== wanted || after.keyID === before.keyID) throw notInForce(cluster, after, wanted);
}

/** The key and the attempt in words, for errors of every resource that would take the key from another holder. */
export const taking = (to: Holder, wanted?: HolderArguments) => ({
  key: "the master key" as const,
  attempt: `giving the master key to ${Holder.inWords(to, wanted)}`,
  HeldElsewhereError: MasterKeyHeldElsewhereError,
});

/** Outputs of a key that needs no successor. A key that was out of reach must be within reach again. */
async function available(convergence: Convergence, observed: ObservedMasterKey): Promise<MasterKeyOutputs> {
  const { cluster, identity } = convergence;
  const outputs = completed(convergence, observed);
  const fault = convergence.fault === undefined ? undefined : await keyFault(cluster, observed);
  if (fault === undefined) return outputs;
  const cause = keyUnavailable(cluster, `master key ${observed.keyID}`, fault, SUCCESSOR);
  throw new IncompleteError(identity.clusterUniqueID, { ...outputs, fault }, cause);
}

const SUCCESSOR = "change a value of rotationTriggers for a new key";

/** Outputs of a key that is in force and wanted: the record advances to it. */
function completed({ identity, inputs, record, context }: Convergence, observed: ObservedMasterKey): MasterKeyOutputs {
  const isRecorded = record?.recordedKeyID === observed.keyID;
  return {
    ...inputs,
    ...identity,
    ...describeKey(observed),
    ...recordOfSeen(observed, isRecorded ? record.recordedTime : context.clock.now().toISOString()),
    complete: true,
  };
}

/** An incomplete resource, whose record stands where it stood. */
function incomplete(
  { identity, inputs, record, context }: Convergence,
  { wish }: Rekey,
  { before, asyncHandle }: NonNullable<RekeyProgress["unfinished"]>,
  cause: Error,
): IncompleteError {
  const description = describeKey(before);
  // Before a create, nobody held the key through this resource, and there were no triggers.
  const untouched: MasterKeyRecord = record ?? {
    recordedKeyID: description.keyID,
    recordedTime: context.clock.now().toISOString(),
    rotationTriggers: inputs.rotationTriggers,
  };
  const outputs: MasterKeyOutputs = {
    ...inputs,
    ...identity,
    ...description,
    rotationTriggers: undefined,
    ...untouched,
    complete: false,
    asyncHandle,
    wish: { to: String(Holder.wanted(inputs)), before: before.keyID, wish },
  };
  return new IncompleteError(identity.clusterUniqueID, outputs, cause);
}

const notInForce = (cluster: Cluster, { holder, keyID }: ObservedMasterKey, wanted: Holder) =>
  new RekeyFailedError({
    attempt: `giving the master key to ${Holder.inWords(wanted)}`,
    place: cluster.place,
    reason: `the rekey has ended, but key ${keyID} of ${Holder.inWords(holder)} is in force`,
    wayOut: "somebody else may have rekeyed at the same time: look at the cluster, then run again",
  });
