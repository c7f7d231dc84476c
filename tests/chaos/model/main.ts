import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { Operator } from "../../interop/element-sdk/operator";
import { type Judgement, Record } from "../record";
import { EngineWorld } from "./engine-world";
import { ModelledWorld } from "./modelled-world";
import { type SequenceOptions, sequences } from "./sequence";
import type { World } from "./world";

const USAGE = `Does anything to a cluster in any order, with one stack and with two, and looks at what is left.

  npm run model -- [options]

  --engine            with the real engine instead of the model of it
  --runs N            sequences (default 300; 60 with --engine)
  --seed S            which ones (default: by chance; printed)
  --steps N           the longest sequence (default 20)
  --path P            only this one; a failure is made smaller
  --replay-path R     of a sequence that was made smaller
  --record FILE       verdicts so far; sequences that have passed are not run again (default .chaos/sequences.jsonl)
  --fresh             forget the verdicts of earlier runs
  --verbose           say what is done`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      engine: { type: "boolean", default: false },
      runs: { type: "string" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      steps: { type: "string", default: "20" },
      path: { type: "string" },
      "replay-path": { type: "string" },
      record: { type: "string", default: ".chaos/sequences.jsonl" },
      fresh: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const record = new Record<Judgement>(values.record);
  if (values.fresh) record.clear();
  const operator = await Operator.start();
  const world = values.engine ? new EngineWorld(operator) : new ModelledWorld(operator);
  await world.open();
  try {
    const options: SequenceOptions = {
      maxSteps: Number(values.steps),
      timeCanPass: !values.engine,
      replayPath: values["replay-path"],
      tell: values.verbose ? console.log : undefined,
    };
    if (values.path !== undefined) return await replay(world, options, Number(values.seed), values.path);
    const runs = Number(values.runs ?? (values.engine ? 60 : 300));
    await tryAll(world, options, { seed: Number(values.seed), runs, kind: values.engine ? "engine" : "model" }, record);
  } finally {
    await world.close();
    await operator.stop();
  }
}

interface Batch {
  kind: "engine" | "model";
  seed: number;
  runs: number;
}

/** Runs sequences one by one; a failure is printed, and the next one is run. */
async function tryAll(world: World, options: SequenceOptions, batch: Batch, record: Record<Judgement>): Promise<void> {
  const { kind, seed, runs } = batch;
  const idOf = (path: number) => `${kind}/${options.maxSteps}/${seed}/${path}`;
  const property = sequences(world, options);
  const began = performance.now();
  console.log(`${runs} sequences, seed ${seed}`);
  for (let path = 0; path < runs; path += 1) {
    if (record.hasPassed(idOf(path))) continue;
    const since = performance.now();
    const { failed, errorInstance } = await fc.check(property, {
      seed,
      path: String(path),
      numRuns: 1,
      endOnFailure: true,
    });
    const failure = failed ? String((errorInstance as Error).message) : undefined;
    record.add({ id: idOf(path), passed: !failed, seconds: Math.round(performance.now() - since) / 1000, failure });
    if (failed) console.log(`\nFAILED: --seed ${seed} --path ${path}\n${failure}\n`);
    if ((path + 1) % 25 === 0) console.log(`${path + 1} done, ${minutesSince(began)} min`);
  }
  const verdicts = record.of(new Set(Array.from({ length: runs }, (_, path) => idOf(path))));
  const failed = verdicts.filter(({ passed }) => !passed).length;
  console.log(`${verdicts.length - failed} passed, ${failed} failed, seed ${seed}, ${minutesSince(began)} min`);
  if (failed > 0) process.exitCode = 1;
}

/** Runs one sequence, and when it fails looks for the smallest that fails. */
async function replay(world: World, options: SequenceOptions, seed: number, path: string): Promise<void> {
  const details = await fc.check(sequences(world, options), { seed, path, numRuns: 1 });
  if (!details.failed) return console.log("passed");
  console.log(`${(details.errorInstance as Error).stack}\n`);
  const replayPath = /replayPath="([^"]*)"/.exec(String(details.counterexample?.at(-1)))?.[1];
  console.log(`FAILED: --seed ${seed} --path ${details.counterexamplePath} --replay-path ${replayPath}`);
  process.exitCode = 1;
}

const minutesSince = (since: number): string => ((performance.now() - since) / 60_000).toFixed(1);

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
