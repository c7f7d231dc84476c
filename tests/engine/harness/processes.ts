import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { sep } from "node:path";

/** The processes below `root`, children before their own children. */
export function descendants(root: number): number[] {
  const parents = new Map(allProcesses().map((pid) => [pid, parentOf(pid)]));
  const found = [root];
  for (const pid of found) {
    for (const [child, parent] of parents) {
      if (parent === pid) {
        found.push(child);
      }
    }
  }
  return found.slice(1);
}

/** The processes whose working directory is `folder` or below: a provider outlives its killed engine there. */
export function processesIn(folder: string): number[] {
  return allProcesses().filter((pid) => {
    const cwd = workingDirectoryOf(pid);
    return cwd === folder || cwd?.startsWith(folder + sep);
  });
}

/** Ends `pid` without a chance to clean up; one that has ended is fine. */
export function kill(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}

const allProcesses = () =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

function parentOf(pid: number): number | undefined {
  try {
    // The second field, the name, may hold spaces and parentheses.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

function workingDirectoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
