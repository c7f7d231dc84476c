import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Engine } from "../../../tools/engine";
import { CommandFailedError, type CommandOutput, RunningCommand } from "./command";
import { engineUnderTest } from "./engine";
import { type EngineReport, readReport } from "./events";
import { removeCutOffAttributes } from "./file-backend";
import { KeyService } from "./key-service";
import { preloading } from "./preloading";
import { kill, processesIn } from "./processes";
import { ProgramHost } from "./program-host";

export interface WorkspaceOptions {
  /** Source of the program, plain JavaScript, or a file to copy it from. @default one without resources */
  program?: Program;
  /** @default `ekm` */
  project?: string;
  /** @default `test` */
  stack?: string;
  /** Where the workspace's folder is made. @default inside the checkout, so that `pulumi-ekm` resolves */
  parent?: string;
  /** Encrypts the stack's secrets. @default a key of the tests' key service does */
  passphrase?: string;
  /** Added to the environment of every command. */
  env?: NodeJS.ProcessEnv;
  /** Loads the SDK once for all runs, as a program of the Automation API, instead of once for each. @default false */
  residentProgram?: boolean;
  /** Node processes start sooner than those of users: without what they do not use, and with compiled code kept. @default true */
  quickStart?: boolean;
}

export type Program = string | { file: string };

export interface CommandOptions {
  args?: string[];
  env?: NodeJS.ProcessEnv;
  /** Any exit code but 0 is what the test wants. */
  expectFailure?: boolean;
  /** @default 50 */
  timeoutSeconds?: number;
  /** Written to standard input. */
  input?: string;
}

export type CommandResult = CommandOutput & EngineReport;

export interface Deployment {
  resources: StateResource[];
  pendingOperations: { type: string; resource: StateResource }[];
}

/** A resource as state holds it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  initErrors?: string[];
  external?: boolean;
}

export type EngineCommand = "up" | "preview" | "refresh" | "destroy";

/** An engine run under way; `ended` gives what {@link Workspace.up} would. */
export interface RunningUp extends Omit<RunningCommand, "ended"> {
  ended: Promise<CommandResult>;
}

/** A program, its stack and a file backend in a folder of their own, driven through the real `pulumi`. */
export class Workspace {
  /** Of the program; providers have it as their working directory. */
  readonly folder: string;
  readonly project: string;
  readonly stack: string;
  private readonly engine: Engine;
  private readonly env: NodeJS.ProcessEnv;
  private runs = 0;
  private host?: ProgramHost;

  private constructor(engine: Engine, secrets: NodeJS.ProcessEnv, options: WorkspaceOptions) {
    const parent = options.parent ?? join(__dirname, "..", ".workspaces");
    mkdirSync(parent, { recursive: true });
    this.engine = engine;
    this.folder = mkdtempSync(join(parent, "run-"));
    this.project = options.project ?? "ekm";
    this.stack = options.stack ?? "test";
    const metadata = join(this.folder, ".pulumi");
    mkdirSync(join(metadata, "state"), { recursive: true });
    this.env = {
      PULUMI_BACKEND_URL: `file://${metadata}/state`,
      PULUMI_HOME: join(metadata, "home"),
      // A machine of its own, which is put back to a start state with the stack.
      XDG_STATE_HOME: join(metadata, "machine"),
      ...secrets,
      PULUMI_STACK: this.stack,
      PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
      // Makes --event-log known.
      PULUMI_DEBUG_COMMANDS: "true",
      // The types of examples are looked at with those of the tests.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      // An engine ends before its heap is worth a collection.
      GOGC: "800",
      ...((options.quickStart ?? true) ? preloading() : {}),
      ...options.env,
    };
    const settings = {
      name: this.project,
      runtime: { name: "nodejs", options: { typescript: false } },
      main: "index.js",
    };
    this.write("Pulumi.yaml", settings);
    this.setProgram(options.program ?? "");
  }

  static async create(options: WorkspaceOptions = {}): Promise<Workspace> {
    const { passphrase } = options;
    const { secretsProvider, environment } =
      passphrase === undefined
        ? await KeyService.running()
        : { secretsProvider: "passphrase", environment: { PULUMI_CONFIG_PASSPHRASE: passphrase } };
    const workspace = new Workspace(await engineUnderTest(), environment, options);
    await workspace.run(["stack", "init", workspace.stack, "--secrets-provider", secretsProvider]);
    if (options.residentProgram) await workspace.keepProgramResident();
    return workspace;
  }

  /** Loads the SDK once for all runs from now on, and compiles a program in TypeScript without a look at its types. */
  async keepProgramResident(): Promise<void> {
    this.host = await ProgramHost.start(this.folder);
  }

  setProgram(program: Program): void {
    const target = join(this.folder, "index.js");
    if (typeof program === "string") {
      writeFileSync(target, program);
    } else {
      copyFileSync(program.file, target);
    }
  }

  /** Puts a file beside the program, where both it and a provider's stub may require it. */
  addFile(file: string, name = basename(file)): void {
    copyFileSync(file, join(this.folder, name));
  }

  /** Writes a file of JSON beside the program. */
  write(file: string, content: unknown): void {
    writeFileSync(join(this.folder, file), JSON.stringify(content));
  }

