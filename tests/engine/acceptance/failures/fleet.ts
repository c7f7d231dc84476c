import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Method, Params } from "../../../../provider/systems/element/api/types";
import { ClusterSimulator } from "../../../../simulator";
import { postJson } from "../../../kit/post-json";
import { type StateResource, Workspace } from "../../harness";
import { connectionTo, type KeyManager, QUICK_REKEY_SECONDS } from "../lab";

/** In no output may any of it be seen. */
export const PASSWORD = "canary-3f8e21";

/** Rekeys are quick, and a fault that is over is listed no longer. */
export const USUAL_SWITCHES = { rekeySeconds: QUICK_REKEY_SECONDS, faultCacheSeconds: 0 };

/** One cluster of a fleet, its key server, and what may happen to it in the middle of a call. */
export class Member {
  /** Called when the cluster has acted on a call. */
  beforeAnswer: (method: string) => void | Promise<void> = () => {};
  private simulator?: ClusterSimulator;

  constructor(
    readonly name: string,
    readonly keyManager: KeyManager,
    private readonly stateDir: string,
  ) {}

  get cluster(): ClusterSimulator {
    if (this.simulator === undefined) throw new Error(`${this.name} is not in service`);
    return this.simulator;
  }

  async start(port?: number): Promise<void> {
    this.simulator = await ClusterSimulator.start({
      stateDir: this.stateDir,
      port,
      password: PASSWORD,
      switches: USUAL_SWITCHES,
      beforeAnswer: (method) => this.beforeAnswer(method),
    });
  }

  /** Calls a method as somebody else would, past the provider. */
  byHand<M extends Method>(method: M, params: Params<M>): Promise<unknown> {
    const { endpoint, username, certificate: ca, switches } = this.cluster;
    const body = { method, params, id: 1 };
    return postJson(`${endpoint}/json-rpc/${switches.apiVersion}`, { body, ca, auth: `${username}:${PASSWORD}` });
  }

  /** Takes the cluster out of service and brings it back at the same address. */
  async reboot(): Promise<void> {
    const port = Number(new URL(this.cluster.endpoint).port);
    await this.cluster.close();
    await this.start(port);
  }
}

/** What state holds of one cluster's resources, by their type. */
export type Kept = Record<string, Pick<StateResource, "id" | "inputs" | "outputs">>;

/** Many clusters in one stack, so that what goes wrong on each is seen in one run of the engine. */
export class Fleet {
  private constructor(
    readonly members: Map<string, Member>,
    readonly workspace: Workspace,
    private readonly folder: string,
  ) {}

  /** Starts a cluster for each name, with the key server that it has. */
  static async start(keyManagers: Map<string, KeyManager>): Promise<Fleet> {
    const folder = mkdtempSync(join(tmpdir(), "ekm-fleet-"));
    const members = new Map([...keyManagers].map(([name, own]) => [name, new Member(name, own, join(folder, name))]));
    await Promise.all([...members.values()].map((member) => member.start()));
    const workspace = await Workspace.create({ program: { file: join(__dirname, "program.js") } });
    const fleet = new Fleet(members, workspace, folder);
    const keyServers = Object.fromEntries([...keyManagers].map(([name, { settings }]) => [name, settings]));
    const [authority] = [...keyManagers.values()].map((keyManager) => keyManager.authority);
    workspace.write("lab.json", { keyServers, authority });
    return fleet;
  }

  /** Changes what the program declares. */
  declare(quarter: string, deadlines: Record<string, number>): void {
    this.workspace.write("road.json", { quarter, deadlines });
  }

  /** How the stack reached the clusters when it began. */
  connections(): string {
    return JSON.stringify(
      Object.fromEntries([...this.members].map(([name, { cluster }]) => [name, connectionTo(cluster)])),
    );
  }

  /** What state holds of each cluster's resources, by their type. */
  async state(): Promise<Map<string, Kept>> {
    const { resources } = await this.workspace.exportState(["--show-secrets"]);
    const of = (name: string) =>
      resources
        .filter(({ urn }) => urn.endsWith(`::${name}`))
        .map(({ type, id, inputs, outputs }) => [type.slice(type.lastIndexOf(":") + 1), { id, inputs, outputs }]);
    return new Map([...this.members.keys()].map((name) => [name, Object.fromEntries(of(name))]));
  }

  async end(): Promise<void> {
    this.workspace.remove();
    await Promise.all([...this.members.values()].map(({ cluster }) => cluster.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
