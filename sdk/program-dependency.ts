import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ExplainedError, inFull } from "../provider/core/errors";
import { isNativePluginUsed } from "./native-plugin";

/** The program reaches this package through a library alone, and the engine does not. */
export class ProgramDependencyError extends ExplainedError {
  readonly code = "EKM_PROGRAM_DEPENDENCY";
}

/** What the stub in a resource's state requires. */
const REQUIRED_BY_STUB = "pulumi-ekm/provider";

/** Where the engine starts the program, and the process that serves this package's resources. */
const startFolder = process.cwd();
let isFound = false;

/**
 * Refuses a program from whose folder the engine could not load this package, before anything is registered. It loads what
 * is installed there, and not what this class comes from.
 */
export function assertLoadable(): void {
  // Tests with mocks start no provider, Plug'n'Play has resolutions of its own, and the plugin loads nothing from there.
  if (isNativePluginUsed() || isFound || !pulumi.runtime.hasEngine() || process.versions.pnp !== undefined) return;
  try {
    assertLoadableFrom([startFolder, process.cwd()]);
  } catch (error) {
    throw error instanceof ProgramDependencyError ? new pulumi.RunError(inFull(error)) : error;
  }
  isFound = true;
}

/** @throws ProgramDependencyError */
export function assertLoadableFrom(folders: readonly [string, ...string[]], resolve = resolveFrom): void {
  if (folders.some((folder) => isLoadableFrom(folder, resolve))) return;
  throw new ProgramDependencyError({
    attempt: "loading pulumi-ekm",
    reason: `the engine loads it from the program's folder, ${folders[0]}, where it is not installed: that a library depends on it is not enough`,
    wayOut:
      "add pulumi-ekm to the dependencies in the program's own package.json, in the same version, and install again",
  });
}

/** Where Node finds a module from a folder. */
const resolveFrom = (folder: string, module: string): string => createRequire(join(folder, "index.js")).resolve(module);

function isLoadableFrom(folder: string, resolve: typeof resolveFrom): boolean {
  try {
    resolve(folder, REQUIRED_BY_STUB);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND";
  }
}
