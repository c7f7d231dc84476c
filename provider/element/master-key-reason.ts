import { isDeepStrictEqual } from "node:util";
import type { Context } from "../lifecycle";
import { isUnknown } from "../unknown";
import { wantedHolder } from "./holder";
import { isOverAge, type MasterKeyInputs, type MasterKeyRecord } from "./master-key-state";
import type { ObservedMasterKey } from "./rekey";

/**
 * Why a key gives way to a new one, in words; `undefined` when it stays. Equal inputs never rekey, and a key that is
 * newer than the record satisfies a changed trigger.
 */
export function rekeyReason(
  key: Pick<ObservedMasterKey, "holder" | "keyID" | "keyCreatedTime">,
  inputs: MasterKeyInputs,
  record: MasterKeyRecord | undefined,
  context: Context,
): string | undefined {
  if (key.holder !== wantedHolder(inputs)) return "another holder is declared";
  if (isOverAge(key, record, inputs.maxAge, context)) return `the key in force is older than ${inputs.maxAge}`;
  if (record === undefined || key.keyID !== record.recordedKeyID) return undefined;
  return changedTriggers(record.rotationTriggers, inputs);
}

/** Changed and added triggers, in words. Those that are no longer declared ask for nothing. */
export function changedTriggers(
  before: Record<string, string> = {},
  { rotationTriggers: after = {}, secretTriggers = false }: MasterKeyInputs,
): string | undefined {
  if (isUnknown(after)) return "rotationTriggers are not known yet";
  const changed = Object.entries(after).filter(([name, value]) => !isDeepStrictEqual(own(before, name), value));
  if (changed.length === 0) return undefined;
  return changed.map(([name, value]) => triggerInWords(name, own(before, name), value, secretTriggers)).join(", ");
}

/** A trigger may be called like something that every object has. */
const own = (triggers: Record<string, string>, name: string): string | undefined =>
  Object.hasOwn(triggers, name) ? triggers[name] : undefined;

function triggerInWords(name: string, before: string | undefined, after: string, isSecret: boolean): string {
  const change = before === undefined ? "added" : "changed";
  if (isSecret) return `trigger ${name} ${change}`;
  const value = isUnknown(after) ? "a value that is not known yet" : after;
  return before === undefined ? `trigger ${name} added: ${value}` : `trigger ${name} changed: ${before} → ${value}`;
}
