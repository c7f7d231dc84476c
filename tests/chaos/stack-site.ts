import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tokenIn } from "../../provider/adapters/pulumi/resource-type";
import type { ClusterSimulatorOptions } from "../../simulator";
import type { Workspace } from "../engine/harness";
import { kill, processesIn } from "../engine/harness/processes";
import { Installation, replaceFolder } from "./installation";

/** An installation and one stack, in folders that are put back to a start state. */
export class StackSite<State extends string> extends Installation {
  constructor(
    readonly workspace: Workspace,
    options?: Partial<ClusterSimulatorOptions>,
  ) {
    super(mkdtempSync(join(tmpdir(), "ekm-site-")), options);
  }

  /** Puts the installation into service for the first time, with a program that knows its key server. */
  override async start(): Promise<void> {
    await super.start();
    const { east, authority } = this;
    this.workspace.write("lab.json", { keyManager: east.settings, authority });
  }

  /** Changes what the program declares. */
  declare(settings: object): void {
    this.workspace.write("road.json", settings);
  }

  /** A run that is to be cut off sends a call. */
  sent(_method: string): void {}

  override async keep(state: State): Promise<void> {
    await super.keep(state);
    replaceFolder(this.workspace.folder, this.keptWorkspace(state));
  }

  override async restore(state: State): Promise<void> {
    for (const pid of processesIn(this.workspace.folder)) kill(pid);
    replaceFolder(this.keptWorkspace(state), this.workspace.folder);
    await super.restore(state);
  }

  async close(): Promise<void> {
    await this.stop();
    this.workspace.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  protected keptWorkspace(state: State): string {
    return join(this.folder, state, "workspace");
  }
}

/** A site whose runs are finished in any way, and what is left is compared. */
export abstract class FinishableSite<State extends string> extends StackSite<State> {
  /** What is left, by places: whatever ids and names it has, and however often there was a rekey. */
  abstract outcome(): Promise<object>;

  /** Whether state has anything of what runs make in systems. */
  holdsAnything(): boolean {
    return this.workspace.storedState().resources.some(({ type }) => /^(?!pki:)./.test(tokenIn(type) ?? ""));
  }

  protected resourcesInState(): string[] {
    return this.workspace
      .storedState()
      .resources.map(({ urn }) => urn)
      .sort();
  }
}
