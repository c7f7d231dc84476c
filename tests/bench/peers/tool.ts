import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

export interface ToolRun {
  executable: string;
  args: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Written to standard input. */
  input?: string;
}

/** Far above what a hundred clusters take on a small machine. */
const TIMEOUT_MS = 15 * 60_000;

/** Runs a tool to its end. Anything but exit code 0 is an error with everything that it printed. */
export async function runTool({ executable, args, cwd, env, input = "" }: ToolRun): Promise<void> {
  const child = spawn(executable, args, { cwd, env, timeout: TIMEOUT_MS });
  const closed = once(child, "close");
  // A tool that fails at once reads nothing.
  child.stdin.on("error", () => {}).end(input);
  const [[exitCode, signal], ...printed] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
  if (exitCode !== 0) {
    throw new Error([`${executable} ${args.join(" ")} ended with ${exitCode ?? signal}`, ...printed].join("\n").trim());
  }
}
