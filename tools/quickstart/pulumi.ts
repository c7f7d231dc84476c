import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Engine } from "../engine";
import { projectRoot } from "../engine/paths";
import { withoutSecrets } from "../environment";
import { UnexpectedOutcomeError } from "./errors";

const STACK = "quickstart";
/** A first signal lets the engine finish what it is at; a second one ends it at once. */
const SECOND_SIGNAL_AFTER_MS = 2_000;
const KILL_AFTER_MS = 10_000;

export interface Config {
  plaintext: Record<string, string>;
  secret: Record<string, string>;
}

interface Run {
  /** @default the checkout, whose project names the program */
  cwd?: string;
  /** Written to standard input. */
  input?: string;
  /** Takes each line that is printed. */
  onLine?: (line: string) => void;
}

/** The Pulumi CLI with a backend, a stack and settings in a folder of its own: nothing of the user's is touched. */
export class Pulumi {
  /** The settings of every command, beside the environment that it is given. */
  readonly environment: Record<string, string>;
  private readonly settings: string;
  private readonly temporary: string;

  constructor(
    private readonly engine: Engine,
    private readonly folder: string,
    private readonly signal: AbortSignal,
    clusters: object,
  ) {
    this.settings = join(folder, `Pulumi.${STACK}.yaml`);
    this.temporary = join(folder, "temporary");
    const backend = join(folder, "backend");
    mkdirSync(this.temporary);
    mkdirSync(backend);
    this.environment = {
      PULUMI_BACKEND_URL: `file://${backend}`,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_CONFIG_PASSPHRASE: randomBytes(24).toString("base64url"),
      PULUMI_STACK: STACK,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      EKM_CLUSTERS: JSON.stringify(clusters),
    };
  }

  /** The arguments that keep a stack's settings out of the checkout. */
  get settingsArguments(): string[] {
    return ["--config-file", this.settings];
  }

  async createStack({ plaintext, secret }: Config): Promise<void> {
    // The engine writes a new stack's settings beside the project file, wherever that is.
    copyFileSync(join(projectRoot, "Pulumi.yaml"), join(this.folder, "Pulumi.yaml"));
    const beside = { cwd: this.folder };
    await this.succeed(["stack", "init", STACK], beside);
    const pairs = Object.entries(plaintext).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
    await this.succeed(["config", "set-all", ...pairs], beside);
    for (const [key, input] of Object.entries(secret)) {
      await this.succeed(["config", "set", "--secret", key], { ...beside, input });
    }
  }

  /** Runs a command about the program; answers the exit code. */
  async run(args: string[], onLine: (line: string) => void): Promise<number> {
    return this.execute([...args, ...this.settingsArguments], { onLine });
  }

  private async succeed(args: string[], run: Run): Promise<void> {
    const lines: string[] = [];
    const exitCode = await this.execute(args, { ...run, onLine: (line) => lines.push(line) });
    if (exitCode !== 0) {
      throw new UnexpectedOutcomeError(
        [`"pulumi ${args.slice(0, 2).join(" ")}" ended with exit code ${exitCode}`, ...lines].join("\n"),
      );
    }
  }

  private async execute(args: string[], { cwd = projectRoot, input = "", onLine }: Run): Promise<number> {
    this.signal.throwIfAborted();
    const child = spawn(this.engine.pulumi, ["--non-interactive", "--color=never", ...args], {
      cwd,
      // The language host leaves compiled programs behind, and pipes where it is interrupted.
      // The user's own backend, stack or passphrase must not get in the way either.
      env: { ...withoutSecrets(this.engine.env()), ...this.environment, TMPDIR: this.temporary },
      // In a process group of its own, a Ctrl-C at the terminal leaves it to us when and how it ends.
      detached: true,
    });
    child.stdin.end(input);
    const printed = [child.stdout, child.stderr].map(async (stream) => {
      for await (const line of createInterface({ input: stream })) onLine?.(line);
    });
    const stopInterrupting = this.interruptOnAbort((signal) => {
      child.kill(signal);
      // A provider that outlives its engine would keep them open.
      if (signal === "SIGKILL") for (const stream of [child.stdout, child.stderr]) stream.destroy();
    });
    try {
      const exitCode = await new Promise<number>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => resolve(code ?? -1));
      });
      await Promise.all(printed);
      this.signal.throwIfAborted();
      return exitCode;
    } finally {
      stopInterrupting();
    }
  }

  private interruptOnAbort(send: (signal: NodeJS.Signals) => void): () => void {
    const timers: NodeJS.Timeout[] = [];
    const interrupt = () => {
      send("SIGINT");
      timers.push(setTimeout(send, SECOND_SIGNAL_AFTER_MS, "SIGINT"), setTimeout(send, KILL_AFTER_MS, "SIGKILL"));
    };
    this.signal.addEventListener("abort", interrupt, { once: true });
    return () => {
      this.signal.removeEventListener("abort", interrupt);
      timers.forEach(clearTimeout);
    };
  }
}
