import { performance } from "node:perf_hooks";
import type { ClusterSimulator } from "../../simulator";
import { assertSameGraph, type Graph, graphOf } from "./graph";
import { measureNotice, type Notice } from "./notice";
import { BenchProgram } from "./programs";
import type { Site } from "./site";
import { type ResourceSize, sizesOf } from "./state-size";
import { countTraffic, type Traffic } from "./traffic";

/** Rekeys of the measurement of notice: unevenly spread, so that they do not end in step with the provider's looks. */
const REKEYS_SECONDS = [0.5, 0.9, 1.4, 2.2, 3.3, 5.0];

/** What one walk through the quickstart's commands shows. */
export interface Walk {
  traffic: Record<string, Traffic>;
  /** What `up` left in state, as the no-op program needs it. */
  graph: Graph;
  state: ResourceSize[];
  notices: Notice[];
}

/** Seconds of `pulumi up`, from a cluster with internal keys, and of the same graph of no-ops. */
export interface Round {
  quickstart: number;
  noop: number;
}

/** Drives the quickstart's program and its no-op double. */
export class Bench {
  private constructor(
    private readonly site: Site,
    private readonly quickstart: BenchProgram,
    private readonly rekeySeconds: number,
  ) {}

  /** @param rekeySeconds what a rekey takes wherever nothing else is said */
  static async open(site: Site, rekeySeconds: number): Promise<Bench> {
    return new Bench(site, await BenchProgram.quickstart(site), rekeySeconds);
  }

  /** Every command once, and rotations of several lengths in between. */
  async walk(): Promise<Walk> {
    const cluster = await this.site.replaceCluster(this.rekeySeconds);
    const { workspace } = this.quickstart;
    const options = { env: this.site.environment() };
    const up = await countTraffic(cluster, () => workspace.up(options));
    const graph = await this.recordGraph();
    const state = sizesOf(await this.quickstart.resources());
    const noChange = await countTraffic(cluster, () => workspace.up(options));
    const preview = await countTraffic(cluster, () => workspace.preview(options));
    const refresh = await countTraffic(cluster, () => workspace.refresh(options));
    const notices = await this.rotate(cluster);
    cluster.switches.rekeySeconds = this.rekeySeconds;
    const destroy = await countTraffic(cluster, () => workspace.destroy(options));
    return { traffic: { up, "up, no change": noChange, preview, refresh, destroy }, graph, state, notices };
  }

  /** Both sides, one after the other, alternately first. The walk has warmed one of them, an untimed run the other. */
  async rounds(graph: Graph, count: number): Promise<Round[]> {
    const noop = await BenchProgram.noop(this.site, graph);
    try {
      await noop.workspace.up();
      assertSameGraph(graphOf(await noop.resources({ showSecrets: true }), this.waitSeconds), graph);
      const rounds: Round[] = [];
      for (let round = 0; round < count; round += 1) {
        rounds.push(await this.round(noop, round % 2 === 0 ? ["quickstart", "noop"] : ["noop", "quickstart"]));
      }
      return rounds;
    } finally {
      noop.workspace.remove();
    }
  }

  close(): void {
    this.quickstart.workspace.remove();
  }

  private readonly waitSeconds = (type: string): number => (type.endsWith("element:MasterKey") ? this.rekeySeconds : 0);

  private async recordGraph(): Promise<Graph> {
    return graphOf(await this.quickstart.resources({ showSecrets: true }), this.waitSeconds);
  }

  private async rotate(cluster: ClusterSimulator): Promise<Notice[]> {
    this.quickstart.rotateOnRequest();
    const notices: Notice[] = [];
    for (const seconds of REKEYS_SECONDS) {
      notices.push(await measureNotice(this.quickstart.workspace, cluster, seconds, this.site.environment()));
    }
    return notices;
  }

  private async round(noop: BenchProgram, order: readonly (keyof Round)[]): Promise<Round> {
    const round: Round = { quickstart: 0, noop: 0 };
    for (const side of order) {
      round[side] = side === "noop" ? await this.timeNoop(noop) : await this.timeQuickstart();
    }
    return round;
  }

  private async timeQuickstart(): Promise<number> {
    await this.quickstart.empty();
    await this.site.replaceCluster(this.rekeySeconds);
    return secondsOf(() => this.quickstart.workspace.up({ env: this.site.environment() }));
  }

  private async timeNoop(noop: BenchProgram): Promise<number> {
    await noop.empty();
    return secondsOf(() => noop.workspace.up());
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
