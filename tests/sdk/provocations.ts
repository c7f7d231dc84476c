import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { assertLoadableFrom } from "../../sdk/program-dependency";
import { failureOf, inFolder, type Provocations } from "../kit/provocation";

/** The test runner's own resolution finds this package everywhere. */
function resolvedByNode(folder: string, module: string): string {
  const script = `console.log(require("node:module").createRequire(${JSON.stringify(join(folder, "a.js"))}).resolve("${module}"))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  if (status === 0) return stdout.trim();
  throw Object.assign(new Error(stderr), { code: /code: '(\w+)'/.exec(stderr)?.[1] });
}

export const provocations: Provocations = {
  EKM_PROGRAM_DEPENDENCY: inFolder("/home/ops/storage/infra", (folder) =>
    failureOf(() => assertLoadableFrom([folder], resolvedByNode)),
  ),
};
