import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Road, roadWorkspace } from "../../engine/acceptance/lab";
import type { CommandResult, EngineCommand, StateResource, Workspace } from "../../engine/harness";
import { kill, processesIn } from "../../engine/harness/processes";
import { urnOf } from "../../kit/resource";
import { type Installation, replaceFolder } from "../installation";
import { Interception } from "../interception";
import type { Kind } from "./declaration";
import {
  type Interruption,
  kindOf,
  REFUSED_BY_CHECK,
  type RunOptions,
  type RunReport,
  type Stack,
  tokenOf,
  UNTARGETED,
} from "./stack";

/** Of a machine that has other things to do. */
const TIMEOUT_SECONDS = 180;

/** A stack of the real engine. */
export class EngineStack implements Stack {
  private names: Road["names"] = {};

  private constructor(
    private readonly workspace: Workspace,
    private readonly fresh: string,
    private readonly installation: Installation,
  ) {}

  /** `folder` keeps what a new stack looks like. */
  static async create(name: string, folder: string, installation: Installation): Promise<EngineStack> {
    const workspace = await roadWorkspace({ project: "tests", stack: name });
    workspace.write("lab.json", { keyManager: {}, authority: installation.authority });
    workspace.write("road.json", {});
    const stack = new EngineStack(workspace, join(folder, name), installation);
    replaceFolder(workspace.folder, stack.fresh);
    return stack;
  }

  get name(): string {
    return this.workspace.stack;
  }

  declare(road: Road): void {
    this.names = road.names;
    this.workspace.write("road.json", road);
  }

  up({ refresh = false, target, interruption }: RunOptions = {}): Promise<RunReport> {
    return this.run("up", [...(refresh ? ["--refresh"] : []), ...this.targeting(target)], interruption);
  }

  refresh(): Promise<RunReport> {
    return this.run("refresh");
  }

  preview(): Promise<RunReport> {
    return this.run("preview");
  }

  destroy({ interruption }: Pick<RunOptions, "interruption"> = {}): Promise<RunReport> {
    return this.run("destroy", [], interruption);
  }

  resources(): StateResource[] {
    const { resources = [] } = JSON.parse(this.checkpoint() || "{}").checkpoint?.latest ?? {};
    return resources.filter(({ type }: StateResource) => type.startsWith("pulumi-nodejs:dynamic/"));
  }

  /** Forgets everything, as a new stack. */
  clear(): void {
    this.endProcesses();
    replaceFolder(this.fresh, this.workspace.folder);
  }

  /** Ends providers that outlived their engine. */
  endProcesses(): void {
    for (const pid of processesIn(this.workspace.folder)) kill(pid);
  }

  remove(): void {
    this.workspace.remove();
  }

  private async run(command: EngineCommand, args: string[] = [], interruption?: Interruption): Promise<RunReport> {
    const trap = interruption && {
      call: interruption.call,
      moment: interruption.moment,
      spring: () => strike(interruption.strike),
    };
    const interception = await Interception.start(trap, () => {});
    const env = { ...this.installation.environment(), ...(trap ? interception.environment() : {}) };
    const running = this.workspace.spawn(command, { args, env, timeoutSeconds: TIMEOUT_SECONDS });
    let killed = false;
    const strike = async (how: Interruption["strike"]) => {
      if (typeof how === "function") return how();
      if (how === "SIGINT") return running.signal("SIGINT");
      killed = true;
      await running.kill({ children: how === "kill" });
    };
    try {
      const result = await running.ended;
      if (killed) await this.workspace.cancel();
      return this.reportOf(result, killed);
    } finally {
      await interception.close();
    }
  }

  private reportOf({ exitCode, stdout, stderr, steps, events }: CommandResult, killed: boolean): RunReport {
    const output = `${stdout}\n${stderr}`;
    // The SDK's own lines for debugging, which nobody sees without asking for them, hold every secret.
    const seen = events.filter(({ diagnosticEvent }) => diagnosticEvent?.severity !== "debug");
    return {
      succeeded: exitCode === 0,
      killed,
      codes: codesIn(output),
      steps: steps.filter(({ failed }) => !failed).map(({ op, urn }) => `${op} ${kindOf(urn)}`),
      output,
      kept: `${JSON.stringify(seen)}\n${this.checkpoint()}`,
    };
  }

  private checkpoint(): string {
    try {
      return readFileSync(this.workspace.stateFile, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
      throw error;
    }
  }

  private targeting(target: Kind | undefined): string[] {
    return target === undefined ? [] : ["--target", urnOf(tokenOf(target), this.names?.[target] ?? target, this.name)];
  }
}

function codesIn(output: string): string[] {
  const codes = new Set(output.match(/\bEKM_[A-Z_]+\b(?=: )/g));
  if (/has a problem:/.test(output)) codes.add(REFUSED_BY_CHECK);
  if (/not specified in --target list|Target '.*' could not be found/.test(output)) codes.add(UNTARGETED);
  return [...codes];
}
