import { isDeepStrictEqual } from "node:util";

/** Host names have no order and no letter case. */
export const sameHostnames = (a: readonly string[], b: readonly string[]): boolean =>
  isDeepStrictEqual(normalised(a), normalised(b));

const normalised = (hostnames: readonly string[]): string[] => hostnames.map((name) => name.toLowerCase()).sort();

/** The user's own spelling where it means what was observed: a preview must not show a difference that is none. */
export const spelledAs = <T>(given: T | undefined, observed: T, same: (a: T, b: T) => boolean): T =>
  given !== undefined && same(given, observed) ? given : observed;
