import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";
import { preloading } from "./preloading";

/** Serves a folder's program to the engine from a process that stays. The program sees the environment of that process. */
export class ProgramHost {
  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
  ) {}

  static async start(folder: string): Promise<ProgramHost> {
    const child = fork(join(projectRoot, "tests/engine/harness/program-server.js"), [folder], {
      env: { ...process.env, ...preloading() },
      // The SDK handles the outputs of a resource that failed later than Node expects.
      execArgv: ["--disable-warning=PromiseRejectionHandledWarning"],
    });
    const [port] = await once(child, "message");
    return new ProgramHost(child, Number(port));
  }

  /** What makes an `up` or a preview take its program from here. */
  get args(): string[] {
    return [`--client=127.0.0.1:${this.port}`, "--exec-kind=auto.inline"];
  }

  stop(): void {
    this.child.kill("SIGKILL");
  }
}
