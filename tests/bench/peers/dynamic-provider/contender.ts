import { readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { projectRoot } from "../../../../tools/engine/paths";
import { Workspace } from "../../../engine/harness";
import { compileProgram } from "../../compile";
import { type Contender, type FleetAddress, UNSAVED } from "../../contender";

const PROGRAM = join(projectRoot, "tests", "bench", "peers", "dynamic-provider", "program");
const TIMEOUT_SECONDS = 15 * 60;

/**
 * A Pulumi program with dynamic providers of its own, written as Pulumi's documentation shows them, at their best: each
 * class of resources shares one provider, which is serialised once, the client keeps its connections, and there is no
 * `check`, `diff`, `read` or `update`, which would only make state bigger.
 */
export class DynamicProviderPeer implements Contender {
  readonly name: string;
  private workspace?: Workspace;
  private clusters = 0;

  /** @param isUnsaved state is saved when a run ends, and not after each step */
  constructor(private readonly isUnsaved: boolean) {
    this.name = `Pulumi, usual dynamic provider${isUnsaved ? ", saved at the end" : ""}`;
  }

  async prepare(fleet: FleetAddress): Promise<void> {
    this.clusters = fleet.clusters.length;
    this.workspace = await Workspace.create({ project: "fleet", quickStart: false });
    for (const file of readdirSync(PROGRAM)) {
      const compiled = join(this.workspace.folder, `${basename(file, ".ts")}.js`);
      writeFileSync(compiled, compileProgram(join(PROGRAM, file)));
    }
    await configure(this.workspace, fleet);
  }

  async up(): Promise<void> {
    await this.made.up({
      args: ["--parallel", String(this.parallelism)],
      timeoutSeconds: TIMEOUT_SECONDS,
      env: this.isUnsaved ? UNSAVED : {},
    });
  }

  get stateFile(): string {
    return this.made.stateFile;
  }

  remove(): void {
    this.workspace?.remove();
  }

  /** Two for each cluster, whose key provider is made beside its key pair; on few clusters no less than for eight. */
  private get parallelism(): number {
    return Math.max(16, 2 * this.clusters);
  }

  private get made(): Workspace {
    if (this.workspace === undefined) {
      throw new Error("prepare() comes first");
    }
    return this.workspace;
  }
}

async function configure(workspace: Workspace, { clusters, keyServer, authority }: FleetAddress): Promise<void> {
  const open = clusters.map(({ name, endpoint, username, certificate }) => ({ name, endpoint, username, certificate }));
  const passwords = Object.fromEntries(clusters.map(({ name, password }) => [name, password]));
  workspace.write("clusters.json", open);
  await workspace.setConfig("passwords", JSON.stringify(passwords), { secret: true });
  await workspace.setConfig("keyServer", JSON.stringify(keyServer));
  await workspace.setConfig("authorityCertificate", authority.certificate);
  await workspace.setConfig("authorityPrivateKey", authority.privateKey, { secret: true });
}
