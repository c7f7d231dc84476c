import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getEngine } from "../../tools/engine";
import { projectRoot } from "../../tools/engine/paths";
import { pythonInterpreter } from "../interop/python";
import { buildProblem } from "./build";

/**
 * Looks at the build, and gets once, for all workers, what takes minutes on a new machine: the engine, put on PATH, and the
 * Python environment.
 */
export default async function globalSetup(): Promise<void> {
  const problem = buildProblem(projectRoot);
  if (problem !== undefined) process.stderr.write(`${problem.message}\n`);
  if (problem?.kind === "missing") process.exit(1);
  const engine = await getEngine({ progress: (line) => process.stderr.write(`${line}\n`) });
  const { PATH, no_proxy, NO_PROXY } = engine.env();
  Object.assign(process.env, { PATH, no_proxy, NO_PROXY });
  await pythonInterpreter();
  // What tests note is not for the runs of whoever is at this machine.
  process.env.XDG_STATE_HOME = mkdtempSync(join(tmpdir(), "ekm-state-"));
}
