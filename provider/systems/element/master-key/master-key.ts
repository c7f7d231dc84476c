import { isRecorded, type Lifecycle } from "../../../core/lifecycle";
import { differences } from "../../../core/plan";
import { declaredIn, withDefaults } from "../../../core/resource/description";
import type { Cluster } from "../api/cluster";
import { type Identity, identify, identifyById } from "../cluster";
import { checkHeldKey, deleteHeldKey, type HeldKey } from "../held-key";
import { foreseenRemovals, removeLeftovers } from "../leftovers";
import { Holder } from "../observed/holder";
import { keyFault } from "../observed/key-fault";
import { isRekeying, type ObservedMasterKey, observeMasterKey } from "../observed/master-key";
import { wentWithinStack } from "../own-holder";
import { singletons } from "../singletons";
import { giveBack, giveKey, taking } from "./converge";
import { foreseenCreate, foreseenUpdate } from "./plan";
import { describeKey, isOverAge, policyChanges, recordOf, recordOfSeen } from "./record";
import { type MasterKeyInputs, type MasterKeyOutputs, masterKeyResource } from "./resource";

export const masterKey: Lifecycle<MasterKeyInputs, MasterKeyOutputs> = {
  deleteWaits: true,

  async check(olds, news, context) {
    const inputs = { ...withDefaults(masterKeyResource, news), ...undecided(news), complete: true };
    return checkHeldKey(THE_KEY, olds, inputs, () => [foreseenCreate(inputs)], context);
  },

  async diff(_id, olds, news, context) {
    singletons.masterKey.recognise(olds, news, context);
    const differing = [
      ...differences({
        complete: !olds.complete,
        fault: olds.fault !== undefined,
        cluster: olds.cluster !== news.cluster,
        keyID: olds.keyID !== olds.recordedKeyID,
        keyProvider: Holder.of(olds.keyProviderID) !== Holder.wanted(news),
        rotationDue: isOverAge(olds, recordOf(olds), news.maxAge, context),
      }),
      ...policyChanges(olds, news),
    ];
    const lines = differing.length > 0 ? foreseenUpdate(olds, news, context) : [];
    const removals = foreseenRemovals(olds, context);
    // Leftovers are no part of this resource. It differs because its update is what removes them.
    return { differing: removals.length > 0 ? [...differing, "leftovers"] : differing, lines: [...lines, ...removals] };
  },

  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    singletons.masterKey.assertDeclaredOnce(cluster.place, identity, context);
    await removeLeftovers(cluster, identity, context);
    const outputs = await giveKey({ cluster, identity, inputs, verb: "create", context });
    // What held the key until now could not be removed before.
    await removeLeftovers(cluster, identity, context);
    return { id: identity.clusterUniqueID, outputs };
  },

  async read(id, recorded, context) {
    const { cluster, identity } = await identifyById(context, id, recorded);
    const observed = await observeMasterKey(cluster);
    const state = isRecorded(recorded, "recordedKeyID") ? recorded : asRecorded(observed, identity, cluster.name);
    const { keyProvider, keyProviderName, ...others } = declaredIn(masterKeyResource, state);
    const held = Holder.asArguments(observed.holder, { keyProvider, keyProviderName });
    const running = await isRekeying(cluster, observed);
    const health = {
      complete: state.complete && !running,
      fault: await keyFault(cluster, observed),
      rotationDue: isOverAge(observed, recordOf(state), state.maxAge, context) || undefined,
    };
    const described = {
      ...describeKey(observed),
      ...(running ? { asyncHandle: observed.asyncHandle } : {}),
      isOfThisStack: await wentWithinStack(cluster, observed.holder, state, context),
    };
    return {
      id,
      inputs: { ...others, ...held, ...health },
      outputs: { ...state, ...identity, ...described, ...health },
    };
  },

  async update(_id, olds, news, context) {
    const { cluster, identity } = await identify(context, news.cluster, olds);
    singletons.masterKey.assertDeclaredOnce(cluster.place, identity, context);
    await removeLeftovers(cluster, identity, context);
    const { fault, wish } = olds;
    const record = recordOf(olds);
    const outputs = await giveKey({ cluster, identity, inputs: news, record, fault, wish, verb: "update", context });
    await removeLeftovers(cluster, identity, context);
    return outputs;
  },

  async delete(_id, state, context) {
    await deleteHeldKey(THE_KEY, state, context, (cluster) => giveBack(cluster, state, context));
  },
};

/**
 * The outputs that a run would have recorded had it given the key to its holder. The key is as old as the cluster says.
 */
const asRecorded = (observed: ObservedMasterKey, identity: Identity, cluster: string): MasterKeyOutputs => ({
  ...withDefaults(masterKeyResource, { cluster } as MasterKeyInputs),
  ...undecided({}),
  ...Holder.asArguments(observed.holder, {}),
  ...identity,
  ...describeKey(observed),
  ...recordOfSeen(observed, observed.keyCreatedTime ?? new Date(0).toISOString()),
  complete: true,
});

/** Who holds the key; `undefined` while the key is changing hands. */
async function settledHolder(cluster: Cluster): Promise<Holder | undefined> {
  const observed = await observeMasterKey(cluster);
  return (await isRekeying(cluster, observed)) ? undefined : observed.holder;
}

/** State keeps whether a program gave `onDelete` or left it out. */
const undecided = ({ onDelete }: Partial<MasterKeyInputs>): Pick<MasterKeyInputs, "defaults"> =>
  onDelete === undefined ? { defaults: ["onDelete"] } : {};

const THE_KEY: HeldKey<MasterKeyInputs> = {
  description: masterKeyResource,
  singleton: singletons.masterKey,
  inWords: "the master key",
  taking,
  settledHolder,
  ifKept: (state) =>
    state.keyProvider === undefined
      ? undefined
      : `the master key is left to ${Holder.wantedInWords(state)}, as onDelete says: that provider and its key server have to stay`,
  replacement: {
    attempt: "replacing the master key's resource",
    reason: "its first half would bring the key back to internal keys",
    wayOut: "change a value of rotationTriggers to get a new key; the resource itself never needs to be replaced",
  },
};
