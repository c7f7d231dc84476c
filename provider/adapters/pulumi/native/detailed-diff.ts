import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../resource/calls";

/** What becomes of the value at a path. */
export type Change = "add" | "delete" | "update";

/** The values in which inputs differ, by their paths as the engine writes them, such as `hostnames[1]`. */
export function changedPaths(olds: Properties, news: Properties): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  compareMembers(olds, news, "", changes);
  return changes;
}

function compareMembers(olds: Properties, news: Properties, prefix: string, changes: Map<string, Change>): void {
  for (const name of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    compare(olds[name], news[name], joined(prefix, name), changes);
  }
}

function compare(old: unknown, now: unknown, path: string, changes: Map<string, Change>): void {
  if (isDeepStrictEqual(old, now)) return;
  if (isAbsent(old) || isAbsent(now)) {
    if (isAbsent(old) !== isAbsent(now)) changes.set(path, isAbsent(old) ? "add" : "delete");
  } else if (Array.isArray(old) && Array.isArray(now)) {
    for (let index = 0; index < Math.max(old.length, now.length); index++) {
      compare(old[index], now[index], `${path}[${index}]`, changes);
    }
  } else if (isMembers(old) && isMembers(now)) {
    compareMembers(old, now, path, changes);
  } else {
    changes.set(path, "update");
  }
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const isMembers = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const joined = (prefix: string, name: string): string => {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${prefix}[${JSON.stringify(name)}]`;
  return prefix === "" ? name : `${prefix}.${name}`;
};

/** The property that a path leads into. */
export const propertyOf = (path: string): string => /^[A-Za-z_]\w*/.exec(path)?.[0] ?? path;
