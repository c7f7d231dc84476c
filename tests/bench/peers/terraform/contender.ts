import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../../../tools/engine/paths";
import type { ClusterAddress, Contender, FleetAddress } from "../../contender";
import { runTool } from "../tool";

const PROJECT = join(projectRoot, "tests", "bench", "peers", "terraform", "project");

/** For what holds a password or a private key. */
const OWNER_ONLY = { mode: 0o600 };

/** Terraform without a provider for Element, of which none has external keys: resources that run scripts with curl. */
export class TerraformPeer implements Contender {
  readonly name = "Terraform, local-exec";
  private folder = "";
  private clusters = 0;

  async prepare(fleet: FleetAddress): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), "ekm-terraform-"));
    this.clusters = fleet.clusters.length;
    cpSync(PROJECT, this.folder, { recursive: true });
    this.writeVariables(fleet);
    await this.run("init");
  }

  async up(): Promise<void> {
    await this.run("apply", "-auto-approve", `-parallelism=${this.parallelism}`);
  }

  /** Without the files that the steps leave for one another, which Terraform knows nothing of. */
  get stateFile(): string {
    return join(this.folder, "terraform.tfstate");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Two for each cluster, whose key provider is made beside its key pair; Terraform's default at least. */
  private get parallelism(): number {
    return Math.max(10, 2 * this.clusters);
  }

  private writeVariables({ clusters, keyServer, authority }: FleetAddress): void {
    writeFileSync(join(this.folder, "authority.pem"), authority.certificate);
    writeFileSync(join(this.folder, "authority.key"), authority.privateKey, OWNER_ONLY);
    for (const { name, certificate } of clusters) {
      mkdirSync(join(this.folder, "clusters", name), { recursive: true });
      writeFileSync(join(this.folder, "clusters", name, "cluster.pem"), certificate);
    }
    const byName = <Value>(value: (cluster: ClusterAddress) => Value) =>
      Object.fromEntries(clusters.map((cluster) => [cluster.name, value(cluster)]));
    const variables = {
      clusters: byName(({ endpoint, username }) => ({ endpoint, username })),
      passwords: byName(({ password }) => password),
      key_server: keyServer,
    };
    writeFileSync(join(this.folder, "terraform.tfvars.json"), JSON.stringify(variables), OWNER_ONLY);
  }

  private run(command: "init" | "apply", ...args: string[]): Promise<void> {
    return runTool({
      executable: "terraform",
      args: [command, "-input=false", "-no-color", ...args],
      cwd: this.folder,
      // Without a look for a newer release.
      env: { ...process.env, CHECKPOINT_DISABLE: "true", TF_IN_AUTOMATION: "true" },
    });
  }
}
