import type { Comparing } from "../../../core/lifecycle";
import { announcement, info, type Line, warning } from "../../../core/plan";
import { Holder, wasChangedByHand } from "../observed/holder";
import { clusterOf } from "../wording";
import { type Decision, decide, evidenceOf, YOUNG_HOURS } from "./decision";
import { dueTime, isOverAge, policyChanges, recordOf } from "./record";
import type { MasterKeyInputs, MasterKeyOutputs } from "./resource";

/** Says what a create will do: who holds the key now is looked at only then. */
export function foreseenCreate(inputs: MasterKeyInputs): Line {
  const wanted = Holder.wantedInWords(inputs);
  if (inputs.adopt !== undefined) {
    return info(
      `${clusterOf(inputs)}: no rekey: the key of ${wanted} is taken over; refused when another holder has it`,
    );
  }
  const taken = inputs.takeOver ? "" : "; refused while another key provider holds it";
  return announcement(
    Holder.wanted(inputs) === "internal"
      ? `${clusterOf(inputs)}: no rekey when internal keys hold the master key${taken}`
      : `${clusterOf(inputs)}: will rekey to ${wanted}, unless it already holds the master key${taken}`,
  );
}

/** Says what an update will do, and why: a rekey, the end of one, or none. */
export function foreseenUpdate(olds: MasterKeyOutputs, news: MasterKeyInputs, context: Comparing): Line[] {
  const { history } = context;
  const place = clusterOf(news);
  if (!olds.complete) {
    return [announcement(`${place}: will look how the rekey ended that was not seen to end, and do what is missing`)];
  }
  const past = history.of(olds.clusterUniqueID);
  // A run was cut off. Only a look at the cluster shows what it has done, and so what is left to do.
  if (past.standing === "open") return [];
  const holder = Holder.of(olds.keyProviderID);
  const decision = decide({ ...olds, holder }, news, recordOf(olds), evidenceOf(past, olds.wish), context);
  if (decision.kind !== "rekey") return [foreseenStay(olds, news, decision)];
  if (holder === Holder.wanted(news)) {
    const { standing } = past;
    const isByTrigger = !isOverAge(olds, recordOf(olds), news.maxAge, context);
    const unless = isByTrigger && standing === "unknown" ? UNLESS_MADE_ELSEWHERE : "";
    return [
      announcement(`${place}: will rekey to a new key of ${Holder.wantedInWords(news)} (${decision.reason})${unless}`),
    ];
  }
  const rekey = announcement(
    `${place}: will rekey from ${heldInWords(olds)} to ${Holder.wantedInWords(news)} (${whyHolderDiffers(olds)})${inactive(olds)}`,
  );
  const isRefused = wasChangedByHand(olds) && holder !== "internal" && !news.takeOver && !olds.isOfThisStack;
  if (!isRefused) return [rekey];
  return [
    rekey,
    warning(`${place}: the rekey will be refused: ${heldInWords(olds)} holds the master key, and takeOver is not set`),
  ];
}

const UNLESS_MADE_ELSEWHERE = `, unless a run that was cut off on another machine has made one in the last ${YOUNG_HOURS} hours`;

function whyHolderDiffers(olds: MasterKeyOutputs): string {
  if (!wasChangedByHand(olds)) return "keyProvider changed";
  return olds.isOfThisStack
    ? "this stack's own key provider got it outside of a run whose end was recorded"
    : "the holder was changed outside of this program";
}

/** Says why there is no rekey although something differs. */
function foreseenStay(olds: MasterKeyOutputs, news: MasterKeyInputs, decision: Decision): Line {
  const place = clusterOf(news);
  if (olds.fault !== undefined) {
    return warning(
      `${place}: no rekey: will look again whether the cluster can get the key, and refuse when it cannot`,
    );
  }
  if (decision.kind === "satisfied") {
    return warning(`${place}: no rekey: ${mayBeOfAnotherMachine(olds, decision.change)}`);
  }
  return info(`${place}: no rekey: ${stays(olds, news)}`);
}

/** How a plan speaks of a key whose maker nobody on this machine knows. */
export const mayBeOfAnotherMachine = (
  { keyID, keyCreatedTime }: Pick<MasterKeyOutputs, "keyID" | "keyCreatedTime">,
  change: string,
): string =>
  `key ${keyID} was made at ${keyCreatedTime}, and is taken for what a run that was cut off on another machine has made for this change (${change}); if it is not, change the trigger again`;

/** Why there is no rekey although something differs, and when there will be one. */
function stays(olds: MasterKeyOutputs, news: MasterKeyInputs): string {
  if (olds.keyID !== olds.recordedKeyID) return "somebody else made the key in force, and it is accepted";
  const changed = policyChanges(olds, news);
  const due = changed.includes("maxAge") ? dueTime(olds, recordOf(olds), news.maxAge) : undefined;
  return [
    `only what later runs do changes (${changed.join(", ") || "cluster"})`,
    due && `a new key is due on ${due.toISOString()}`,
    changed.includes("onDelete") && onDeleteInWords(news),
  ]
    .filter((part) => typeof part === "string")
    .join("; ");
}

const onDeleteInWords = ({ onDelete }: MasterKeyInputs): string =>
  onDelete === "keep" ? "a destroy will leave the key where it is" : "a destroy will bring it back to internal keys";

const heldInWords = (olds: MasterKeyOutputs): string => Holder.inWords(Holder.of(olds.keyProviderID), olds);

const inactive = (olds: MasterKeyOutputs): string =>
  olds.keyProviderID === undefined
    ? ""
    : `; ${heldInWords(olds)} becomes inactive, unless hardware encryption holds keys of it`;
