import { isDeepStrictEqual } from "node:util";

/** Texts by whatever names: a changed or added one asks for an action. */
export type Triggers = Readonly<Record<string, string>>;

/** Names of the changed and added triggers: triggers that are no longer declared ask for nothing. */
export const changedTriggers = (before: Triggers = {}, after: Triggers = {}): string[] =>
  Object.keys(after).filter(
    // A trigger may be called like something that every object has.
    (name) => !isDeepStrictEqual(Object.hasOwn(before, name) ? before[name] : undefined, after[name]),
  );
