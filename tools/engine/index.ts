import { delimiter, dirname, join } from "node:path";
import { withDirectLoopback } from "../environment";
import { goBuild } from "./build";
import { EngineCache } from "./cache";
import { type FailedWay, reasonOf } from "./errors";
import { officialInstaller } from "./installer";
import { engineOnPath } from "./path";
import { defaultCacheDir, projectRoot } from "./paths";
import type { Progress } from "./progress";
import { fillFrom, type Supplier } from "./supplier";

export { EngineUnavailableError, type FailedWay } from "./errors";
export type { Progress } from "./progress";
export type { Supplier } from "./supplier";

/** A Pulumi engine that runs Node programs with dynamic providers. */
export interface Engine {
  /** The executable. */
  pulumi: string;
  version: string;
  source: "path" | "cache" | Supplier["source"];
  /** This process's environment, changed so that the engine, its companions and the pinned Node are found. */
  env(): NodeJS.ProcessEnv;
}

export interface GetEngineOptions {
  /** @default says nothing */
  progress?: Progress;
  /** @default `pulumi-ekm/engine` in the user's cache folder */
  cacheDir?: string;
  /** Where the user's own engine is looked for. @default the environment's PATH */
  path?: string;
  /** Tried in this order when neither PATH nor the cache has an engine. */
  suppliers?: readonly Supplier[];
}

/**
 * The user's own engine, or else the cached one, or else one got from the first supplier that can.
 *
 * @throws EngineUnavailableError with the reason of each way.
 */
export async function getEngine(options: GetEngineOptions = {}): Promise<Engine> {
  const progress = options.progress ?? (() => {});
  const failedWays: FailedWay[] = [];
  try {
    const { pulumi, version } = await engineOnPath(options.path ?? process.env.PATH ?? "");
    return engine(pulumi, version, "path");
  } catch (error) {
    failedWays.push({ way: "pulumi on PATH", reason: reasonOf(error) });
  }
  const cache = new EngineCache(options.cacheDir ?? defaultCacheDir());
  if (await cache.holdsEngine()) {
    return engine(cache.pulumi, cache.version, "cache");
  }
  return cache.exclusively(progress, async () => {
    if (await cache.holdsEngine()) {
      return engine(cache.pulumi, cache.version, "cache");
    }
    const source = await fillFrom(options.suppliers ?? [officialInstaller, goBuild], cache, failedWays, progress);
    return engine(cache.pulumi, cache.version, source);
  });
}

function engine(pulumi: string, version: string, source: Engine["source"]): Engine {
  return {
    pulumi,
    version,
    source,
    env: () => ({
      ...withDirectLoopback(process.env),
      PATH: [dirname(pulumi), join(projectRoot, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter),
      PULUMI_SKIP_UPDATE_CHECK: "true",
    }),
  };
}
