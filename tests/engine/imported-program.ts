import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { getLanguageHost } from "../../tools/engine/language-hosts";
import { projectRoot } from "../../tools/engine/paths";
import { Workspace } from "./harness";
import { putPlugin } from "./native/plugin-path";

const EKM = join(projectRoot, "dist", "cli", "main.js");

/** The languages in which programs are written. */
export const LANGUAGES = ["typescript", "yaml"] as const;
type Language = (typeof LANGUAGES)[number];

interface Origin {
  /** As `--system` takes it. */
  system: string;
  /** Name and value of the variable of the environment that has the connection. */
  connection: Readonly<Record<string, string>>;
  /** Of that connection. */
  secret: string;
}

/** A program that "ekm import" has written, and its stack, configured with the commands that were printed. */
export class ImportedProgram {
  private constructor(
    readonly workspace: Workspace,
    readonly folder: string,
    readonly printed: string,
  ) {}

  static async write(language: Language, { system, connection, secret }: Origin): Promise<ImportedProgram> {
    const host = language === "yaml" ? [await getLanguageHost(language)] : [];
    const PATH = [...host, process.env.PATH].join(delimiter);
    const workspace = await Workspace.create({ passphrase: "of the new stack", env: { PATH } });
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [EKM, "import", "--system", system, "--language", language, "--out", "imported"],
      { cwd: workspace.folder, env: { ...process.env, ...connection } },
    );
    const program = new ImportedProgram(workspace, join(workspace.folder, "imported"), stdout);
    if (language === "yaml") putPlugin(join(program.folder, "node_modules/.bin"));
    await program.configure(secret);
    return program;
  }

  /** Arguments of the engine's commands about the program. */
  args(...more: string[]): string[] {
    return ["--cwd", this.folder, ...more];
  }

  /** What was written and printed. */
  get texts(): string[] {
    const written = readdirSync(this.folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      /\.(ts|pem|json|yaml)$/.test(path),
    );
    return [this.printed, ...written.map((path) => readFileSync(join(this.folder, path), "utf8"))];
  }

  /** Has the stack take over everything, and nothing else: there is nothing to do then, and nothing is let go of. */
  async expectAdoption(): Promise<void> {
    const { workspace } = this;
    const { steps } = await workspace.up({ args: this.args() });
    expect(steps.filter(({ op, failed }) => op !== "create" || failed)).toEqual([]);
    expect((await workspace.up({ args: this.args("--expect-no-changes") })).steps).toEqual([]);
    const drift = await workspace.preview({ args: this.args("--refresh", "--expect-no-changes") });
    expect(drift.steps).toEqual([]);
    const refused = await workspace.destroy({ args: this.args(), expectFailure: true });
    expect(refused.stdout).toContain("because it is protected");
  }

  /** Ids of the resources in state, in order, by the class of their type. */
  async ids(): Promise<(resourceClass: string) => string[]> {
    const { stdout } = await this.workspace.run(["stack", "export", ...this.args()]);
    const resources: { type: string; id?: string }[] = JSON.parse(stdout).deployment.resources;
    return (resourceClass) =>
      resources
        .filter(({ type }) => type.endsWith(`:${resourceClass}`))
        .flatMap(({ id }) => id ?? [])
        .sort();
  }

  remove(): void {
    this.workspace.remove();
  }

  private async configure(secret: string): Promise<void> {
    const { workspace } = this;
    await workspace.run(["stack", "init", workspace.stack, ...this.args()]);
    for (const [, command = ""] of this.printed.matchAll(/^ {2}pulumi (config set .*)$/gm)) {
      const [line = "", file] = command.split(" < ");
      const value = line.includes(" --secret ") ? ["--", secret] : [];
      const input = file && readFileSync(join(this.folder, file), "utf8");
      await workspace.run([...this.args(), ...line.split(" "), ...value], { input });
    }
  }
}
