import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";
import { assertSameGraph, type Graph, graphOf } from "../graph";
import { BenchStack } from "../stack";

const SOURCES = join(projectRoot, "tests", "bench", "noop");

/** A stack that declares a graph with a provider that only waits. */
export class NoopStack {
  private constructor(
    readonly stack: BenchStack,
    private readonly graph: Graph,
  ) {}

  static async create(graph: Graph, clusters: number): Promise<NoopStack> {
    const stack = await BenchStack.create(clusters);
    const { workspace } = stack;
    workspace.write("graph.json", graph);
    workspace.addFile(join(SOURCES, "provider.js"));
    workspace.setProgram({ file: join(SOURCES, "program.js") });
    return new NoopStack(stack, graph);
  }

  /** Fails when `up` has left anything else than what the graph was taken from. */
  async assertSame(): Promise<void> {
    assertSameGraph(graphOf(await this.stack.resources({ showSecrets: true }), this.graph.times), this.graph);
  }
}
