import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Terraform, and what its scripts call; each with the arguments that make it say its version. */
const TOOLS: Record<string, string[]> = {
  terraform: ["version"],
  bash: ["--version"],
  curl: ["--version"],
  jq: ["--version"],
  openssl: ["version"],
};

/** Those of the tools that do not run on this machine. */
export async function missingTools(): Promise<string[]> {
  const tried = await Promise.all(
    Object.entries(TOOLS).map(([tool, args]) =>
      run(tool, args).then(
        () => [],
        () => [tool],
      ),
    ),
  );
  return tried.flat();
}
