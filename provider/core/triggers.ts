import { isDeepStrictEqual } from "node:util";
import { isUnknown } from "./unknown";

/** Texts by whatever names: a changed or added one asks for an action. */
export type Triggers = Readonly<Record<string, string>>;

/** A trigger that asks for an action. */
export interface ChangedTrigger {
  name: string;
  /** Absent of a trigger that was added. */
  before?: string;
  after: string;
}

/** The changed and added triggers: those that are no longer declared ask for nothing. */
export const changedTriggers = (before: Triggers = {}, after: Triggers = {}): ChangedTrigger[] =>
  Object.entries(after)
    .map(([name, value]) => ({ name, before: own(before, name), after: value }))
    .filter((trigger) => !isDeepStrictEqual(trigger.before, trigger.after));

/** Changed and added triggers in words; `undefined` where none is. */
export function triggerChanges(
  argument: string,
  before: Triggers | undefined,
  after: Triggers | undefined,
  isSecret: boolean,
): string | undefined {
  if (isUnknown(after)) return `${argument} are not known yet`;
  const changed = changedTriggers(before, after);
  return changed.length === 0 ? undefined : changed.map((trigger) => inWords(trigger, isSecret)).join(", ");
}

function inWords({ name, before, after }: ChangedTrigger, isSecret: boolean): string {
  const change = before === undefined ? "added" : "changed";
  if (isSecret) return `trigger ${name} ${change}`;
  const value = isUnknown(after) ? "a value that is not known yet" : after;
  return before === undefined ? `trigger ${name} added: ${value}` : `trigger ${name} changed: ${before} → ${value}`;
}

/** A trigger may be called like something that every object has. */
const own = (triggers: Triggers, name: string): string | undefined =>
  Object.hasOwn(triggers, name) ? triggers[name] : undefined;
