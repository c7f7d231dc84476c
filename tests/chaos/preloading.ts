import { join } from "node:path";
import { projectRoot } from "../../tools/engine/paths";

/** Has the Node processes of a run load files of this folder before anything else. */
export const preloading = (...files: string[]): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: files.map((file) => `--require=${join(projectRoot, "tests/chaos", file)}`).join(" "),
});
