import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { getEngine } from "../../tools/engine";
import { describe, type Measured, summarise } from "./report";
import { Bench } from "./runs";
import { Site } from "./site";

const USAGE = "Usage: npm run bench -- [--rounds N] [--json FILE]";
const FEWEST_ROUNDS = 3;

/** Half way between two looks of the provider at the rekey: neither good luck nor bad. */
const REKEY_SECONDS = 1.25;

async function main(): Promise<void> {
  const { rounds, json } = readOptions(process.argv.slice(2));
  const start = performance.now();
  const measured = await measure(rounds);
  console.log(describe(measured));
  console.log(`\n${((performance.now() - start) / 1000).toFixed(0)} s`);
  if (json !== undefined) {
    writeFileSync(json, `${JSON.stringify({ ...measured, summary: summarise(measured) }, undefined, 2)}\n`);
  }
}

async function measure(rounds: number): Promise<Measured> {
  const engine = await getEngine({ progress: (line) => console.error(line) });
  const site = await Site.open();
  try {
    const bench = await Bench.open(site, REKEY_SECONDS);
    try {
      console.error("Walking through the quickstart's commands, with rotations of 0.5 to 5 s");
      const { graph, ...walk } = await bench.walk();
      console.error(`Timing ${rounds} rounds of both programs`);
      return {
        machine: {
          processors: cpus().length,
          model: cpus()[0]?.model ?? "unknown",
          node: process.versions.node,
          engine: engine.version,
        },
        rekeySeconds: REKEY_SECONDS,
        ...walk,
        rounds: await bench.rounds(graph, rounds),
      };
    } finally {
      bench.close();
    }
  } finally {
    await site.close();
  }
}

function readOptions(args: string[]): { rounds: number; json: string | undefined } {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: "string", default: String(FEWEST_ROUNDS) }, json: { type: "string" } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < FEWEST_ROUNDS) {
    throw new RangeError(`--rounds is a whole number, at least ${FEWEST_ROUNDS}\n${USAGE}`);
  }
  return { rounds, json: values.json };
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
