import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";

const LEAN_PROVIDER = join(projectRoot, "tests/engine/harness/lean-provider.js");

/** Has the Node processes of a run load files before anything else, and those that serve a provider load less. */
export const preloading = (...files: string[]): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: [LEAN_PROVIDER, ...files].map((file) => `--require=${file}`).join(" "),
});
