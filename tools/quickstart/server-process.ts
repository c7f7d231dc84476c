import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { projectRoot } from "../engine/paths";
import { withoutSecrets } from "../environment";
import { ServerStartError } from "./errors";

const SIMULATOR = join(projectRoot, "dist", "simulator", "main.js");
const GRACE_MS = 5_000;

/** One of the simulator's servers, in a process of its own that can outlive this one. */
export class ServerProcess<Announcement> {
  private constructor(
    private readonly child: ChildProcess,
    /** What the server said of itself. */
    readonly announcement: Announcement,
  ) {}

  /**
   * @param logFile Takes what the server has to complain about.
   * @throws ServerStartError
   */
  static async start<Announcement>(args: string[], logFile: string): Promise<ServerProcess<Announcement>> {
    const log = openSync(logFile, "a", 0o600);
    // In a process group of its own, a Ctrl-C at the terminal leaves it to us when it ends.
    const child = spawn(process.execPath, [SIMULATOR, ...args], {
      detached: true,
      env: withoutSecrets(),
      stdio: ["ignore", "pipe", log],
    });
    closeSync(log);
    const stdout = child.stdout as Readable;
    for await (const line of createInterface({ input: stdout })) {
      stdout.destroy();
      child.unref();
      return new ServerProcess(child, JSON.parse(line) as Announcement);
    }
    throw new ServerStartError(`"ekm-simulator ${args[0]}" ended at once: ${readFileSync(logFile, "utf8").trim()}`);
  }

  get pid(): number {
    return Number(this.child.pid);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => this.child.once("exit", () => resolve()));
    this.child.ref();
    this.child.kill("SIGTERM");
    const lastResort = setTimeout(() => this.child.kill("SIGKILL"), GRACE_MS);
    await exited;
    clearTimeout(lastResort);
  }
}
