import { isRecorded, type Lifecycle } from "../../../core/lifecycle";
import { differences } from "../../../core/plan";
import { declaredIn, withDefaults } from "../../../core/resource/description";
import type { Cluster } from "../api/cluster";
import { type Identity, identify, identifyById } from "../cluster";
import { checkHeldKey, deleteHeldKey, type HeldKey } from "../held-key";
import { isSettled, type ObservedEncryption, observeEncryption } from "../observed/hardware-encryption";
import { Holder, wasChangedByHand } from "../observed/holder";
import { keyFault } from "../observed/key-fault";
import { wentWithinStack } from "../own-holder";
import { singletons } from "../singletons";
import { bringAbout, leave, taking } from "./converge";
import { foreseenCreate, foreseenUpdate } from "./plan";
import { type HardwareEncryptionInputs, type HardwareEncryptionOutputs, hardwareEncryptionResource } from "./resource";
import { describeEncryption, isWanted, recordOf } from "./state";

export const hardwareEncryption: Lifecycle<HardwareEncryptionInputs, HardwareEncryptionOutputs> = {
  deleteWaits: true,

  async check(olds, news, context) {
    const { encryptionAtRestState = "enabled" } = news;
    const inputs = { ...withDefaults(hardwareEncryptionResource, news), encryptionAtRestState };
    const foreseen = isWanted(inputs) ? () => foreseenCreate(inputs) : undefined;
    return checkHeldKey(THE_KEY, olds, inputs, foreseen, context);
  },

  async diff(_id, olds, news, context) {
    singletons.hardwareEncryption.recognise(olds, news, context);
    const holderDiffers = isWanted(news) && Holder.of(olds.keyProviderID) !== Holder.wanted(news);
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
    const outputs = await bringAbout({ cluster, identity, inputs, verb: "create", context });
    return { id: identity.clusterUniqueID, outputs };
  },

  async read(id, recorded, context) {
    const { cluster, identity } = await identifyById(context, id, recorded);
    const observed = await observeEncryption(cluster);
    const state = isRecorded(recorded, "clusterUniqueID") ? recorded : asRecorded(observed, identity, cluster.name);
    const { keyProvider, keyProviderName, ...others } = declaredIn(hardwareEncryptionResource, state);
    const fault = await keyFault(cluster, observed);
    const inputs = {
      ...others,
      ...Holder.asArguments(observed.holder ?? "internal", { keyProvider, keyProviderName }),
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
    return bringAbout({ cluster, identity, inputs: news, record, fault, wish, verb: "update", context });
  },

  async delete(_id, state, context) {
    await deleteHeldKey(THE_KEY, state, context, (cluster) => leave(cluster, state, context));
  },
};

/** The outputs that a run would have recorded had it brought the observed state about. */
const asRecorded = (observed: ObservedEncryption, identity: Identity, cluster: string): HardwareEncryptionOutputs => ({
  ...withDefaults(hardwareEncryptionResource, { cluster } as HardwareEncryptionInputs),
  ...Holder.asArguments(observed.holder ?? "internal", {}),
  ...identity,
  ...describeEncryption(observed),
  ...recordOf(observed),
  complete: isSettled(observed),
});

/** Who holds the key; `undefined` while the key is changing hands. */
async function settledHolder(cluster: Cluster): Promise<Holder | undefined> {
  const { state, holder } = await observeEncryption(cluster);
  return state === "enabled" ? holder : undefined;
}

const THE_KEY: HeldKey<HardwareEncryptionInputs> = {
  description: hardwareEncryptionResource,
  singleton: singletons.hardwareEncryption,
  inWords: "hardware encryption",
  taking,
  settledHolder,
  replacement: {
    attempt: "replacing the resource of hardware encryption",
    reason: "its first half would take the key away from its holder",
    wayOut:
      "declare another key provider to give the key to another holder; the resource itself never needs to be replaced",
  },
};
