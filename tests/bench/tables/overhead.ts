import { performance } from "node:perf_hooks";
import { timesOf } from "../cluster-time";
import { median, table } from "../figures";
import { FleetStack } from "../fleet/fleet-stack";
import { type Graph, graphOf, type Times } from "../graph";
import type { Traffic } from "../host/messages";
import { Site } from "../host/site";
import { NoopStack } from "../noop/noop-stack";
import { processorSeconds } from "../processor-time";
import { COMMANDS, type Command } from "../stack";

/** Half way between two looks of the provider at the rekey: neither good luck nor bad. */
export const REKEY_SECONDS = 1.25;

/** Seconds of one command. */
export interface Spent {
  wall: number;
  /** Of the engine, the program and the provider. */
  processor: number;
  /** Of the processor as well, by the simulated clusters. */
  clusters: number;
}

type Commands<T> = Record<Command, T>;

/** A fleet of one size: every round of this package's program, and of the same graph of no-ops. */
export interface Overhead {
  clusters: number;
  fleet: Commands<Spent[]>;
  noop: Commands<Spent[]>;
  /** What reached each cluster during one command. */
  traffic: Commands<Traffic[]>;
}

/** What a cluster itself takes, measured where nothing competes for the processors. */
export async function measureTimes(): Promise<Times> {
  const traffic = await measureTraffic(1);
  const [[up], [refresh], [destroy]] = [traffic.up, traffic.refresh, traffic.destroy];
  if (up === undefined || refresh === undefined || destroy === undefined) throw new Error("no cluster was counted");
  return timesOf(up, refresh, destroy, REKEY_SECONDS);
}

/** What reaches each cluster of a fleet during each command. */
export async function measureTraffic(clusters: number): Promise<Commands<Traffic[]>> {
  return (await firstRun(clusters, emptyCommands(), async () => {})).traffic;
}

/** Both sides, one after the other, alternately first. Where there is more than one round, a first run warms each side. */
export async function measureOverhead(clusters: number, rounds: number, times: Times): Promise<Overhead> {
  const sides = { fleet: emptyCommands(), noop: emptyCommands() };
  const isWarmUp = rounds > 1;
  const { traffic } = await firstRun(clusters, isWarmUp ? emptyCommands() : sides.fleet, async (site, fleet, graph) => {
    const noop = await NoopStack.create({ ...graph, times }, clusters);
    try {
      await time(isWarmUp ? emptyCommands() : sides.noop, (command) => noop.stack.run(command), {
        afterwards: async (command) => (command === "up" ? noop.assertSame() : undefined),
      });
      for (let round = 0; isWarmUp && round < rounds; round += 1) {
        const timed = {
          fleet: async () => {
            await site.renew();
            await fleet.take(site.address);
            await time(sides.fleet, (command) => fleet.run(command), { site });
          },
          noop: async () => {
            await noop.stack.empty();
            await time(sides.noop, (command) => noop.stack.run(command));
          },
        };
        for (const side of round % 2 === 0 ? (["fleet", "noop"] as const) : (["noop", "fleet"] as const)) {
          await timed[side]();
        }
      }
    } finally {
      noop.stack.remove();
    }
  });
  return { clusters, ...sides, traffic };
}

/** Every command once, its traffic counted; then `more`, with the graph that `up` has left. */
async function firstRun(
  clusters: number,
  spent: Commands<Spent[]>,
  more: (site: Site, fleet: FleetStack, graph: Graph) => Promise<void>,
): Promise<Pick<Overhead, "traffic">> {
  const site = await Site.open(clusters, REKEY_SECONDS);
  const fleet = await FleetStack.create(clusters);
  try {
    await fleet.take(site.address);
    const traffic = {} as Commands<Traffic[]>;
    let graph: Graph | undefined;
    await time(spent, (command) => fleet.run(command), {
      site,
      async afterwards(command) {
        traffic[command] = await site.traffic();
        if (command === "up") {
          graph = graphOf(await fleet.stack.resources({ showSecrets: true }), {});
          await assertExternal(site);
        }
      },
    });
    if (graph !== undefined) await more(site, fleet, graph);
    return { traffic };
  } finally {
    fleet.stack.remove();
    await site.close();
  }
}

/** On the second channel: the clusters' own word. */
export async function assertExternal(site: Site): Promise<void> {
  for (const { keyManagementType, rekeys, unwraps } of await site.verdicts()) {
    if (keyManagementType !== "external" || rekeys !== 1 || !unwraps) {
      throw new Error(`a cluster has an ${keyManagementType} key after ${rekeys} rekeys, which unwraps: ${unwraps}`);
    }
  }
}

async function time(
  spent: Commands<Spent[]>,
  run: (command: Command) => Promise<unknown>,
  { site, afterwards }: { site?: Site; afterwards?(command: Command): Promise<void> } = {},
): Promise<void> {
  const usedByClusters = async () => site?.processorSeconds() ?? 0;
  for (const command of COMMANDS) {
    const [usedBefore, start, used] = [await usedByClusters(), performance.now(), processorSeconds()];
    await run(command);
    const [wall, processor] = [(performance.now() - start) / 1000, processorSeconds() - used];
    spent[command].push({ wall, processor, clusters: (await usedByClusters()) - usedBefore });
    await afterwards?.(command);
  }
}

const emptyCommands = () =>
  Object.fromEntries(COMMANDS.map((command) => [command, [] as Spent[]])) as Commands<Spent[]>;

/** Ratios of the medians. */
export function describeOverhead(measured: readonly Overhead[]): string {
  const rows = measured.flatMap(({ clusters, fleet, noop }) =>
    COMMANDS.map((command) => {
      const of = (side: Commands<Spent[]>, kind: keyof Spent) => median(side[command].map((spent) => spent[kind]));
      const compared = (kind: keyof Spent) => {
        const [own, floor] = [of(fleet, kind), of(noop, kind)];
        return [own.toFixed(2), floor.toFixed(2), (own / floor).toFixed(2), (own - floor).toFixed(2)];
      };
      const used = of(fleet, "clusters").toFixed(2);
      return [`${clusters} × ${command}`, ...compared("wall"), ...compared("processor"), used];
    }),
  );
  const header = [
    "clusters, command",
    "wall s",
    "no-op",
    "ratio",
    "more",
    "CPU s",
    "no-op",
    "ratio",
    "more",
    "clusters' CPU s",
  ];
  return table(header, rows);
}
