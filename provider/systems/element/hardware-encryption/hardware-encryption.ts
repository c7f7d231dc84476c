import type { Lifecycle } from "../../../core/lifecycle";
import { ReplacementRefusedError } from "../../../core/object-errors";
import { isNew } from "../../../core/ownership";
import { differences } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { checkNotReplaced } from "../../../core/singleton";
import type { Cluster } from "../api/cluster";
import { clusterPlace } from "../api/peer";
import { checkCluster, identify, type OnCluster } from "../cluster";
import { observeEncryption } from "../observed/hardware-encryption";
import { type Holder, holderOf, keyProviderOf, wantedHolder, wasChangedByHand } from "../observed/holder";
import { keyFault } from "../observed/key-fault";
import { checkTaking, wentWithinStack } from "../own-holder";
import { singletons } from "../singletons";
import { converge, leave, taking } from "./converge";
import { foreseenCreate, foreseenUpdate } from "./plan";
import { type HardwareEncryptionInputs, type HardwareEncryptionOutputs, hardwareEncryptionResource } from "./resource";
import { describeEncryption, inputsOf, isWanted } from "./state";

export const hardwareEncryption: Lifecycle<HardwareEncryptionInputs, HardwareEncryptionOutputs> = {
  deleteWaits: true,

  async check(olds, news, context) {
    const { encryptionAtRestState = "enabled" } = news;
    const inputs = { ...withDefaults(hardwareEncryptionResource, news), encryptionAtRestState };
    const failures = [
      ...checkNotReplaced(olds, context, () => replacementRefused(inputs)),
      ...checkArguments(hardwareEncryptionResource, inputs),
      ...checkCluster(inputs, context),
      ...singletons.hardwareEncryption.checkDeclaredOnce(inputs, context),
    ];
    if (failures.length > 0 || !isNew(olds)) return { inputs, failures, lines: [] };
    const refusals = isWanted(inputs)
      ? await checkTaking(inputs, taking(wantedHolder(inputs)), settledHolder, context)
      : [];
    return { inputs, failures: refusals, lines: refusals.length === 0 ? foreseenCreate(inputs) : [] };
  },

  async diff(_id, olds, news, context) {
    singletons.hardwareEncryption.recognise(olds, news, context);
    const holderDiffers = isWanted(news) && holderOf(olds.keyProviderID) !== wantedHolder(news);
    const differing = differences({
      complete: !olds.complete,
      fault: olds.fault !== undefined,
      cluster: olds.cluster !== news.cluster,
      encryptionAtRestState: olds.encryptionAtRestState !== news.encryptionAtRestState,
      keyProviderID: wasChangedByHand(olds),
      keyProvider: holderDiffers,
      takeOver: (olds.takeOver ?? false) !== (news.takeOver ?? false),
      onDelete: olds.onDelete !== news.onDelete,
    });
    return { differing, lines: differing.length > 0 ? foreseenUpdate(olds, news, context) : [] };
  },

  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    singletons.hardwareEncryption.assertDeclaredOnce(cluster.place, identity, context);
    const outputs = await converge({ cluster, identity, inputs, verb: "create", context });
    return { id: identity.clusterUniqueID, outputs };
  },

  async read(id, state, context) {
    const { cluster, identity } = await identify(context, state.cluster, state);
    const observed = await observeEncryption(cluster);
    const { keyProvider, keyProviderName, ...others } = inputsOf(state);
    const fault = await keyFault(cluster, observed);
    const inputs = {
      ...others,
      ...keyProviderOf(observed.holder ?? "internal", { keyProvider, keyProviderName }),
      encryptionAtRestState: observed.state,
      fault,
    };
    const isOfThisStack = await wentWithinStack(cluster, observed.holder, state, context);
    return { id, inputs, outputs: { ...state, ...identity, ...describeEncryption(observed), fault, isOfThisStack } };
  },

  async update(_id, olds, news, context) {
    const { cluster, identity } = await identify(context, news.cluster, olds);
    singletons.hardwareEncryption.assertDeclaredOnce(cluster.place, identity, context);
    const { recordedKeyProviderID, fault, wish } = olds;
    const record = { recordedKeyProviderID };
    return converge({ cluster, identity, inputs: news, record, fault, wish, verb: "update", context });
  },

  async delete(_id, state, context) {
    if (singletons.hardwareEncryption.isHandedOver(state, context)) {
      context.log.info("hardware encryption stays as it is: another resource of this program declares it");
      return;
    }
    if (singletons.hardwareEncryption.isReplaced(state, context)) throw replacementRefused(state);
    if (state.onDelete === "keep") return;
    const { cluster } = await identify(context, state.cluster, state);
    await leave(cluster, state, context);
  },
};

/** Who holds the key, unless that is about to change. */
async function settledHolder(cluster: Cluster): Promise<Holder | undefined> {
  const { state, holder } = await observeEncryption(cluster);
  return state === "enabled" ? holder : undefined;
}

const replacementRefused = ({ cluster }: OnCluster) =>
  new ReplacementRefusedError({
    attempt: "replacing the resource of hardware encryption",
    place: clusterPlace(cluster),
    reason: "its first half would take the key away from its holder",
    wayOut: "change keyProvider to give the key to another holder; the resource itself never needs to be replaced",
  });
