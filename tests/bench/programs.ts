import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../tools/engine/paths";
import { Workspace } from "../engine/harness";
import { compileProgram } from "./compile";
import type { ExportedResource, Graph } from "./graph";
import type { Site } from "./site";

/** One name for both sides, so that their URNs are equally long. */
const PROJECT = "pulumi-ekm-quickstart";
const SOURCES = join(projectRoot, "tests", "bench");

/** A program in a stack that can be emptied without a destroy. */
export class BenchProgram {
  private constructor(readonly workspace: Workspace) {}

  /** The quickstart's program. */
  static async quickstart(site: Site): Promise<BenchProgram> {
    const bench = await BenchProgram.inStack(site);
    const program = compileProgram(join(projectRoot, "examples", "quickstart", "index.ts"));
    writeFileSync(join(bench.workspace.folder, "quickstart.js"), program);
    bench.workspace.setProgram({ file: join(bench.workspace.folder, "quickstart.js") });
    return bench;
  }

  /** A program that declares `graph` with a provider that only waits. */
  static async noop(site: Site, graph: Graph): Promise<BenchProgram> {
    const bench = await BenchProgram.inStack(site);
    const { workspace } = bench;
    writeFileSync(join(workspace.folder, "graph.json"), JSON.stringify(graph));
    workspace.addFile(join(SOURCES, "noop", "provider.js"));
    workspace.setProgram({ file: join(SOURCES, "noop", "program.js") });
    return bench;
  }

  /** Configured alike on both sides, because the configuration becomes part of the state. */
  private static async inStack(site: Site): Promise<BenchProgram> {
    const bench = new BenchProgram(await Workspace.create({ project: PROJECT }));
    const { plain, secret } = site.config();
    const flags = (flag: string, values: Record<string, string>) =>
      Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`]);
    await bench.workspace.run(["config", "set-all", ...flags("--plaintext", plain), ...flags("--secret", secret)]);
    await bench.workspace.run(["stack", "export", "--file", bench.emptyState]);
    return bench;
  }

  /** Makes every `up` that names another rotation rekey the master key. */
  rotateOnRequest(): void {
    this.workspace.setProgram({ file: join(SOURCES, "rotation.js") });
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

  private get emptyState(): string {
    return join(this.workspace.folder, ".pulumi", "empty.json");
  }
}
