import { attemptsOf, type Past } from "../../../core/history";
import type { Attempt } from "../../../core/journal";
import type { Comparing } from "../../../core/lifecycle";
import { isSealOf } from "../../../core/seal";
import { triggerChanges } from "../../../core/triggers";
import { Holder } from "../observed/holder";
import type { ObservedMasterKey } from "../observed/master-key";
import { isOverAge } from "./record";
import type { MasterKeyInputs, MasterKeyRecord } from "./resource";

/** Evidence of whose wish was carried out by a key that is newer than the record. */
export interface Evidence {
  /** Changes that were begun and never recorded, by runs of this machine and by a run that left an incomplete state. */
  attempts: readonly Attempt[];
  /** A run on another machine may have been cut off, of which this machine has no journal. */
  isIncomplete: boolean;
  /** The key came into force while this run looked on. */
  isOfThisRun: boolean;
}

export type Decision =
  | { kind: "rekey"; reason: string }
  /** A key that is newer than the record stands for the changed triggers. */
  | { kind: "satisfied"; change: string; by: "this run" | "cut-off run" | "age" }
  | { kind: "stays" };

/** State and journal as evidence about a key. */
export const evidenceOf = (past: Past, wish: Attempt | undefined, isOfThisRun = false): Evidence => ({
  attempts: attemptsOf(past, wish),
  isIncomplete: past.standing === "unknown" && wish === undefined,
  isOfThisRun,
});

/**
 * Whether a key gives way to a new one. A rotation that somebody asked for happens, unless this very wish has been carried
 * out already: one rekey too many is the lesser evil.
 */
export function decide(
  key: Pick<ObservedMasterKey, "holder" | "keyID" | "keyCreatedTime">,
  inputs: MasterKeyInputs,
  record: MasterKeyRecord | undefined,
  evidence: Evidence,
  context: Pick<Comparing, "clock" | "isSecret">,
): Decision {
  if (key.holder !== Holder.wanted(inputs)) return { kind: "rekey", reason: "another holder is declared" };
  if (isOverAge(key, record, inputs.maxAge, context)) {
    return { kind: "rekey", reason: `the key in force is older than ${inputs.maxAge}` };
  }
  const isHidden = context.isSecret("rotationTriggers");
  const change =
    record && triggerChanges("rotationTriggers", record.rotationTriggers, inputs.rotationTriggers, isHidden);
  if (record === undefined || change === undefined) return { kind: "stays" };
  if (key.keyID === record.recordedKeyID) return { kind: "rekey", reason: change };
  if (evidence.isOfThisRun) return { kind: "satisfied", change, by: "this run" };
  const isOwnWish = ({ before, wish }: Attempt) =>
    before !== key.keyID && isSealOf(wish, inputs.rotationTriggers ?? {});
  if (evidence.attempts.some(isOwnWish)) return { kind: "satisfied", change, by: "cut-off run" };
  if (evidence.isIncomplete && isYoung(key, context)) return { kind: "satisfied", change, by: "age" };
  return { kind: "rekey", reason: change };
}

/** A run does not take so long, and nobody wishes for a second key so soon. */
export const YOUNG_HOURS = 6;

function isYoung({ keyCreatedTime }: { keyCreatedTime?: string }, { clock }: Pick<Comparing, "clock">): boolean {
  if (keyCreatedTime === undefined) return false;
  // The cluster's clock may be ahead of this machine's.
  return clock.now().getTime() - Date.parse(keyCreatedTime) < YOUNG_HOURS * 3_600_000;
}