  /** A value on the command line would be seen by everyone on the machine. */
  async setConfig(key: string, input: string, { secret = false, path = false } = {}): Promise<void> {
    const flags = [secret ? "--secret" : "--plaintext", ...(path ? ["--path"] : [])];
    await this.run(["config", "set", ...flags, "--", key], { input });
  }

  up(options?: CommandOptions): Promise<CommandResult> {
    return this.runEngine("up", options);
  }

  preview(options?: CommandOptions): Promise<CommandResult> {
    return this.runEngine("preview", options);
  }

  refresh(options?: CommandOptions): Promise<CommandResult> {
    return this.runEngine("refresh", options);
  }

  destroy(options?: CommandOptions): Promise<CommandResult> {
    return this.runEngine("destroy", options);
  }

  /** Takes away the lock that a killed engine left, and what it was in the middle of writing beside the state. */
  async cancel(): Promise<void> {
    removeCutOffAttributes(join(this.folder, ".pulumi/state"));
    await this.run(["cancel", "--yes"]);
    if (this.host === undefined) return;
    // It may still wait for the engine that is gone.
    this.host.stop();
    await this.keepProgramResident();
  }

  /** Starts an `up` that the test means to interrupt. */
  spawnUp(options?: CommandOptions): RunningUp {
    return this.spawn("up", options);
  }

  /** Starts a command that the test means to interrupt, or that may end in either way. */
  spawn(command: EngineCommand, options: CommandOptions = {}): RunningUp {
    const { running, eventLog } = this.startEngine(command, options);
    const ended = running.ended.then((output) => ({ ...output, ...readReport(eventLog) }));
    ended.catch(() => {});
    return Object.assign(Object.create(running), { ended });
  }

  /** The stack's state, secrets encrypted. */
  async exportState(args: string[] = []): Promise<Deployment> {
    const { stdout } = await this.run(["stack", "export", ...args]);
    return deploymentOf(JSON.parse(stdout).deployment);
  }

  /** The same from the backend's own file, without an engine. */
  storedState(): Deployment {
    return deploymentOf(JSON.parse(readFileSync(this.stateFile, "utf8")).checkpoint.latest);
  }

  /** Where the backend keeps the stack's state; there is no file before the first run. */
  get stateFile(): string {
    return join(this.folder, ".pulumi/state/.pulumi/stacks", this.project, `${this.stack}.json`);
  }

  /** The resource called `name` in the stack's state. */
  async stateOf(name: string, args: string[] = []): Promise<StateResource | undefined> {
    const { resources } = await this.exportState(args);
    return resources.find(({ urn }) => urn.endsWith(`::${name}`));
  }

  /** Replaces the stack's state by an exported one. */
  async importState(file: string): Promise<void> {
    await this.run(["stack", "import", "--file", file]);
  }

  /** The stack's outputs, secrets in clear. */
  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.run(["stack", "output", "--json", "--show-secrets"]);
    return JSON.parse(stdout);
  }

  /** Runs any other command of the engine. */
  async run(args: string[], options: CommandOptions = {}): Promise<CommandOutput> {
    return this.finish(this.start(args, options), options);
  }

  /** Runs a script of the shell, as a user would in the program's folder. It may end as it likes. */
  shell(script: string, { env, timeoutSeconds = 50 }: CommandOptions = {}): Promise<CommandOutput> {
    return new RunningCommand({
      executable: "sh",
      args: ["-c", script],
      cwd: this.folder,
      env: { ...this.engine.env(), ...this.env, ...env },
      timeoutSeconds,
    }).ended;
  }

  /** Ends what still runs in the workspace and removes it. */
  remove(): void {
    this.host?.stop();
    for (const pid of processesIn(this.folder)) {
      kill(pid);
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  private async runEngine(command: EngineCommand, options: CommandOptions = {}): Promise<CommandResult> {
    const { running, eventLog } = this.startEngine(command, options);
    const output = await this.finish(running, options);
    return { ...output, ...readReport(eventLog) };
  }

  private startEngine(command: EngineCommand, options: CommandOptions): { running: RunningCommand; eventLog: string } {
    this.runs += 1;
    const eventLog = join(this.folder, ".pulumi", `events-${this.runs}.jsonl`);
    const unasked = command === "preview" ? [] : ["--skip-preview", "--yes"];
    const program = command === "up" || command === "preview" ? (this.host?.args ?? []) : [];
    return { running: this.start([command, ...unasked, ...program, "--event-log", eventLog], options), eventLog };
  }

  private start(args: string[], { args: more = [], env, timeoutSeconds = 50, input }: CommandOptions): RunningCommand {
    return new RunningCommand({
      executable: this.engine.pulumi,
      args: ["--non-interactive", "--color=never", ...args, ...more],
      cwd: this.folder,
      env: { ...this.engine.env(), ...this.env, ...env },
      timeoutSeconds,
      input,
    });
  }

  private async finish(running: RunningCommand, { expectFailure = false }: CommandOptions): Promise<CommandOutput> {
    const output = await running.ended;
    if ((output.exitCode !== 0) !== expectFailure) {
      throw new CommandFailedError(`exit code ${output.exitCode}`, running.line, output);
    }
    return output;
  }
}

const deploymentOf = ({ resources, pending_operations }: Record<string, never>): Deployment => ({
  resources: resources ?? [],
  pendingOperations: pending_operations ?? [],
});
