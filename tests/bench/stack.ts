import { join } from "node:path";
import { type CommandResult, type EngineCommand, Workspace } from "../engine/harness";
import type { ExportedResource } from "./graph";

/** What is measured of a stack, in this order: each finds what the one before has left. */
export const COMMANDS = ["up", "up, no change", "preview", "preview --refresh", "refresh", "destroy"] as const;
export type Command = (typeof COMMANDS)[number];

const LINES: Record<Command, { verb: EngineCommand; flags?: string[] }> = {
  up: { verb: "up" },
  "up, no change": { verb: "up" },
  preview: { verb: "preview" },
  "preview --refresh": { verb: "preview", flags: ["--refresh", "--expect-no-changes"] },
  refresh: { verb: "refresh" },
  destroy: { verb: "destroy" },
};

/** Far above what a fleet of a hundred takes on a small machine. */
const TIMEOUT_SECONDS = 20 * 60;
/** One name for all programs, so that their URNs are equally long. */
const PROJECT = "fleet";

/** A program and its stack. */
export class BenchStack {
  private constructor(
    readonly workspace: Workspace,
    private readonly parallel: number,
  ) {}

  /** @param clusters how many: the engine is to work on all of them at a time, two resources each */
  static async create(clusters: number): Promise<BenchStack> {
    const stack = new BenchStack(
      await Workspace.create({ project: PROJECT, quickStart: false }),
      Math.max(16, 2 * clusters),
    );
    await stack.workspace.run(["stack", "export", "--file", stack.emptyState]);
    return stack;
  }

  run(command: Command, env: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    const { verb, flags = [] } = LINES[command];
    const args = [...flags, "--parallel", String(this.parallel)];
    return this.workspace[verb]({ env, args, timeoutSeconds: TIMEOUT_SECONDS });
  }

  /** The stack's resources, with secrets in clear if asked for. */
  async resources({ showSecrets = false } = {}): Promise<ExportedResource[]> {
    const { stdout } = await this.workspace.run(["stack", "export", ...(showSecrets ? ["--show-secrets"] : [])]);
    return JSON.parse(stdout).deployment.resources;
  }

  /** Makes the stack forget its resources. */
  async empty(): Promise<void> {
    await this.workspace.importState(this.emptyState);
  }

  remove(): void {
    this.workspace.remove();
  }

  private get emptyState(): string {
    return join(this.workspace.folder, ".pulumi", "empty.json");
  }
}
