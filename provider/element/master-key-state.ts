import { isDeepStrictEqual } from "node:util";
import { durationSeconds } from "../duration";
import type { Context } from "../lifecycle";
import { heldBy } from "./holder";
import type { Identity, OnCluster } from "./identity";
import type { ObservedMasterKey } from "./rekey";

export interface MasterKeyInputs extends OnCluster {
  /** Id of the key provider that holds the key; internal keys without one. */
  keyProvider?: string;
  rotationTriggers?: Record<string, string>;
  maxAge?: string;
  takeOver?: boolean;
  adopt?: string;
  onDelete: "internal" | "keep";
}

export interface MasterKeyOutputs extends Identity, MasterKeyInputs, MasterKeyRecord {
  keyManagementType: "internal" | "external";
  keyProviderID?: number;
  keyID: string;
  keyCreatedTime?: string;
  /** False while a rekey that this resource started or joined was not seen to end. */
  complete: boolean;
  asyncHandle?: number;
}

/**
 * What the last create or update saw in force. A refresh never advances it: a key that is newer than the record
 * satisfies a changed trigger, so that a run killed after its rekey does not rekey again.
 */
export interface MasterKeyRecord {
  recordedKeyID: string;
  recordedKeyProviderID?: number;
  /** ISO 8601, this machine's clock. */
  recordedTime: string;
  /** The triggers that the recorded key satisfied. */
  rotationTriggers?: Record<string, string>;
}

export const sameTriggers = (a: Record<string, string> = {}, b: Record<string, string> = {}): boolean =>
  isDeepStrictEqual(a, b);

export function inputsOf(state: MasterKeyOutputs): MasterKeyInputs {
  const { resourceUrn, deadlines, cluster, keyProvider, rotationTriggers, maxAge, takeOver, adopt, onDelete } = state;
  return { resourceUrn, deadlines, cluster, keyProvider, rotationTriggers, maxAge, takeOver, adopt, onDelete };
}

export function recordOf(state: MasterKeyOutputs): MasterKeyRecord {
  const { recordedKeyID, recordedKeyProviderID, recordedTime, rotationTriggers } = state;
  return { recordedKeyID, recordedKeyProviderID, recordedTime, rotationTriggers };
}

/** Outputs that describe a key. */
export const describeKey = ({ holder, keyID, keyCreatedTime }: ObservedMasterKey) => ({
  ...heldBy(holder),
  keyID,
  keyCreatedTime,
});

/** Age counts from the later of the cluster's time and our own: their clocks may differ. */
export function isOverAge(
  key: { keyID: string; keyCreatedTime?: string },
  record: MasterKeyRecord | undefined,
  maxAge: string | undefined,
  context: Context,
): boolean {
  const recordedTime = record?.recordedKeyID === key.keyID ? record.recordedTime : undefined;
  const times = [key.keyCreatedTime, recordedTime].filter((time) => time !== undefined).map((time) => Date.parse(time));
  const seconds = durationSeconds(maxAge);
  if (times.length === 0 || seconds === undefined) return false;
  return context.clock.now().getTime() - Math.max(...times) >= seconds * 1000;
}
