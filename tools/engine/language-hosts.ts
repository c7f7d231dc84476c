import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withMachineLock } from "../../provider/adapters/process/machine-lock";
import { buildProgram, type GoProgram, moduleFolder, STRIP } from "./build";
import { defaultCacheDir } from "./paths";
import type { Progress } from "./progress";

/** Programs that run programs in a language for the engine: tests need those of languages that users of the plugin write in. */
const HOSTS = {
  yaml: {
    executable: "pulumi-language-yaml",
    module: "language-yaml",
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    linkerFlags: STRIP,
  },
} as const satisfies Readonly<Record<string, GoProgram>>;

/** A language other than Node's. */
export type Language = keyof typeof HOSTS;

export const languages = Object.keys(HOSTS) as Language[];

export interface GetHostOptions {
  /** @default says nothing */
  progress?: Progress;
  /** @default that of engines */
  cacheDir?: string;
}

/**
 * The host of a language, which is compiled once from the modules that are pinned for it.
 *
 * @returns the folder of the executable, for a PATH
 */
export async function getLanguageHost(
  language: Language,
  { progress = () => {}, cacheDir = defaultCacheDir() }: GetHostOptions = {},
): Promise<string> {
  const host = HOSTS[language];
  const folder = join(cacheDir, `${host.module}-${pinOf(host)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheDir, { recursive: true });
  const onWait = (pid: number) => progress(`Waiting for process ${pid}, which is building ${host.executable}`);
  await withMachineLock(`${folder}.lock`, { onWait }, async () => {
    if (existsSync(folder)) return;
    const staging = mkdtempSync(`${folder}.staging-`);
    try {
      await buildProgram(host, staging, progress);
      // It is there whole or not at all.
      renameSync(staging, folder);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  });
  return folder;
}

/** Of what the host is built from. */
function pinOf(host: GoProgram): string {
  const sums = readFileSync(join(moduleFolder(host), "go.sum"));
  return createHash("sha256").update(sums).digest("hex").slice(0, 12);
}
