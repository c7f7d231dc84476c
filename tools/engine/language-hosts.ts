import { chmodSync, copyFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type GoProgram, STRIP, sourceOf } from "./build";
import { type BuildOnceOptions, builtOnce } from "./built-once";

interface Host extends GoProgram {
  /** A file of a module that the host needs beside itself. */
  script?: { module: string; path: string };
}

/** Programs that run programs in a language for the engine: tests need those of languages that users of the plugin write in. */
const HOSTS = {
  yaml: {
    executable: "pulumi-language-yaml",
    module: "engine/go/language-yaml",
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    linkerFlags: STRIP,
  },
  python: {
    executable: "pulumi-language-python",
    module: "engine/go/language-python",
    package: "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python",
    linkerFlags: STRIP,
    // It runs programs, and ships with the host.
    script: { module: "github.com/pulumi/pulumi/sdk/v3", path: "python/cmd/pulumi-language-python-exec" },
  },
  go: {
    executable: "pulumi-language-go",
    module: "engine/go/language-go",
    package: "github.com/pulumi/pulumi/sdk/v3/go/pulumi-language-go",
    linkerFlags: STRIP,
  },
} as const satisfies Readonly<Record<string, Host>>;

/** A language other than Node's. */
export type Language = keyof typeof HOSTS;

export const languages = Object.keys(HOSTS) as Language[];

/**
 * The host of a language, which is compiled once from the modules that are pinned for it.
 *
 * @returns the folder of the executable, for a PATH
 */
export function getLanguageHost(language: Language, options?: BuildOnceOptions): Promise<string> {
  const host: Host = HOSTS[language];
  return builtOnce(host, options, async (folder) => {
    if (host.script !== undefined) await addScript(host, host.script, folder);
  });
}

async function addScript(host: GoProgram, { module, path }: { module: string; path: string }, folder: string) {
  const target = join(folder, basename(path));
  copyFileSync(join(await sourceOf(host, module), path), target);
  chmodSync(target, 0o755);
}
