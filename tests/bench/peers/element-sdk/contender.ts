import { join } from "node:path";
import { projectRoot } from "../../../../tools/engine/paths";
import { pythonInterpreter } from "../../../interop/python";
import type { Contender, FleetAddress } from "../../contender";
import { runTool } from "../tool";

const SCRIPT = join(projectRoot, "tests", "bench", "peers", "element-sdk", "set_up_fleet.py");

/** A script with the vendor's Python SDK. */
export class ElementSdkPeer implements Contender {
  readonly name = "vendor's Python SDK";
  private python = "";
  private fleet = "";

  async prepare(fleet: FleetAddress): Promise<void> {
    this.python = await pythonInterpreter();
    this.fleet = JSON.stringify(fleet);
  }

  /** `-W ignore`: the SDK imports what Python warns of; `-B`: nothing is to be left in the checkout. */
  async up(): Promise<void> {
    await runTool({ executable: this.python, args: ["-B", "-W", "ignore", SCRIPT], input: this.fleet });
  }

  remove(): void {}
}
