import { isDeepStrictEqual } from "node:util";
import { durationSeconds } from "../duration";
import type { CheckFailure, Context, Lifecycle } from "../lifecycle";
import type { Cluster } from "./api/cluster";
import { clusterPlace } from "./api/peer";
import {
  adoptMatchComplaint,
  booleanComplaint,
  checkArgument,
  idComplaint,
  oneOfComplaint,
  optional,
  triggersComplaint,
} from "./arguments";
import { ReplacementRefusedError } from "./errors";
import { type Holder, holderOf, keyProviderOf, wantedHolder } from "./holder";
import { checkCluster, identify, isRelocated, type OnCluster } from "./identity";
import { keyFault } from "./key-fault";
import { announceLeftovers, removeLeftovers } from "./leftovers";
import { announceCreate, announceUpdate } from "./master-key-plan";
import { converge, giveBack, taking } from "./master-key-rekey";
import {
  describeKey,
  inputsOf,
  isOverAge,
  type MasterKeyInputs,
  type MasterKeyOutputs,
  policyOf,
  recordOf,
} from "./master-key-state";
import { checkTaking, wentWithinStack } from "./own-holder";
import { isNew } from "./ownership";
import { isRekeying, observeMasterKey } from "./rekey";
import {
  assertDeclaredOnce,
  checkDeclaredOnce,
  checkNotReplaced,
  isHandedOver,
  isReplaced,
  recognise,
} from "./singleton";
import { wantedName } from "./wording";

export const masterKey: Lifecycle<MasterKeyInputs, MasterKeyOutputs> = {
  async check(olds, news, context) {
    const inputs = { ...withDefaults(news), complete: true };
    const failures = [
      ...checkNotReplaced(olds, inputs, context, replacementRefused),
      ...checkMasterKey(inputs, context),
    ];
    if (failures.length > 0 || !isNew(olds)) return { inputs, failures };
    const refusals = await checkTaking(inputs, taking(wantedHolder(inputs)), settledHolder, context);
    if (refusals.length === 0) announceCreate(inputs, context);
    return { inputs, failures: refusals };
  },

  async diff(_id, olds, news, context) {
    recognise("master key", olds, news, context);
    const changes =
      !olds.complete ||
      olds.fault !== undefined ||
      isRelocated(olds, news) ||
      olds.keyID !== olds.recordedKeyID ||
      holderOf(olds.keyProviderID) !== wantedHolder(news) ||
      isOverAge(olds, recordOf(olds), news.maxAge, context) ||
      !isDeepStrictEqual(policyOf(olds), policyOf(news));
    if (changes) announceUpdate(olds, news, context);
    return { changes: announceLeftovers(olds, context) || changes };
  },

  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    assertDeclaredOnce("master key", cluster, identity, context);
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
    assertDeclaredOnce("master key", cluster, identity, context);
    await removeLeftovers(cluster, identity, context);
    const { fault, wish } = olds;
    return converge({ cluster, identity, inputs: news, record: recordOf(olds), fault, wish, verb: "update", context });
  },

  async delete(_id, state, context) {
    if (isHandedOver("master key", state, context)) {
      context.log.info("the master key stays as it is: another resource of this program declares it");
      return;
    }
    if (isReplaced("master key", state, context)) throw replacementRefused(state);
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
const withDefaults = (news: MasterKeyInputs): MasterKeyInputs =>
  news.onDelete === undefined ? { ...news, onDelete: "internal", defaults: ["onDelete"] } : news;

function checkMasterKey(news: MasterKeyInputs, context: Context): CheckFailure[] {
  return [
    ...checkCluster(news, context),
    ...checkArgument("keyProvider", news.keyProvider, optional(idComplaint)),
    ...checkArgument("maxAge", news.maxAge, (value) =>
      value === undefined || durationSeconds(value) ? undefined : 'must be a duration such as "90d", "12h" or "30m"',
    ),
    ...checkArgument("onDelete", news.onDelete, oneOfComplaint(["internal", "keep"])),
    ...checkArgument("takeOver", news.takeOver, optional(booleanComplaint)),
    ...checkArgument("adopt", news.adopt, optional(adoptMatchComplaint)),
    ...checkArgument("rotationTriggers", news.rotationTriggers, optional(triggersComplaint)),
    ...checkDeclaredOnce("master key", news, context),
  ];
}

const replacementRefused = ({ cluster }: OnCluster) =>
  new ReplacementRefusedError({
    attempt: "replacing the master key's resource",
    place: clusterPlace(cluster),
    reason: "its first half would bring the key back to internal keys",
    wayOut: "change a value of rotationTriggers to get a new key; the resource itself never needs to be replaced",
  });
