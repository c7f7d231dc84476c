import type { Contender, FleetAddress } from "../contender";
import { FleetStack } from "./fleet-stack";

/** This package, as its example for many clusters uses it. */
export class EkmContender implements Contender {
  readonly name = "pulumi-ekm";
  private fleet?: FleetStack;

  async prepare(address: FleetAddress): Promise<void> {
    this.fleet = await FleetStack.create(address.clusters.length);
    await this.fleet.take(address);
  }

  async up(): Promise<void> {
    await this.made.run("up");
  }

  get stateFile(): string {
    return this.made.stack.workspace.stateFile;
  }

  remove(): void {
    this.fleet?.stack.remove();
  }

  private get made(): FleetStack {
    if (this.fleet === undefined) throw new Error("prepare() comes first");
    return this.fleet;
  }
}
