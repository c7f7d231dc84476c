import { isDeepStrictEqual } from "node:util";
import { canonicalHost } from "../../core/endpoint";

/** Hosts have no order, and many spellings. */
export const sameHostnames = (a: readonly string[], b: readonly string[]): boolean =>
  isDeepStrictEqual(normalised(a), normalised(b));

const normalised = (hostnames: readonly string[]): string[] => hostnames.map(canonicalHost).sort();

/**
 * Keeps the user's own spelling where it means the observed value: a preview must not show a difference of spelling.
 */
export const spelledAs = <T>(given: T | undefined, observed: T, same: (a: T, b: T) => boolean): T =>
  given !== undefined && same(given, observed) ? given : observed;
