import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ClusterSimulator, type ClusterSimulatorOptions, type Switches } from "../../simulator";
import type { BeforeAnswer } from "../../simulator/chassis/exchange";
import { type Authority, makeAuthority } from "../kit/certificates";
import { lastingPort } from "../kit/lasting-port";
import { KeyServer } from "./key-server";

const QUICK: Partial<Switches> = { rekeySeconds: 0.1, hardwareEncryptionSeconds: 0.1 };
const YEAR_MS = 365 * 86_400_000;

/** One cluster and two key servers over a folder; each comes back to the address that it had. */
export class Installation {
  readonly east: KeyServer;
  readonly west: KeyServer;
  private simulator?: ClusterSimulator;
  private port = 0;
  private restarting = Promise.resolve();
  /** Called when what is called has acted. */
  beforeAnswer: BeforeAnswer = () => {};

  constructor(
    protected readonly folder: string,
    private readonly options: Partial<ClusterSimulatorOptions> = {},
    readonly authority: Authority = makeAuthority({
      notBefore: new Date(Date.now() - 2 * YEAR_MS),
      notAfter: new Date(Date.now() + 30 * YEAR_MS),
    }),
  ) {
    this.east = new KeyServer(join(folder, "now/east"), this.authority, options.now);
    this.west = new KeyServer(join(folder, "now/west"), this.authority, options.now);
  }

  get cluster(): ClusterSimulator {
    if (this.simulator === undefined) throw new Error("the installation is not in service");
    return this.simulator;
  }

  /** How a run reaches the cluster. */
  environment(): NodeJS.ProcessEnv {
    const { username, password, fingerprint256 } = this.cluster;
    const endpoint = `https://127.0.0.1:${this.port}`;
    return { EKM_CLUSTERS: JSON.stringify({ default: { endpoint, username, password, fingerprint256 } }) };
  }

  /** Takes what is called out of service; it comes back by itself after a moment, as a node that reboots. */
  async restart(downMilliseconds = DOWN_MS): Promise<void> {
    const returnToService = await this.leaveService();
    this.restarting = new Promise((resolve, reject) => {
      setTimeout(() => returnToService().then(resolve, reject), downMilliseconds);
    });
  }

  /** Every open connection to what is called. */
  breakConnections(): void {
    this.cluster.breakConnections();
  }

  /** Resolves when what restarts is back. */
  inService(): Promise<void> {
    return this.restarting;
  }

  async start(): Promise<void> {
    await Promise.all([this.startCluster(), this.east.start(), this.west.start()]);
  }

  async stop(): Promise<void> {
    await this.inService();
    await Promise.all([this.simulator?.close(), this.east.stop(), this.west.stop()]);
  }

  /** Keeps the present as a start state. */
  async keep(state: string): Promise<void> {
    await this.stop();
    replaceFolder(join(this.folder, "now"), this.kept(state));
    await this.start();
  }

  /** Puts everything back to a start state. */
  async restore(state: string): Promise<void> {
    await this.stop();
    replaceFolder(this.kept(state), join(this.folder, "now"));
    await this.start();
  }

  /** Gives how it comes back as it was. */
  protected async leaveService(): Promise<() => Promise<void>> {
    const { switches } = this.cluster;
    await this.cluster.close();
    return () => this.startCluster({ switches });
  }

  protected kept(state: string): string {
    return join(this.folder, state, "now");
  }

  protected async acted(method: string): Promise<void> {
    await this.beforeAnswer(method);
  }

  protected async startCluster(more: Partial<ClusterSimulatorOptions> = {}): Promise<void> {
    this.port ||= await lastingPort();
    this.simulator = await ClusterSimulator.start({
      ...this.options,
      ...more,
      stateDir: join(this.folder, "now/cluster"),
      port: this.port,
      switches: { ...QUICK, ...this.options.switches, ...more.switches },
      beforeAnswer: (method) => this.acted(method),
    });
  }
}

export function replaceFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true, maxRetries: 3 });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

/** As long as a node that reboots in a hurry; the provider's repeated reads outlast it. */
const DOWN_MS = 700;
