import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";
import type { CommandResult, RunningUp } from "../../engine/harness";
import type { FleetAddress } from "../contender";
import { BenchStack, type Command } from "../stack";

const PROGRAM = join(projectRoot, "tests", "bench", "fleet", "program.js");

/** A stack with this package's own program for a fleet. */
export class FleetStack {
  /** How a provider process reaches the fleet. */
  env: NodeJS.ProcessEnv = {};

  private constructor(readonly stack: BenchStack) {}

  static async create(clusters: number): Promise<FleetStack> {
    const fleet = new FleetStack(await BenchStack.create(clusters));
    fleet.stack.workspace.setProgram({ file: PROGRAM });
    return fleet;
  }

  /** Makes the program declare this fleet, from nothing. */
  async take({ clusters, keyServer, authority }: FleetAddress): Promise<void> {
    const names = clusters.map(({ name }) => name);
    this.stack.workspace.write("fleet.json", { clusters: names, keyServer, authority });
    const connections = clusters.map(({ name, endpoint, username, password, fingerprint256 }) => [
      name,
      { endpoint, username, password, fingerprint256 },
    ]);
    this.env = { EKM_CLUSTERS: JSON.stringify(Object.fromEntries(connections)) };
    await this.stack.empty();
  }

  run(command: Command, env: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    return this.stack.run(command, { ...this.env, ...env });
  }

  /** An `up` that is watched. */
  spawnUp(env: NodeJS.ProcessEnv): RunningUp {
    return this.stack.workspace.spawnUp({ env: { ...this.env, ...env } });
  }
}
