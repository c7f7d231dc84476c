import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterSimulator } from "../../simulator";
import type { BeforeAnswer } from "../../simulator/element/management-endpoint";
import { projectRoot } from "../../tools/engine/paths";
import { Workspace } from "../engine/harness";
import { kill, processesIn } from "../engine/harness/processes";
import { makeAuthority } from "../fixtures/certificates";
import { KeyServer } from "./key-server";
import { ENCRYPTED, road } from "./operations";

const LAB = join(projectRoot, "tests/engine/acceptance/lab");

export const STATES = ["bare", "external", "encrypted", "aged", "adoptable"] as const;
/**
 * `bare`: internal keys and an empty stack. `external`: the road was walked. `encrypted`: and hardware encryption uses its
 * provider. `aged`: the road was walked and the client certificate nears its end. `adoptable`: the road was walked by a
 * stack that is lost.
 */
export type StartState = (typeof STATES)[number];

const QUICK_SECONDS = 0.1;
const YEAR_MS = 365 * 86_400_000;
/** Days from the issue of a certificate that nears its end now. */
const AGE_DAYS = 340;

/** One cluster, two key servers and one stack, in folders that are put back to a start state before each cell. */
export class Site {
  readonly east: KeyServer;
  readonly west: KeyServer;
  private simulator?: ClusterSimulator;
  private port = 0;
  private restarting = Promise.resolve();
  /** Called when the cluster has acted on a call. */
  beforeAnswer: BeforeAnswer = () => {};

  private constructor(
    private readonly folder: string,
    readonly workspace: Workspace,
    private readonly authority = makeAuthority({
      notBefore: new Date(Date.now() - 2 * YEAR_MS),
      notAfter: new Date(Date.now() + 30 * YEAR_MS),
    }),
  ) {
    this.east = new KeyServer(join(folder, "now/east"), this.authority);
    this.west = new KeyServer(join(folder, "now/west"), this.authority);
  }

  /** Makes a site and its start states. */
  static async open(): Promise<Site> {
    const site = new Site(
      mkdtempSync(join(tmpdir(), "ekm-chaos-")),
      await Workspace.create({ program: 'require("./road.js");', residentProgram: true }),
    );
    site.workspace.addFile(join(LAB, "road.js"));
    await site.start();
    const { east, authority } = site;
    site.write("lab.json", { keyManager: east.settings, authority });
    site.declare(road());
    await site.keep("bare", ["now", "workspace"]);
    await site.workspace.up({ env: site.environment() });
    await site.keep("external", ["now", "workspace"]);
    await site.keep("adoptable", ["now"]);
    cpSync(site.kept("bare", "workspace"), site.kept("adoptable", "workspace"), { recursive: true });
    site.declare(road({ encryption: { onDelete: "disable" } }, ENCRYPTED));
    await site.workspace.up({ env: site.environment() });
    await site.keep("encrypted", ["now", "workspace"]);
    await site.restore("bare");
    await site.workspace.up({
      env: {
        ...site.environment(),
        NODE_OPTIONS: `--require=${join(LAB, "moved-clock.js")}`,
        CLOCK_OFFSET_MS: String(-AGE_DAYS * 86_400_000),
      },
    });
    await site.keep("aged", ["now", "workspace"]);
    return site;
  }

  get cluster(): ClusterSimulator {
    if (this.simulator === undefined) throw new Error("the site is not in service");
    return this.simulator;
  }

  /** How a run reaches the cluster. */
  environment(): NodeJS.ProcessEnv {
    const { username, password, fingerprint256 } = this.cluster;
    const endpoint = `https://127.0.0.1:${this.port}`;
    return { EKM_CLUSTERS: JSON.stringify({ default: { endpoint, username, password, fingerprint256 } }) };
  }

  /** Changes what the program declares. */
  declare(settings: object): void {
    this.write("road.json", settings);
  }

  /** Takes the cluster out of service; it comes back by itself after a moment, as a node that reboots. */
  async restartCluster(): Promise<void> {
    await this.cluster.close();
    this.restarting = new Promise((resolve, reject) => {
      setTimeout(() => this.startCluster().then(resolve, reject), DOWN_MS);
    });
  }

  /** Resolves when a cluster that restarts is back. */
  inService(): Promise<void> {
    return this.restarting;
  }

  async restore(state: StartState): Promise<void> {
    await this.stop();
    for (const pid of processesIn(this.workspace.folder)) kill(pid);
    this.copy(this.kept(state, "now"), join(this.folder, "now"));
    this.copy(this.kept(state, "workspace"), this.workspace.folder);
    await this.start();
  }

  async close(): Promise<void> {
    await this.stop();
    this.workspace.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async keep(state: StartState, parts: ("now" | "workspace")[]): Promise<void> {
    await this.stop();
    for (const part of parts) {
      this.copy(part === "now" ? join(this.folder, "now") : this.workspace.folder, this.kept(state, part));
    }
    await this.start();
  }

  private kept = (state: StartState, part: "now" | "workspace"): string => join(this.folder, state, part);

  private copy(from: string, to: string): void {
    rmSync(to, { recursive: true, force: true, maxRetries: 3 });
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }

  private async start(): Promise<void> {
    await Promise.all([this.startCluster(), this.east.start(), this.west.start()]);
  }

  private async startCluster(): Promise<void> {
    this.simulator = await ClusterSimulator.start({
      stateDir: join(this.folder, "now/cluster"),
      port: this.port,
      switches: {
        rekeySeconds: this.simulator?.switches.rekeySeconds ?? QUICK_SECONDS,
        hardwareEncryptionSeconds: this.simulator?.switches.hardwareEncryptionSeconds ?? QUICK_SECONDS,
      },
      beforeAnswer: (method) => this.beforeAnswer(method),
    });
    this.port = Number(new URL(this.simulator.endpoint).port);
  }

  private async stop(): Promise<void> {
    await this.inService();
    await Promise.all([this.simulator?.close(), this.east.stop(), this.west.stop()]);
  }

  private write(file: string, content: object): void {
    writeFileSync(join(this.workspace.folder, file), JSON.stringify(content));
  }
}

/** As long as a node that reboots in a hurry; the provider's repeated reads outlast it. */
const DOWN_MS = 700;
