import type { Parameters } from "fast-check";

/**
 * How often a property is tried, and on which cases: new ones, or with `EKM_SEED` those of a run that failed. Its value
 * is the seed that the failure prints, or `seed/path` for the one case.
 */
export function tries<T>(numRuns: number): Parameters<T> {
  const [seed, path] = (process.env.EKM_SEED ?? "").split("/");
  return seed ? { numRuns, seed: Number(seed), ...(path ? { path } : {}) } : { numRuns };
}
