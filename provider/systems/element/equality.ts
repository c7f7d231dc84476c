import { isDeepStrictEqual } from "node:util";
import { canonicalHost } from "../../core/endpoint";

/** Hosts have no order, and many spellings. */
export const sameHostnames = (a: readonly string[], b: readonly string[]): boolean =>
  isDeepStrictEqual(normalised(a), normalised(b));

const normalised = (hostnames: readonly string[]): string[] => hostnames.map(canonicalHost).sort();
