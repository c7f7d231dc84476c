import type { CheckResult, Context, Looking } from "../../core/lifecycle";
import { ReplacementRefusedError } from "../../core/object-errors";
import { isNew } from "../../core/ownership";
import type { Line } from "../../core/plan";
import type { Description } from "../../core/resource/description";
import { checkArguments } from "../../core/resource/description";
import { checkNotReplaced } from "../../core/singleton";
import type { Cluster } from "./api/cluster";
import { clusterPlace } from "./api/peer";
import { checkCluster, type Identity, identify, type OnCluster } from "./cluster";
import { Holder, type HolderArguments } from "./observed/holder";
import { checkTaking, type TakenKey } from "./own-holder";
import type { singletons } from "./singletons";

/** A key of the cluster that a resource gives to its holder. */
export interface HeldKey<Inputs> {
  description: Description;
  singleton: (typeof singletons)["masterKey"];
  /** The key in words, such as `the master key`. */
  inWords: string;
  /** @param wanted the arguments that want the holder, whose provider may be known by name alone */
  taking(to: Holder, wanted?: HolderArguments): TakenKey;
  /** Who holds the key; `undefined` while it is changing hands, or where there is no key. */
  settledHolder(cluster: Cluster): Promise<Holder | undefined>;
  /** The words for a delete that leaves the key where it is. */
  ifKept?(state: Inputs): string | undefined;
  /** Why the resource is never replaced. */
  replacement: { attempt: string; reason: string; wayOut: string };
}

type Given = OnCluster & HolderArguments & { takeOver?: boolean; adopt?: string };

/**
 * Refuses bad arguments, a second declaration, a replacement, and a key that belongs to somebody else.
 *
 * @param foreseen says what a create will do; `undefined` where the arguments take no key
 */
export async function checkHeldKey<Inputs extends Given>(
  key: HeldKey<Inputs>,
  olds: object,
  inputs: Inputs,
  foreseen: (() => Line[]) | undefined,
  context: Looking,
): Promise<CheckResult<Inputs>> {
  const failures = [
    ...checkNotReplaced(olds, context, () => replacementRefused(key, inputs)),
    ...checkArguments(key.description, inputs),
    ...checkCluster(inputs, context),
    ...key.singleton.checkDeclaredOnce(inputs, context),
  ];
  if (failures.length > 0 || !isNew(olds) || foreseen === undefined) return { inputs, failures, lines: [] };
  const refusals = await checkTaking(inputs, key.taking(Holder.wanted(inputs), inputs), key.settledHolder, context);
  return { inputs, failures: refusals, lines: refusals.length === 0 ? foreseen() : [] };
}

/** Gives a key back, unless another resource of the program declares it by now, or the program has it stay. */
export async function deleteHeldKey<Inputs>(
  key: HeldKey<Inputs>,
  state: Inputs & OnCluster & Identity & { onDelete: string },
  context: Context,
  letGo: (cluster: Cluster) => Promise<void>,
): Promise<void> {
  if (key.singleton.isHandedOver(state, context)) {
    context.log.info(`${key.inWords} stays as it is: another resource of this program declares it`);
    return;
  }
  if (key.singleton.isReplaced(state, context)) throw replacementRefused(key, state);
  if (state.onDelete === "keep") {
    const said = key.ifKept?.(state);
    if (said !== undefined) context.log.info(said);
    return;
  }
  const { cluster } = await identify(context, state.cluster, state);
  await letGo(cluster);
}

const replacementRefused = ({ replacement }: Pick<HeldKey<never>, "replacement">, { cluster }: OnCluster) =>
  new ReplacementRefusedError({ ...replacement, place: clusterPlace(cluster) });
