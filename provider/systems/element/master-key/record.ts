import { isDeepStrictEqual } from "node:util";
import { durationSeconds } from "../../../core/duration";
import type { Comparing } from "../../../core/lifecycle";
import { Holder } from "../observed/holder";
import type { ObservedMasterKey } from "../observed/master-key";
import type { MasterKeyInputs, MasterKeyOutputs, MasterKeyRecord } from "./resource";

/** The inputs that decide what later runs do. */
const policyOf = ({ rotationTriggers = {}, takeOver = false, onDelete, maxAge }: MasterKeyInputs) => ({
  rotationTriggers,
  takeOver,
  onDelete,
  maxAge,
});

/** Names of the inputs that differ. */
export function policyChanges(olds: MasterKeyInputs, news: MasterKeyInputs): string[] {
  const [before, after] = [policyOf(olds), policyOf(news)];
  return (Object.keys(after) as (keyof typeof after)[]).filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

export function recordOf(state: MasterKeyOutputs): MasterKeyRecord {
  const { recordedKeyID, recordedKeyProviderID, recordedTime, rotationTriggers } = state;
  return { recordedKeyID, recordedKeyProviderID, recordedTime, rotationTriggers };
}

/** Outputs that describe a key. */
export const describeKey = ({ holder, keyID, keyCreatedTime }: ObservedMasterKey) => ({
  ...Holder.asOutputs(holder),
  keyID,
  keyCreatedTime,
});

/** The record of a key that was seen in force. */
export function recordOfSeen(observed: ObservedMasterKey, recordedTime: string) {
  const { keyID, keyProviderID } = describeKey(observed);
  return { recordedKeyID: keyID, recordedKeyProviderID: keyProviderID, recordedTime };
}

/** The part of a key that its age is counted from. */
interface Aged {
  keyID: string;
  keyCreatedTime?: string;
}

/**
 * When a key reaches its greatest age, if it has one. Age counts from the later of the cluster's time and our own: their
 * clocks may differ.
 */
export function dueTime(key: Aged, record: MasterKeyRecord | undefined, maxAge: string | undefined): Date | undefined {
  const recordedTime = record?.recordedKeyID === key.keyID ? record.recordedTime : undefined;
  const times = [key.keyCreatedTime, recordedTime].filter((time) => time !== undefined).map((time) => Date.parse(time));
  const seconds = durationSeconds(maxAge);
  if (times.length === 0 || seconds === undefined) return undefined;
  const due = new Date(Math.max(...times) + seconds * 1000);
  // The sum is beyond the calendar, or the cluster's time is not a time.
  return Number.isNaN(due.getTime()) ? undefined : due;
}

export function isOverAge(
  key: Aged,
  record: MasterKeyRecord | undefined,
  maxAge: string | undefined,
  { clock }: Pick<Comparing, "clock">,
): boolean {
  const due = dueTime(key, record, maxAge);
  return due !== undefined && clock.now() >= due;
}
