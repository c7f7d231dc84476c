import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withMachineLock } from "../../provider/adapters/process/machine-lock";
import { missingCompanions, versionOf } from "./executables";
import type { Progress } from "./progress";
import { ENGINE_VERSION } from "./version";

/** Engines of the pinned version, kept for the next run. An engine is there whole or not at all. */
export class EngineCache {
  readonly version = ENGINE_VERSION;
  readonly pulumi: string;
  private readonly folder: string;

  constructor(private readonly cacheDir: string) {
    this.folder = join(cacheDir, ENGINE_VERSION);
    this.pulumi = join(this.folder, "bin", "pulumi");
  }

  /** Whether a complete engine of the right version is there; found by running it. */
  async holdsEngine(): Promise<boolean> {
    return existsSync(this.pulumi) && (await whatIsWrong(this.folder)) === undefined;
  }

  /** Keeps every other process from filling the cache meanwhile. */
  async exclusively<T>(progress: Progress, work: () => Promise<T>): Promise<T> {
    const onWait = (pid: number) => progress(`Waiting for process ${pid}, which is getting the engine`);
    return withMachineLock(`${this.folder}.lock`, { onWait }, async () => {
      this.removeLeftovers();
      return work();
    });
  }

  /** Installs what `supply` puts into a folder, once it has proved to be an engine. Call it in {@link exclusively}. */
  async fill(supply: (folder: string) => Promise<void>): Promise<void> {
    const staging = mkdtempSync(`${this.folder}.staging-`);
    try {
      mkdirSync(join(staging, "bin"));
      await supply(staging);
      const wrong = await whatIsWrong(staging);
      if (wrong !== undefined) {
        throw new Error(`what it gave is no engine: ${wrong}`);
      }
      rmSync(this.folder, { recursive: true, force: true });
      renameSync(staging, this.folder);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }

  /** Of runs that were killed. */
  private removeLeftovers(): void {
    for (const name of readdirSync(this.cacheDir)) {
      if (name.startsWith(`${ENGINE_VERSION}.staging-`)) {
        rmSync(join(this.cacheDir, name), { recursive: true, force: true });
      }
    }
  }
}

async function whatIsWrong(folder: string): Promise<string | undefined> {
  const pulumi = join(folder, "bin", "pulumi");
  try {
    const version = await versionOf(pulumi);
    if (version !== ENGINE_VERSION) {
      return `it calls itself "${version}" instead of ${ENGINE_VERSION}`;
    }
  } catch (error) {
    return `it cannot be run: ${error instanceof Error ? error.message : error}`;
  }
  const missing = missingCompanions(pulumi, "");
  return missing.length === 0 ? undefined : `${missing.join(" and ")} missing beside it`;
}
