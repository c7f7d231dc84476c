import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { withMachineLock } from "../../provider/adapters/process/machine-lock";
import { buildProgram, type GoProgram, moduleFolder, STRIP, sourceOf } from "./build";
import { defaultCacheDir } from "./paths";
import type { Progress } from "./progress";

interface Host extends GoProgram {
  /** A file of a module that the host needs beside itself. */
  script?: { module: string; path: string };
}

/** Programs that run programs in a language for the engine: tests need those of languages that users of the plugin write in. */
const HOSTS = {
  yaml: {
    executable: "pulumi-language-yaml",
    module: "language-yaml",
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    linkerFlags: STRIP,
  },
  python: {
    executable: "pulumi-language-python",
    module: "language-python",
    package: "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python",
    linkerFlags: STRIP,
    // It runs programs, and ships with the host.
    script: { module: "github.com/pulumi/pulumi/sdk/v3", path: "python/cmd/pulumi-language-python-exec" },
  },
  go: {
    executable: "pulumi-language-go",
    module: "language-go",
    package: "github.com/pulumi/pulumi/sdk/v3/go/pulumi-language-go",
    linkerFlags: STRIP,
  },
} as const satisfies Readonly<Record<string, Host>>;

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
  const host: Host = HOSTS[language];
  const folder = join(cacheDir, `${host.module}-${pinOf(host)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheDir, { recursive: true });
  const onWait = (pid: number) => progress(`Waiting for process ${pid}, which is building ${host.executable}`);
  await withMachineLock(`${folder}.lock`, { onWait }, async () => {
    if (existsSync(folder)) return;
    const staging = mkdtempSync(`${folder}.staging-`);
    try {
      await buildProgram(host, staging, progress);
      if (host.script !== undefined) await addScript(host, host.script, staging);
      // It is there whole or not at all.
      renameSync(staging, folder);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  });
  return folder;
}

async function addScript(host: GoProgram, { module, path }: { module: string; path: string }, folder: string) {
  const target = join(folder, basename(path));
  copyFileSync(join(await sourceOf(host, module), path), target);
  chmodSync(target, 0o755);
}

/** Of what the host is built from. */
function pinOf(host: GoProgram): string {
  const sums = readFileSync(join(moduleFolder(host), "go.sum"));
  return createHash("sha256").update(sums).digest("hex").slice(0, 12);
}
