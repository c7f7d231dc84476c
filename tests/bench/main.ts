import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { getEngine } from "../../tools/engine";
import { describeCalls } from "./tables/calls";
import { describeCompletion, measureCompletion } from "./tables/completion";
import { describeMemory, type Memory, measureMemory } from "./tables/memory";
import { describeOverhead, measureOverhead, measureTimes, type Overhead, REKEY_SECONDS } from "./tables/overhead";
import { type Contest, describePeers, measurePeers } from "./tables/peers";
import { describeSchedule, measureSchedule } from "./tables/schedule";
import { describeState } from "./tables/state";

const PARTS = ["overhead", "completion", "memory", "peers"] as const;

/** A fleet of so many is measured once, unless the user asks for more. */
const MANY = 100;

const USAGE = `Measures what this package costs on top of the engine and the clusters.

  npm run bench -- [options]

  --sizes N,N,…   clusters of a fleet (default 1,10,100)
  --rounds N      of each comparison (default 3, and 1 from ${MANY} clusters on, which take a quarter of an hour)
  --only PART,…   of: overhead (with calls), completion (with state), memory, peers
  --json FILE     every measurement as data`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: "string", default: "1,10,100" },
      rounds: { type: "string" },
      only: { type: "string", default: PARTS.join() },
      json: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const sizes = values.sizes.split(",").map((size) => positive("--sizes", size));
  const asked = values.rounds === undefined ? undefined : positive("--rounds", values.rounds);
  const roundsOf = (size: number) => asked ?? (size < MANY ? 3 : 1);
  const only = values.only.split(",");
  const unknown = only.find((part) => !PARTS.some((known) => known === part));
  if (unknown !== undefined) throw new RangeError(`--only knows no "${unknown}"\n${USAGE}`);

  const start = performance.now();
  const engine = await getEngine({ progress: (line) => console.error(line) });
  console.log(
    `${cpus().length} processors (${cpus()[0]?.model}), Node ${process.versions.node}, Pulumi ${engine.version}`,
  );
  const measured: Record<string, unknown> = {};
  for (const part of PARTS.filter((known) => only.includes(known))) measured[part] = await RUN[part](sizes, roundsOf);
  console.log(`\n${((performance.now() - start) / 60_000).toFixed(1)} min`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measured, undefined, 2)}\n`);
}

const RUN: Record<(typeof PARTS)[number], (sizes: number[], roundsOf: (size: number) => number) => Promise<unknown>> = {
  async overhead(sizes, roundsOf) {
    const times = await measureTimes();
    const measured: Overhead[] = [];
    for (const size of sizes) {
      console.error(`Timing a fleet of ${size} and the same graph of no-ops, rounds: ${roundsOf(size)}`);
      measured.push(await measureOverhead(size, roundsOf(size), times));
    }
    print(
      "Against the same graph of no-op dynamic resources, which wait as long as the cluster itself takes (medians)",
      describeOverhead(measured),
    );
    print(`What reaches a cluster; a rekey takes ${REKEY_SECONDS} s`, describeCalls(measured));
    return { times, measured };
  },
  async completion() {
    console.error("Rotating the master key of one cluster");
    const schedule = await measureSchedule();
    const { completions, state } = await measureCompletion();
    print("From the end of a job to the look that finds it, by the schedule of looks", describeSchedule(schedule));
    print("From the end of a rekey on the cluster, on the real engine", describeCompletion(completions));
    print("Bytes of state", describeState(state));
    return { schedule, completions, state };
  },
  async memory(sizes) {
    const measured: Memory[] = [];
    for (const size of sizes) {
      console.error(`Watching the provider process of a fleet of ${size}`);
      measured.push(await measureMemory(size));
    }
    print(
      "MiB: the most that a provider process held during a command, and what is live after refreshes",
      describeMemory(measured),
    );
    return measured;
  },
  async peers(sizes, roundsOf) {
    const measured: Contest[] = [];
    for (const size of sizes) {
      console.error(`Setting up a fleet of ${size} in other ways, rounds: ${roundsOf(size)}`);
      measured.push(...(await measurePeers(size, roundsOf(size))));
    }
    print("The same work by others", describePeers(measured));
    return measured;
  },
};

function print(title: string, text: string): void {
  console.log(`\n${title}\n\n${text}`);
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${option}: "${text}" is no number of at least 1\n${USAGE}`);
  return value;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
