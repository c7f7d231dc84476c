import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../engine/paths";

const run = promisify(execFile);

const OLDEST_MINOR = 11;
const CANDIDATES = ["python3.11", "python3.12", "python3.13", "python3"];
const BUILDER = join(projectRoot, "tools/python/build_environment.py");

/** No Python, or no environment could be made with it. */
export class PythonEnvironmentError extends Error {
  override readonly name = "PythonEnvironmentError";
  readonly code = "pythonEnvironment";
}

export interface Requirements {
  /** Of pip, each package pinned. */
  file: string;
  /** Modules that must load in the environment. */
  modules: readonly string[];
}

/**
 * The interpreter of a virtual environment in the user's cache folder, made on the first call on a machine and again when the
 * requirements change.
 *
 * @throws PythonEnvironmentError
 */
export async function pythonWith({ file, modules }: Requirements): Promise<string> {
  const { command, version } = await findPython();
  const requirements = await readFile(file);
  const hash = createHash("sha256").update(version).update(requirements).digest("hex").slice(0, 16);
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const directory = join(cache, "pulumi-ekm", `python-${hash}`);
  await run(command, [BUILDER, directory, file, modules.join()]).catch((cause) => {
    throw new PythonEnvironmentError(`cannot make a Python environment in ${directory}: ${cause.stderr || cause}`, {
      cause,
    });
  });
  return join(directory, "bin", "python");
}

/** The first interpreter that runs and is new enough. */
async function findPython(): Promise<{ command: string; version: string }> {
  const tried: string[] = [];
  for (const command of CANDIDATES) {
    try {
      const { stdout } = await run(command, ["-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"]);
      const version = stdout.trim();
      const [major, minor] = version.split(".").map(Number);
      if (major === 3 && minor !== undefined && minor >= OLDEST_MINOR) return { command, version };
      tried.push(`${command} is ${version}`);
    } catch (error) {
      tried.push(`${command}: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "not found" : "does not run"}`);
    }
  }
  throw new PythonEnvironmentError(
    `a Python environment needs Python 3.${OLDEST_MINOR} or newer with its venv module (${tried.join("; ")})`,
  );
}
