import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";
import { assertSameGraph, type Graph, graphOf } from "../graph";
import { BenchStack } from "../stack";

const SOURCES = join(projectRoot, "tests", "bench", "noop");

/** A stack that declares a graph with a provider that only waits. */
export async function createNoopStack(graph: Graph, clusters: number): Promise<BenchStack> {
  const stack = await BenchStack.create(clusters);
  const { workspace } = stack;
  writeFileSync(join(workspace.folder, "graph.json"), JSON.stringify(graph));
  workspace.addFile(join(SOURCES, "provider.js"));
  workspace.setProgram({ file: join(SOURCES, "program.js") });
  await stack.run("up");
  assertSameGraph(graphOf(await stack.resources({ showSecrets: true }), graph.times), graph);
  return stack;
}
