import { join } from "node:path";
import { projectRoot } from "../../../../tools/engine/paths";
import { Workspace, type WorkspaceOptions } from "../../harness";

/** Among the sources, which compiled tests leave where they are. */
const ROAD = join(projectRoot, "tests/engine/acceptance/lab/road.js");

/** A stack with the program of the road, or with one that may require it; its `lab.json` and `road.json` are still to be written. */
export async function roadWorkspace({
  program = 'require("./road.js");',
  residentProgram = true,
  ...options
}: WorkspaceOptions = {}): Promise<Workspace> {
  const workspace = await Workspace.create({ program, residentProgram, ...options });
  workspace.addFile(ROAD);
  return workspace;
}
