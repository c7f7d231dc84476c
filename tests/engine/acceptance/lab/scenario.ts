import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterSimulator, type ClusterSimulatorOptions } from "../../../../simulator";
import type { Workspace, WorkspaceOptions } from "../../harness";
import type { KeyManager } from "./key-manager";
import { roadWorkspace } from "./road-workspace";

/** Seconds of a rekey that nobody means to interrupt. */
export const QUICK_REKEY_SECONDS = 0.3;

export type RoadResource =
  | "pair"
  | "request"
  | "certificate"
  | "server"
  | "provider"
  | "attachment"
  | "key"
  | "encryption"
  | "recovery";

/** How a program differs from the plain road of `road.js`. */
export interface Road {
  /** Logical names; each resource's own kind otherwise. */
  names?: Partial<Record<RoadResource, string>>;
  options?: Partial<Record<RoadResource, object>>;
  args?: Partial<Record<RoadResource, object>>;
  /** The master key stays with internal keys. */
  internal?: boolean;
  /** Hardware encryption, with internal keys or the road's provider. */
  encryption?: "internal" | "external";
  /** Arguments of a recovery of drives. */
  recovery?: object;
  /** Resources that the program does not declare. */
  without?: RoadResource[];
}

/** What a program of a test's own takes from `road.json`. */
type Settings = Record<string, unknown>;

export interface ScenarioOptions extends Pick<WorkspaceOptions, "stack" | "residentProgram"> {
  keyManager: KeyManager;
  cluster?: Partial<ClusterSimulatorOptions>;
  /** Source of the program. Default: the road. */
  program?: string;
  /** What the program finds in `lab.json` besides `keyManager` and `authority`. */
  lab?: object;
}

/** A fresh cluster with internal keys, and a stack with a program for it. */
export class Scenario {
  private constructor(
    public cluster: ClusterSimulator,
    readonly workspace: Workspace,
    private readonly folder: string,
  ) {}

  static async start({ keyManager, cluster: given, lab, ...options }: ScenarioOptions): Promise<Scenario> {
    const folder = mkdtempSync(join(tmpdir(), "ekm-scenario-"));
    const stateDir = join(folder, "cluster");
    const cluster = await ClusterSimulator.start({ stateDir, rekeySeconds: QUICK_REKEY_SECONDS, ...given });
    const workspace = await roadWorkspace({
      env: { EKM_CLUSTERS: JSON.stringify({ default: connectionTo(cluster) }) },
      ...options,
    });
    const scenario = new Scenario(cluster, workspace, folder);
    workspace.write("lab.json", { keyManager: keyManager.settings, authority: keyManager.authority, ...lab });
    scenario.declare({});
    return scenario;
  }

  /** Changes what the program declares. */
  declare(road: Road | Settings): void {
    this.workspace.write("road.json", road);
  }

  /** Another stack of the same program on the same cluster. */
  async neighbour(stack: string): Promise<Workspace> {
    const workspace = await roadWorkspace({
      program: { file: join(this.workspace.folder, "index.js") },
      env: { EKM_CLUSTERS: JSON.stringify({ default: connectionTo(this.cluster) }) },
      stack,
    });
    for (const file of ["lab.json", "road.json"]) workspace.addFile(join(this.workspace.folder, file));
    return workspace;
  }

  /** Another box takes over the address. Gives the environment of one who has accepted its certificate. */
  async replaceCluster(): Promise<NodeJS.ProcessEnv> {
    const { endpoint, username, password } = this.cluster;
    await this.cluster.close();
    this.cluster = await ClusterSimulator.start({
      stateDir: join(this.folder, "another-cluster"),
      port: Number(new URL(endpoint).port),
      username,
      password,
    });
    return { EKM_CLUSTERS: JSON.stringify({ default: connectionTo(this.cluster) }) };
  }

  async end(): Promise<void> {
    this.workspace.remove();
    await this.cluster.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** How a provider reaches a cluster. */
export const connectionTo = ({ endpoint, username, password, fingerprint256 }: ClusterSimulator) => ({
  endpoint,
  username,
  password,
  fingerprint256,
});
