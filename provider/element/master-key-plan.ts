import { isDeepStrictEqual } from "node:util";
import type { Context } from "../lifecycle";
import { holderOf, wantedHolder, wasChangedByHand } from "./holder";
import { changedTriggers, rekeyReason } from "./master-key-reason";
import { dueTime, type MasterKeyInputs, type MasterKeyOutputs, policyOf, recordOf } from "./master-key-state";
import { clusterOf, nameOf, wantedName } from "./wording";

/** Says what a create will do: who holds the key now is looked at only then. */
export function announceCreate(inputs: MasterKeyInputs, { log }: Context): void {
  const wanted = wantedName(inputs);
  if (inputs.adopt !== undefined) {
    log.info(`${clusterOf(inputs)}: no rekey: the key of ${wanted} is taken over; refused when another holder has it`);
    return;
  }
  const taken = inputs.takeOver ? "" : "; refused while another key provider holds it";
  log.info(
    wantedHolder(inputs) === "internal"
      ? `${clusterOf(inputs)}: no rekey when internal keys hold the master key${taken}`
      : `${clusterOf(inputs)}: will rekey to ${wanted}, unless it already holds the master key${taken}`,
  );
}

/** Says what an update will do, and why: a rekey, the end of one, or none. */
export function announceUpdate(olds: MasterKeyOutputs, news: MasterKeyInputs, context: Context): void {
  const { log } = context;
  if (!olds.complete) {
    log.info(`${clusterOf(news)}: will look how the rekey ended that was not seen to end, and do what is missing`);
    return;
  }
  const [record, holder] = [recordOf(olds), holderOf(olds.keyProviderID)];
  const reason = rekeyReason({ ...olds, holder }, news, record, context);
  if (reason === undefined && olds.fault !== undefined) {
    log.warn(
      `${clusterOf(news)}: no rekey: will look again whether the cluster can get the key, and refuse when it cannot`,
    );
    return;
  }
  if (reason === undefined) {
    log.info(`${clusterOf(news)}: no rekey: ${stays(olds, news)}`);
    return;
  }
  if (holder === wantedHolder(news)) {
    log.info(`${clusterOf(news)}: will rekey to a new key of ${wantedName(news)} (${reason})`);
    return;
  }
  const byHand = wasChangedByHand(olds);
  const why = byHand ? "the holder was changed outside of this program" : "keyProvider changed";
  log.info(`${clusterOf(news)}: will rekey from ${heldName(olds)} to ${wantedName(news)} (${why})${inactive(olds)}`);
  if (byHand && holder !== "internal" && !news.takeOver) {
    log.warn(
      `${clusterOf(news)}: the rekey will be refused: ${heldName(olds)} holds the master key, and takeOver is not set`,
    );
  }
}

/** Why there is no rekey although something differs, and when there will be one. */
function stays(olds: MasterKeyOutputs, news: MasterKeyInputs): string {
  if (olds.keyID !== olds.recordedKeyID) {
    const trigger = changedTriggers(olds.rotationTriggers, news);
    return trigger === undefined
      ? "somebody else made the key in force, and it is accepted"
      : `somebody else made the key in force since, and it satisfies the change (${trigger})`;
  }
  const [before, after] = [policyOf(olds), policyOf(news)];
  const changed = (Object.keys(after) as (keyof typeof after)[]).filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  );
  const due = changed.includes("maxAge") ? dueTime(olds, recordOf(olds), news.maxAge) : undefined;
  return [
    `only what later runs do changes (${changed.join(", ") || "customTimeouts"})`,
    due && `a new key is due on ${due.toISOString()}`,
    changed.includes("onDelete") && onDeleteInWords(news),
  ]
    .filter((part) => typeof part === "string")
    .join("; ");
}

const onDeleteInWords = ({ onDelete }: MasterKeyInputs): string =>
  onDelete === "keep" ? "a destroy will leave the key where it is" : "a destroy will bring it back to internal keys";

function heldName({ keyProviderID, keyProvider, keyProviderName }: MasterKeyOutputs): string {
  if (keyProviderID === undefined) return "internal keys";
  // The recorded name is of the provider that was declared; another one may hold the key by now.
  return nameOf("key provider", keyProviderID, String(keyProviderID) === keyProvider ? keyProviderName : undefined);
}

const inactive = (olds: MasterKeyOutputs): string =>
  olds.keyProviderID === undefined
    ? ""
    : `; ${heldName(olds)} becomes inactive, unless hardware encryption holds keys of it`;
