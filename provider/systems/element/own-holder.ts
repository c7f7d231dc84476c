import type { ExplainedError, Explanation } from "../../core/errors";
import { attemptsOf } from "../../core/history";
import type { Attempt } from "../../core/journal";
import { type CheckFailure, type Comparing, refusal } from "../../core/lifecycle";
import { isUnknown } from "../../core/unknown";
import type { Words } from "../../core/words";
import type { Cluster } from "./api/cluster";
import type { KeyProviderKmip } from "./api/types";
import { type Identity, identifyInAHurry, ifAnswered, isConnectionKnown, type OnCluster } from "./cluster";
import { ResourceRenamedError } from "./errors";
import { Holder, type HolderArguments } from "./observed/holder";
import { findKeyProvider } from "./observed/key-providers";
import { nameOf } from "./wording";

/** A key that a resource is about to take from whoever holds it. */
export interface Taking {
  key: "the master key" | "the key of hardware encryption";
  attempt: string;
  /** State does not have the resource yet. */
  isNew: boolean;
  /** Holders that the resource gives the key to, or is recorded to have given it to. */
  known: readonly Holder[];
  /** Changes that were begun and never recorded. Their results are the resource's own, even without an answer. */
  attempts: readonly Attempt[];
  HeldElsewhereError: new (explanation: Explanation) => ExplainedError;
}

/** The same for every resource that takes the key. */
export type TakenKey = Pick<Taking, "key" | "attempt" | "HeldElsewhereError">;

/** A resource that gives a key to a holder, with its record of the holders so far. */
export interface Taker {
  inputs: HolderArguments & { takeOver?: boolean };
  /** Absent for a resource that state does not have yet. */
  record?: { recordedKeyProviderID?: number };
  wish?: Attempt;
  identity: Pick<Identity, "clusterUniqueID">;
  context: Comparing;
}

const takingBy = (taken: TakenKey, { inputs, record, wish, identity, context }: Taker): Taking => ({
  ...taken,
  isNew: record === undefined,
  known: [Holder.wanted(inputs), ...(record === undefined ? [] : [Holder.of(record.recordedKeyProviderID)])],
  attempts: attemptsOf(context.history.of(identity.clusterUniqueID), wish),
});

/** For a delete, which knows what state has and nothing more. */
export const takingBack = (
  taken: TakenKey,
  state: HolderArguments & Identity & { recordedKeyProviderID?: number; wish?: Attempt },
  context: Comparing,
): Taking => takingBy(taken, { inputs: state, record: state, wish: state.wish, identity: state, context });

/** @throws what {@link refusalToTake} gives, unless the program says to take the key over */
export async function assertMayTake(cluster: Cluster, holder: Holder, taken: TakenKey, taker: Taker): Promise<void> {
  if (taker.inputs.takeOver) return;
  const refused = await refusalToTake(cluster, holder, takingBy(taken, taker), taker.context);
  if (refused !== undefined) throw refused;
}

/**
 * Why the key may not be taken from `holder` without `takeOver`, or `undefined` where it may: two stacks must not take
 * it from each other. A holder that this stack has made, and that a run on another machine has given the key to, counts
 * as the resource's own, unless the resource is new.
 */
export async function refusalToTake(
  cluster: Cluster,
  holder: Holder,
  { key, attempt, isNew, known, attempts, HeldElsewhereError }: Taking,
  context: Comparing,
): Promise<ExplainedError | undefined> {
  if (holder === "internal" || known.includes(holder) || attempts.some(({ to }) => to === String(holder))) return;
  const name = await nameIfOfThisStack(cluster, holder, context);
  if (name !== undefined && !isNew) return;
  if (name === undefined) {
    return new HeldElsewhereError({
      attempt,
      place: cluster.place,
      reason: `${Holder.inWords(holder)} holds it, and not through this resource`,
      wayOut: "set takeOver: true if that holder is to lose it; if another stack declares it, leave it to that one",
    });
  }
  return renamed(cluster, { keyProviderID: holder, keyProviderName: name }, key, context, attempt);
}

/** The error where a resource new to its stack finds the key with a provider that the stack has under another name. */
export const renamed = (
  cluster: Cluster,
  { keyProviderID, keyProviderName }: Pick<KeyProviderKmip, "keyProviderID" | "keyProviderName">,
  held: string,
  { self }: Pick<Comparing, "self">,
  attempt = `creating "${self.name}"`,
) =>
  new ResourceRenamedError({
    attempt,
    place: cluster.place,
    reason: `${nameOf("key provider", keyProviderID, keyProviderName)}, which this stack has made, holds ${held}, and "${self.name}" is a name that is new to the stack`,
    wayOut: giveFormerName,
  });

/**
 * Gives at plan time the refusal that a create would end with. The wanted holder may be known by name alone; a cluster
 * that does not answer is no failure yet.
 */
export async function checkTaking(
  inputs: OnCluster & HolderArguments & { takeOver?: boolean; adopt?: string },
  taken: TakenKey,
  observe: (cluster: Cluster) => Promise<Holder | undefined>,
  context: Comparing,
): Promise<CheckFailure[]> {
  const { keyProvider, keyProviderName } = inputs;
  if (inputs.takeOver || inputs.adopt !== undefined || isUnknown(inputs.cluster)) return [];
  if (isUnknown(keyProvider) && (keyProviderName === undefined || isUnknown(keyProviderName))) return [];
  if (!isConnectionKnown(inputs.cluster, context)) return [];
  return ifAnswered<CheckFailure[]>([], async () => {
    const { cluster, identity } = await identifyInAHurry(context, inputs.cluster);
    const holder = await observe(cluster);
    if (holder === undefined || holder === "internal") return [];
    if (isUnknown(keyProvider) && (await findKeyProvider(cluster, holder))?.keyProviderName === keyProviderName)
      return [];
    const refused = await refusalToTake(cluster, holder, takingBy(taken, { inputs, identity, context }), context);
    return refused === undefined ? [] : [refusal("keyProvider", refused)];
  });
}

const giveFormerName = ({ apply, formerNameAsWritten, formerNames }: Words): string =>
  `where something was renamed, give it its former name with ${formerNameAsWritten}; where that was run without ${formerNames} already, or a first run was cut off on another machine, put the former names back, run ${apply}, and rename with ${formerNames} then: neither costs a rekey`;

/** Whether a key went from the recorded provider to another one that this stack has made: a plan says so. */
export async function wentWithinStack(
  cluster: Cluster,
  holder: Holder | undefined,
  { recordedKeyProviderID }: { recordedKeyProviderID?: number },
  context: Comparing,
): Promise<true | undefined> {
  if (holder === undefined || holder === "internal" || holder === recordedKeyProviderID) return undefined;
  return (await nameIfOfThisStack(cluster, holder, context)) === undefined ? undefined : true;
}

/** The name of the holder, where that is a key provider that this stack has made. */
async function nameIfOfThisStack(
  cluster: Cluster,
  holder: Holder,
  { self }: Pick<Comparing, "self">,
): Promise<string | undefined> {
  const name = holder === "internal" ? "" : ((await findKeyProvider(cluster, holder))?.keyProviderName ?? "");
  return self.isMarkOfStack(name, "element:KeyProvider") ? name : undefined;
}
