import { isDeepStrictEqual } from "node:util";

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

/** A trigger may be called like something that every object has. */
const own = (triggers: Triggers, name: string): string | undefined =>
  Object.hasOwn(triggers, name) ? triggers[name] : undefined;
