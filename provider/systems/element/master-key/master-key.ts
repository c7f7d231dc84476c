import type { Lifecycle } from "../../../core/lifecycle";
import { ReplacementRefusedError } from "../../../core/object-errors";
import { isNew } from "../../../core/ownership";
import { differences } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { checkNotReplaced } from "../../../core/singleton";
import type { Cluster } from "../api/cluster";
import { clusterPlace } from "../api/peer";
import { checkCluster, identify, type OnCluster } from "../cluster";
import { foreseenRemovals, removeLeftovers } from "../leftovers";
import { type Holder, holderOf, keyProviderOf, wantedHolder } from "../observed/holder";
import { keyFault } from "../observed/key-fault";
import { checkTaking, wentWithinStack } from "../own-holder";
import { singletons } from "../singletons";
import { wantedName } from "../wording";
import { converge, giveBack, taking } from "./converge";
import { foreseenCreate, foreseenUpdate } from "./plan";
import { describeKey, inputsOf, isOverAge, policyChanges, recordOf } from "./record";
import { isRekeying, observeMasterKey } from "./rekey";
import { type MasterKeyInputs, type MasterKeyOutputs, masterKeyResource } from "./resource";

export const masterKey: Lifecycle<MasterKeyInputs, MasterKeyOutputs> = {
  deleteWaits: true,

  async check(olds, news, context) {
    const inputs = { ...withDefaults(masterKeyResource, news), ...undecided(news), complete: true };
    const failures = [
      ...checkNotReplaced(olds, context, () => replacementRefused(inputs)),
      ...checkArguments(masterKeyResource, inputs),
      ...checkCluster(inputs, context),
      ...singletons.masterKey.checkDeclaredOnce(inputs, context),
    ];
    if (failures.length > 0 || !isNew(olds)) return { inputs, failures, lines: [] };
    const refusals = await checkTaking(inputs, taking(wantedHolder(inputs)), settledHolder, context);
    return { inputs, failures: refusals, lines: refusals.length === 0 ? [foreseenCreate(inputs)] : [] };
  },

  async diff(_id, olds, news, context) {
    singletons.masterKey.recognise(olds, news, context);
    const differing = [
      ...differences({
        complete: !olds.complete,
        fault: olds.fault !== undefined,
        cluster: olds.cluster !== news.cluster,
        keyID: olds.keyID !== olds.recordedKeyID,
        keyProvider: holderOf(olds.keyProviderID) !== wantedHolder(news),
        rotationDue: isOverAge(olds, recordOf(olds), news.maxAge, context),
      }),
      ...policyChanges(olds, news),
    ];
    const lines = differing.length > 0 ? foreseenUpdate(olds, news, context) : [];
    const removals = foreseenRemovals(olds, context);
    // What is to be removed is found through this resource, and is nothing of it.
    return { differing: removals.length > 0 ? [...differing, "leftovers"] : differing, lines: [...lines, ...removals] };
  },

  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    singletons.masterKey.assertDeclaredOnce(cluster.place, identity, context);
    await removeLeftovers(cluster, identity, context);
    const outputs = await converge({ cluster, identity, inputs, verb: "create", context });
    return { id: identity.clusterUniqueID, outputs };
  },

  async read(id, state, context) {
    const { cluster, identity } = await identify(context, state.cluster, state);
    const observed = await observeMasterKey(cluster);
    const { keyProvider, keyProviderName, ...others } = inputsOf(state);
    const held = keyProviderOf(observed.holder, { keyProvider, keyProviderName });
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
    return converge({ cluster, identity, inputs: news, record: recordOf(olds), fault, wish, verb: "update", context });
  },

  async delete(_id, state, context) {
    if (singletons.masterKey.isHandedOver(state, context)) {
      context.log.info("the master key stays as it is: another resource of this program declares it");
      return;
    }
    if (singletons.masterKey.isReplaced(state, context)) throw replacementRefused(state);
    if (state.onDelete === "keep" && state.keyProvider !== undefined) {
      context.log.info(
        `the master key is left to ${wantedName(state)}, as onDelete says: that provider and its key server have to stay`,
      );
    }
    if (state.onDelete === "keep") return;
    const { cluster } = await identify(context, state.cluster, state);
    await giveBack(cluster, state, context);
  },
};

/** Who holds the key, unless that is about to change. */
async function settledHolder(cluster: Cluster): Promise<Holder | undefined> {
  const observed = await observeMasterKey(cluster);
  return (await isRekeying(cluster, observed)) ? undefined : observed.holder;
}

/** What was left out stays told apart from what was given. */
const undecided = ({ onDelete }: MasterKeyInputs): Pick<MasterKeyInputs, "defaults"> =>
  onDelete === undefined ? { defaults: ["onDelete"] } : {};

const replacementRefused = ({ cluster }: OnCluster) =>
  new ReplacementRefusedError({
    attempt: "replacing the master key's resource",
    place: clusterPlace(cluster),
    reason: "its first half would bring the key back to internal keys",
    wayOut: "change a value of rotationTriggers to get a new key; the resource itself never needs to be replaced",
  });
