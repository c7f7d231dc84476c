import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterSimulator, type ClusterSimulatorOptions } from "../../../simulator";
import { projectRoot } from "../../../tools/engine/paths";
import { Page } from "../../kit/page";
import { configurationOf, connectionTo, masterKeyOf, QUICK_REKEY_SECONDS } from "../acceptance/lab";
import { type CommandOptions, type CommandResult, conclusionOf, Workspace } from "../harness";

/** Values by the settings' keys. */
type Settings = Record<string, string | number>;

interface ExampleOptions extends Pick<ClusterSimulatorOptions, "switches" | "beforeAnswer"> {
  /** Names of the clusters' connections. @default one that is called "default" */
  clusters?: string[];
  /** Loads the program anew for each run, as users do. @default false */
  loadsAnew?: boolean;
}

type RunOptions = Pick<CommandOptions, "env" | "expectFailure">;

/** An example as its reader has it: a copy of its folder, a stack, and clusters with internal keys. */
export class Example {
  private constructor(
    readonly workspace: Workspace,
    readonly clusters: readonly ClusterSimulator[],
    private readonly connections: Settings,
    private readonly page: Page,
    private readonly states: string,
    private readonly loadsAnew: boolean,
  ) {}

  static async start(
    name: string,
    { clusters: names = ["default"], loadsAnew = false, ...options }: ExampleOptions = {},
  ): Promise<Example> {
    const states = mkdtempSync(join(tmpdir(), `ekm-example-${name}-`));
    const clusters = await Promise.all(
      names.map((cluster) =>
        ClusterSimulator.start({ stateDir: join(states, cluster), rekeySeconds: QUICK_REKEY_SECONDS, ...options }),
      ),
    );
    const workspace = await Workspace.create({ project: name });
    rmSync(join(workspace.folder, "index.js"));
    cpSync(join(projectRoot, "examples", name), workspace.folder, { recursive: true });
    const connections = clusters.flatMap((cluster, index) =>
      Object.entries(connectionTo(cluster)).map(([member, value]) => [`ekm:clusters.${names[index]}.${member}`, value]),
    );
    const page = new Page(`examples/${name}/README.md`);
    return new Example(workspace, clusters, Object.fromEntries(connections), page, states, loadsAnew);
  }

  /** The first cluster. */
  get cluster(): ClusterSimulator {
    const [cluster] = this.clusters;
    if (cluster === undefined) throw new Error("the example has no cluster");
    return cluster;
  }

  /** A file beside the program. */
  read(file: string): string {
    return readFileSync(join(this.workspace.folder, file), "utf8");
  }

  /** Puts a file beside the program. */
  write(file: string, content: string): void {
    writeFileSync(join(this.workspace.folder, file), content);
  }

  /** Makes the settings, and runs the program for the first time, as the language host does. */
  async begin(settings: Settings, options?: RunOptions): Promise<CommandResult> {
    const result = await this.follow("begin", options, { ...this.connections, ...settings });
    if (!this.loadsAnew) await this.workspace.keepProgramResident();
    return result;
  }

  /** Does what a script of the page says, line by line, and gives the result of its run, which is the last line. */
  async follow(script: string, options?: RunOptions, settings: Settings = {}): Promise<CommandResult> {
    const lines = withSettings(this.page.script(script), settings).trimEnd().split("\n");
    const [, command, args = ""] = RUN.exec(lines.pop() ?? "") ?? [];
    if (command === undefined) throw new Error(`script "${script}" does not end with a run`);
    await this.runByShell(lines.join("\n"));
    return this.workspace[command as Run]({ ...options, args: args.replaceAll("'", "").match(/\S+/g) ?? [] });
  }

  /** Does what a script of the page says that runs no program. */
  async prepare(script: string, settings: Settings = {}): Promise<void> {
    await this.runByShell(withSettings(this.page.script(script), settings));
  }

  /** Makes sure that the page shows how a run ended. */
  expectShown(block: string, result: CommandResult): void {
    this.page.expectPrinted(block, conclusionOf(result));
  }

  /** Makes sure that the program asks for nothing more. */
  async expectSettled(options?: Pick<CommandOptions, "env">): Promise<void> {
    await this.workspace.preview({ args: ["--expect-no-changes"], ...options });
  }

  /** Destroys as the page says, and makes sure that every cluster is back at internal keys, with its data. */
  async destroy(): Promise<void> {
    await this.follow("destroy");
    expect((await this.workspace.exportState()).resources).toEqual([]);
    for (const cluster of this.clusters) {
      expect(configurationOf(cluster)).toMatchObject({ keyServers: [], keyProviders: [] });
      expect(masterKeyOf(cluster)?.keyManagementType).toBe("internal");
      expect(await cluster.unwrapDataKey()).toBe(true);
    }
  }

  async end(): Promise<void> {
    this.workspace.remove();
    await Promise.all(this.clusters.map((cluster) => cluster.close()));
    rmSync(this.states, { recursive: true, force: true });
  }

  private async runByShell(script: string): Promise<void> {
    const output = await this.workspace.shell(`set -e\n${script}`);
    if (output.exitCode !== 0) throw new Error(`${script}:\n${output.stdout}${output.stderr}`);
  }
}

type Run = "up" | "preview" | "destroy";

const RUN = /^pulumi (up|preview|destroy)\b(.*)$/;

const SETTING = /^(pulumi config set (?:--\S+ )*'?([^\s']+)'?)(?: .*)?$/gm;

/** A script whose settings have other values, or a value at all where the engine would ask for it. */
function withSettings(script: string, settings: Settings): string {
  const missing = new Set(Object.keys(settings));
  const text = script.replace(SETTING, (line, command, key) =>
    missing.delete(key) ? `${command} -- '${settings[key]}'` : line,
  );
  if (missing.size > 0) throw new Error(`nothing sets ${[...missing].join(", ")}:\n${script}`);
  return text;
}
