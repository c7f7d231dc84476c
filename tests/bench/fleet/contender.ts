import { pathWithPlugin } from "../../engine/native/plugin-path";
import { type Contender, type FleetAddress, UNSAVED } from "../contender";
import { FleetStack } from "./fleet-stack";

interface Kind {
  /** Who serves the resources. */
  by: "dynamic provider" | "plugin";
  /** State is saved when a run ends, and not after each step. */
  isUnsaved?: boolean;
}

/** This package, as its example for many clusters uses it. */
export class EkmContender implements Contender {
  readonly name: string;
  private fleet?: FleetStack;

  constructor(private readonly kind: Kind) {
    this.name = `pulumi-ekm, ${kind.by}${kind.isUnsaved ? ", saved at the end" : ""}`;
  }

  async prepare(address: FleetAddress): Promise<void> {
    this.fleet = await FleetStack.create(address.clusters.length);
    await this.fleet.take(address);
  }

  async up(): Promise<void> {
    const { by, isUnsaved } = this.kind;
    const { folder } = this.made.stack.workspace;
    const plugin = by === "plugin" ? { SERVED_BY: by, PATH: pathWithPlugin(folder) } : {};
    await this.made.run("up", { ...plugin, ...(isUnsaved ? UNSAVED : {}) });
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
