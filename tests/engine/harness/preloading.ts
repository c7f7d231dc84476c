import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";

const QUICK_START = "tests/engine/harness/quick-start.js";

/** Has the Node processes of a run load files of the project before anything else, after what makes them start sooner. */
export const preloading = (...files: string[]): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: [QUICK_START, ...files].map((file) => `--require=${join(projectRoot, file)}`).join(" "),
});
