import { type ChildProcess, spawn } from "node:child_process";
import { descendants, kill } from "./processes";

export interface CommandOutput {
  /** -1 when a signal ended it. */
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface CommandLine {
  executable: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  timeoutSeconds: number;
  /** Written to standard input. */
  input?: string;
}

/** A command ended as it was not meant to, or not in time. */
export class CommandFailedError extends Error {
  readonly code = "COMMAND_FAILED";
  override readonly name = "CommandFailedError";

  constructor(
    what: string,
    { args }: CommandLine,
    readonly output: CommandOutput,
  ) {
    super(`pulumi ${args.join(" ")}: ${what}\n${output.stdout}\n${output.stderr}`.trim());
  }
}

/** A command under way. */
export class RunningCommand {
  /** Rejects, with every process of the command killed, when it takes too long. */
  readonly ended: Promise<CommandOutput>;
  private readonly child: ChildProcess;
  private stdout = "";
  private stderr = "";

  constructor(readonly line: CommandLine) {
    this.child = spawn(line.executable, line.args, {
      cwd: line.cwd,
      env: line.env,
      stdio: [line.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    // A command that refuses its arguments reads nothing.
    this.child.stdin?.on("error", () => {}).end(line.input);
    this.child.stdout?.setEncoding("utf8").on("data", (chunk) => (this.stdout += chunk));
    this.child.stderr?.setEncoding("utf8").on("data", (chunk) => (this.stderr += chunk));
    this.ended = this.end();
    // Whoever kills the run may not look at its end.
    this.ended.catch(() => {});
  }

  get pid(): number {
    if (this.child.pid === undefined) {
      throw new Error(`${this.line.executable} could not be started`);
    }
    return this.child.pid;
  }

  /** Resolves once standard output matches; rejects when the command ends before. */
  async printed(pattern: RegExp): Promise<void> {
    let look = () => {};
    const matched = new Promise<void>((resolve) => {
      look = () => pattern.test(this.stdout) && resolve();
      this.child.stdout?.on("data", look);
      look();
    });
    const endedBefore = this.ended.then((output) => {
      if (!pattern.test(output.stdout)) {
        throw new CommandFailedError(`never printed ${pattern}`, this.line, output);
      }
    });
    try {
      await Promise.race([matched, endedBefore]);
    } finally {
      this.child.stdout?.off("data", look);
    }
  }

  signal(signal: NodeJS.Signals): void {
    kill(this.pid, signal);
  }

  /** Ends the engine at once; its children (language host, program, providers) live on unless they are to go as well. */
  async kill({ children = false }: { children?: boolean } = {}): Promise<void> {
    const exited = new Promise((resolve) => this.child.once("exit", resolve));
    const below = descendants(this.pid);
    kill(this.pid);
    if (children) {
      below.forEach((pid) => {
        kill(pid);
      });
    }
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await exited;
    }
  }

  private end(): Promise<CommandOutput> {
    return new Promise((resolve, reject) => {
      const output = (exitCode: number) => ({ exitCode, stdout: this.stdout, stderr: this.stderr });
      const timer = setTimeout(() => {
        const what = `not done after ${this.line.timeoutSeconds} s`;
        void this.kill({ children: true });
        reject(new CommandFailedError(what, this.line, output(-1)));
      }, this.line.timeoutSeconds * 1000);
      this.child.once("error", (error) => {
        clearTimeout(timer);
        reject(error);
      });
      // Not "close": a provider that outlives its engine keeps the pipes open.
      this.child.once("exit", (code) => {
        clearTimeout(timer);
        setImmediate(() => resolve(output(code ?? -1)));
      });
    });
  }
}
