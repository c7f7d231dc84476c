import type { EngineCache } from "./cache";
import { EngineUnavailableError, type FailedWay, reasonOf } from "./errors";
import type { Progress } from "./progress";

/** A way of making an engine where there is none. */
export interface Supplier {
  /** As a person would name the way. */
  name: string;
  source: "installer" | "built";
  /** Fills `<folder>/bin` with an engine of the pinned version. Rejects with the reason why it cannot. */
  supply(folder: string, progress: Progress): Promise<void>;
}

/**
 * Has the first supplier that can fill the cache; answers where the engine is from.
 *
 * @param failedWays those that were tried before
 * @throws EngineUnavailableError with the reason of each way
 */
export async function fillFrom(
  suppliers: readonly Supplier[],
  cache: EngineCache,
  failedWays: readonly FailedWay[],
  progress: Progress,
): Promise<Supplier["source"]> {
  const failed = [...failedWays];
  for (const supplier of suppliers) {
    try {
      await cache.fill((folder) => supplier.supply(folder, progress));
      return supplier.source;
    } catch (error) {
      failed.push({ way: supplier.name, reason: reasonOf(error) });
      progress(`No engine from ${supplier.name}: ${reasonOf(error)}`);
    }
  }
  throw new EngineUnavailableError(failed);
}
