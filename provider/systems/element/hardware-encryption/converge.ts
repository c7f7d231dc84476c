import { IncompleteError } from "../../../core/errors";
import type { Attempt } from "../../../core/journal";
import type { Context } from "../../../core/lifecycle";
import { ObjectNotFoundError } from "../../../core/object-errors";
import type { Cluster } from "../api/cluster";
import type { Identity } from "../cluster";
import { HardwareEncryptionHeldElsewhereError } from "../errors";
import { assertUsable } from "../observed/connectivity";
import { assertHealthy } from "../observed/faults";
import type { ObservedEncryption } from "../observed/hardware-encryption";
import { Holder, type HolderArguments } from "../observed/holder";
import { keyFault, keyUnavailable } from "../observed/key-fault";
import { assertMayTake, refusalToTake, takingBack } from "../own-holder";
import type { HardwareEncryptionInputs, HardwareEncryptionOutputs } from "./resource";
import { afterDelete, describeEncryption, type HardwareEncryptionRecord, isWanted, recordOf } from "./state";
import { switchEncryption } from "./switching";

/** No document says how long enabling or disabling takes. */
const DEADLINE_SECONDS = 1800;

interface Convergence {
  cluster: Cluster;
  identity: Identity;
  inputs: HardwareEncryptionInputs;
  /** Absent for a create. */
  record?: HardwareEncryptionRecord;
  /** The fault of the key that a refresh has found. */
  fault?: string;
  /** The change that an earlier run has asked for, where that run left an incomplete state. */
  wish?: Attempt;
  verb: "create" | "update";
  context: Context;
}

/**
 * Looks at hardware encryption, makes the least change that brings it to the wanted state, and looks again. Once a
 * change is under way, every failure leaves a resource in state that is marked incomplete and records who held the key
 * before.
 */
export async function bringAbout(convergence: Convergence): Promise<HardwareEncryptionOutputs> {
  const { cluster, identity, inputs, context } = convergence;
  const underWay: ObservedEncryption[] = [];
  const switching = {
    cluster,
    context,
    deadlineSeconds: context.deadlineSeconds ?? DEADLINE_SECONDS,
    onUnderWay: (observed: ObservedEncryption) => underWay.push(observed),
  };
  const outputs = (observed: ObservedEncryption, record: HardwareEncryptionRecord, complete: boolean) => ({
    ...inputs,
    ...identity,
    ...describeEncryption(observed),
    ...record,
    complete,
  });
  try {
    const observed = await switchEncryption(switching, judgementOf(convergence));
    const reached = outputs(observed, recordOf(observed), true);
    return underWay.length > 0 ? reached : await available(convergence, observed, reached);
  } catch (error) {
    const seen = underWay.at(-1);
    if (seen === undefined) throw error;
    // Before a create, nobody held the key through this resource.
    const incomplete = outputs(seen, convergence.record ?? {}, false);
    const wish: Attempt = { to: String(Holder.wanted(inputs)), before: seen.keyID };
    throw new IncompleteError(identity.clusterUniqueID, { ...incomplete, wish }, error as Error);
  }
}

const SUCCESSOR = "disable hardware encryption and enable it again for a new key";

/** Outputs of a key that was out of reach, once it is within reach again. */
async function available(
  { cluster, identity, fault: recorded }: Convergence,
  observed: ObservedEncryption,
  outputs: HardwareEncryptionOutputs,
): Promise<HardwareEncryptionOutputs> {
  const fault = recorded === undefined ? undefined : await keyFault(cluster, observed);
  if (fault === undefined) return outputs;
  const cause = keyUnavailable(cluster, `key ${observed.keyID} of hardware encryption`, fault, SUCCESSOR);
  throw new IncompleteError(identity.clusterUniqueID, { ...outputs, fault }, cause);
}

/** Decides what to do about the observed state, once it is certain that a change can be brought to its end. */
const judgementOf = (convergence: Convergence): Parameters<typeof switchEncryption>[1] => ({
  decide(seen) {
    const { inputs, verb } = convergence;
    const holder = Holder.wanted(inputs);
    if (!isWanted(inputs) || seen.holder === holder) return undefined;
    if (verb === "create" && inputs.adopt !== undefined) throw nothingToAdopt(seen, convergence);
    return holder;
  },

  async prepare(seen, target) {
    const { cluster, inputs } = convergence;
    const holder = Holder.wanted(inputs);
    const attempt = `giving the key of hardware encryption to ${Holder.inWords(holder)}`;
    await assertMayTake(cluster, seen.holder ?? "internal", taking(holder), convergence);
    await assertHealthy(cluster, attempt);
    if (typeof target === "number") await assertUsable(cluster, target, attempt);
    return true;
  },
});

const nothingToAdopt = ({ holder }: ObservedEncryption, { cluster, inputs }: Convergence) =>
  new ObjectNotFoundError({
    attempt: `adopting hardware encryption with ${Holder.inWords(Holder.wanted(inputs))}`,
    place: cluster.place,
    reason: holder === undefined ? "it is disabled" : `${Holder.inWords(holder)} holds its key`,
    wayOut: "declare what the cluster has, or leave adopt out, and it is enabled with the declared holder",
  });

/** The key and the attempt in words, for errors of every resource that would take the key from another holder. */
export const taking = (to: Holder, wanted?: HolderArguments) => ({
  key: "the key of hardware encryption" as const,
  attempt: `giving the key of hardware encryption to ${Holder.inWords(to, wanted)}`,
  HeldElsewhereError: HardwareEncryptionHeldElsewhereError,
});

/**
 * Brings hardware encryption to the state that a destroy leaves behind, unless somebody else has given its key to
 * another provider by now.
 *
 * @throws HardwareEncryptionFailedError, HardwareEncryptionDeadlineError, ClusterUnhealthyError
 */
export async function leave(cluster: Cluster, state: HardwareEncryptionOutputs, context: Context): Promise<void> {
  const target = afterDelete(state);
  if (target === undefined) return;
  const own = takingBack(taking("internal"), state, context);
  const deadlineSeconds = context.deadlineSeconds ?? DEADLINE_SECONDS;
  await switchEncryption(
    { cluster, context, deadlineSeconds },
    {
      decide: ({ holder }) => ((holder ?? "disabled") === target ? undefined : target),
      async prepare({ holder }) {
        if (holder !== undefined && (await refusalToTake(cluster, holder, own, context)) !== undefined) {
          const held = Holder.inWords(holder);
          context.log.warn(`${held} holds the key of hardware encryption, not through this resource: it stays there`);
          return false;
        }
        await assertHealthy(
          cluster,
          target === "disabled"
            ? "disabling hardware encryption"
            : "bringing the key of hardware encryption back to internal keys",
        );
        return true;
      },
    },
  );
}
