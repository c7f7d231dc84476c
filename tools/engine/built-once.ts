import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { withMachineLock } from "../../provider/adapters/process/machine-lock";
import { buildProgram, type GoProgram, moduleFolder } from "./build";
import { defaultCacheDir } from "./paths";
import type { Progress } from "./progress";

export interface BuildOnceOptions {
  /** @default says nothing */
  progress?: Progress;
  /** @default that of engines */
  cacheDir?: string;
}

/**
 * A program that is compiled once on a machine, and again where what it is built from is another.
 *
 * @param complete adds what the program needs beside itself
 * @returns the folder of the executable
 */
export async function builtOnce(
  program: GoProgram,
  { progress = () => {}, cacheDir = defaultCacheDir() }: BuildOnceOptions = {},
  complete: (folder: string) => Promise<void> = async () => {},
): Promise<string> {
  const folder = join(cacheDir, `${basename(program.module)}-${pinOf(program)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheDir, { recursive: true });
  const onWait = (pid: number) => progress(`Waiting for process ${pid}, which is building ${program.executable}`);
  await withMachineLock(`${folder}.lock`, { onWait }, async () => {
    if (existsSync(folder)) return;
    const staging = mkdtempSync(`${folder}.staging-`);
    try {
      await buildProgram(program, staging, progress);
      await complete(staging);
      // It is there whole or not at all.
      renameSync(staging, folder);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  });
  return folder;
}

/** Of what the program is built from. */
function pinOf(program: GoProgram): string {
  const folder = moduleFolder(program);
  const hash = createHash("sha256");
  const sources = readdirSync(folder).filter((name) => /\.(go|sum)$/.test(name));
  for (const name of sources.sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest("hex").slice(0, 12);
}
