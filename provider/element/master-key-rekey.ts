import { IncompleteError } from "../errors";
import type { Context } from "../lifecycle";
import type { Cluster } from "./api/cluster";
import { assertUsable } from "./connectivity";
import { MasterKeyHeldElsewhereError, ObjectNotFoundError, RekeyFailedError } from "./errors";
import { describeHolder, type Holder, holderOf, wantedHolder } from "./holder";
import type { Identity } from "./identity";
import { keyFault, keyUnavailable } from "./key-fault";
import { changedTriggers, rekeyReason } from "./master-key-reason";
import { describeKey, type MasterKeyInputs, type MasterKeyOutputs, type MasterKeyRecord } from "./master-key-state";
import { beginRekey, finishRekey, type ObservedMasterKey, observeMasterKey, type Rekey } from "./rekey";

/** The vendor's own example of a rekey took 16 minutes. */
const DEADLINE_SECONDS = 3600;

interface Convergence {
  cluster: Cluster;
  identity: Identity;
  inputs: MasterKeyInputs;
  /** Absent for a create. */
  record?: MasterKeyRecord;
  /** The key that state shows as the one in force; absent for a create. */
  shownKeyID?: string;
  /** What a refresh has found to be wrong with the key. */
  fault?: string;
  verb: "create" | "update";
  context: Context;
}

/**
 * Looks at the key, does the least that makes it the wanted one, and looks again. From the moment a rekey runs, every
 * failure leaves a resource that knows it is incomplete and what was in force before.
 */
export async function converge(convergence: Convergence): Promise<MasterKeyOutputs> {
  const { cluster, inputs, verb, context } = convergence;
  const rekey: Rekey = { cluster, context, deadlineSeconds: inputs.deadlines?.[verb] ?? DEADLINE_SECONDS };
  const holder = wantedHolder(inputs);
  const { observed, asyncHandle } = await beginRekey(
    rekey,
    async (seen) => {
      if (isAdoption(convergence)) return assertHeld(seen, convergence);
      if (rekeyReason(seen, inputs, convergence.record, context) === undefined) return undefined;
      assertMayTake(seen, convergence);
      if (holder !== "internal")
        await assertUsable(cluster, holder, `giving the master key to ${describeHolder(holder)}`);
      return holder;
    },
    (seen, wait) => orIncomplete(convergence, seen, seen.asyncHandle, wait),
  );
  if (asyncHandle === undefined) {
    tellOfSuccessor(convergence, observed);
    return available(convergence, observed);
  }
  return orIncomplete(convergence, observed, asyncHandle, async () => {
    await finishRekey(rekey, asyncHandle);
    const after = await observeMasterKey(cluster);
    if (after.holder !== holder || after.keyID === observed.keyID) throw notInForce(cluster, after, holder);
    return completed(convergence, after);
  });
}

/** A run that was cut off after its rekey leaves a plan that still speaks of one. */
function tellOfSuccessor({ inputs, record, shownKeyID, context }: Convergence, { keyID }: ObservedMasterKey): void {
  if (record === undefined || keyID === shownKeyID) return;
  const change = changedTriggers(record.rotationTriggers, inputs);
  if (change === undefined) return;
  context.log.info(
    `no second rekey: key ${keyID} was made since the last run ended, and satisfies the change (${change})`,
  );
}

/**
 * Brings the master key back to internal keys, unless somebody else has given it to another holder by now.
 *
 * @throws RekeyFailedError, RekeyDeadlineError
 */
export async function giveBack(cluster: Cluster, state: MasterKeyOutputs, context: Context): Promise<void> {
  const rekey: Rekey = { cluster, context, deadlineSeconds: state.deadlines?.delete ?? DEADLINE_SECONDS };
  const { asyncHandle } = await beginRekey(rekey, async ({ holder }) => {
    if (holder === "internal") return undefined;
    if (holder === wantedHolder(state) || holder === holderOf(state.recordedKeyProviderID)) return "internal";
    context.log.warn(`${describeHolder(holder)} holds the master key, not through this resource: it stays there`);
    return undefined;
  });
  if (asyncHandle === undefined) return;
  await finishRekey(rekey, asyncHandle);
  const after = await observeMasterKey(cluster);
  if (after.holder !== "internal") throw notInForce(cluster, after, "internal");
}

/** A key that is taken over is left as it is, however old. */
const isAdoption = ({ verb, inputs }: Convergence): boolean => verb === "create" && inputs.adopt !== undefined;

function assertHeld({ holder }: ObservedMasterKey, { cluster, inputs }: Convergence): undefined {
  const wanted = wantedHolder(inputs);
  if (holder === wanted) return;
  throw new ObjectNotFoundError({
    attempt: `adopting the master key of ${describeHolder(wanted)}`,
    cluster: cluster.name,
    reason: `${describeHolder(holder)} holds it`,
    wayOut: "declare that holder, or leave adopt out, and the key is given to the declared one",
  });
}

/** Two stacks must not rekey against each other. */
function assertMayTake({ holder }: ObservedMasterKey, { cluster, inputs, record }: Convergence): void {
  const wanted = wantedHolder(inputs);
  const isRecorded = record !== undefined && holder === holderOf(record.recordedKeyProviderID);
  if (holder === "internal" || holder === wanted || isRecorded || inputs.takeOver) return;
  throw new MasterKeyHeldElsewhereError({
    attempt: `giving the master key to ${describeHolder(wanted)}`,
    cluster: cluster.name,
    reason: `${describeHolder(holder)} holds it, and not through this resource`,
    wayOut: "set takeOver: true if that holder is to lose it; if another stack declares it, leave it to that one",
  });
}

/** Outputs of a key that needs no successor; one that was out of reach must be within reach again. */
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
  const description = describeKey(observed);
  const isRecorded = record?.recordedKeyID === observed.keyID;
  return {
    ...inputs,
    ...identity,
    ...description,
    recordedKeyID: description.keyID,
    recordedKeyProviderID: description.keyProviderID,
    recordedTime: isRecorded ? record.recordedTime : context.clock.now().toISOString(),
    complete: true,
  };
}

/** Runs a step of a rekey; its failure leaves an incomplete resource whose record stands where it stood. */
async function orIncomplete<T>(
  { identity, inputs, record, context }: Convergence,
  observed: ObservedMasterKey,
  asyncHandle: number | undefined,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const description = describeKey(observed);
    // Of a create, nobody held the key through this resource before, and its triggers ask for nothing.
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
    };
    throw new IncompleteError(identity.clusterUniqueID, outputs, error as Error);
  }
}

const notInForce = (cluster: Cluster, { holder, keyID }: ObservedMasterKey, wanted: Holder) =>
  new RekeyFailedError({
    attempt: `giving the master key to ${describeHolder(wanted)}`,
    cluster: cluster.name,
    reason: `the rekey has ended, but key ${keyID} of ${describeHolder(holder)} is in force`,
    wayOut: "somebody else may have rekeyed at the same time: look at the cluster, then run again",
  });
