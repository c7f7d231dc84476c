import { isDeepStrictEqual } from "node:util";

/** Texts by whatever names: a changed or added one asks for an action. */
export type Triggers = Readonly<Record<string, string>>;

export const triggersComplaint = (value: unknown): string | undefined =>
  isObject(value) && Object.values(value).every((text) => typeof text === "string")
    ? undefined
    : "must be an object of texts";

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Names of the changed and added ones: those that are no longer declared ask for nothing. */
export const changedTriggers = (before: Triggers = {}, after: Triggers = {}): string[] =>
  Object.keys(after).filter(
    // A trigger may be called like something that every object has.
    (name) => !isDeepStrictEqual(Object.hasOwn(before, name) ? before[name] : undefined, after[name]),
  );
