import { readdirSync, readFileSync } from "node:fs";

/** A process as the system shows it to its owner. */
export interface SeenProcess {
  pid: number;
  parent: number;
  /** Its arguments, separated by blanks. */
  commandLine: string;
  /** `NAME=value`, ended by zero bytes. */
  environment: string;
}

const LOOK_EVERY_MS = 40;

/** Writes down every process whose environment holds a mark, again and again until it is told to stop. */
export class ProcessWatch {
  private readonly seen = new Map<string, SeenProcess>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly mark: string) {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  /** Each process seen so far once, and again under another command line. */
  processes(): SeenProcess[] {
    return [...this.seen.values()];
  }

  stop(): SeenProcess[] {
    clearInterval(this.timer);
    return this.processes();
  }

  private look(): void {
    for (const pid of readdirSync("/proc").map(Number).filter(Number.isInteger)) {
      const environment = readProcess(pid, "environ");
      if (!environment.includes(this.mark)) continue;
      const commandLine = readProcess(pid, "cmdline").replaceAll("\0", " ");
      const parent = Number(/^PPid:\s*(\d+)$/m.exec(readProcess(pid, "status"))?.[1]);
      this.seen.set(`${pid} ${commandLine}`, { pid, parent, commandLine, environment });
    }
  }
}

/** Empty for a process that has ended, or is somebody else's. */
function readProcess(pid: number, file: "environ" | "cmdline" | "status"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return "";
  }
}
