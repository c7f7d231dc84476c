import { writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { type Cell, cellsOf, idOf } from "./cells";
import { type OperationName, operationNames } from "./operations";
import type { Picture } from "./picture";
import { Record } from "./record";
import { pageOf, tablesOf } from "./report";
import { courseOf, runCell } from "./run-cell";
import { Site } from "./site";

const USAGE = `Interrupts every operation at every API call, at three moments and in every way, and looks at what is left.

  npm run chaos -- [options]

  --shard K/N         the K-th of N parts (default 1/1)
  --jobs N            runs at the same time (default 2)
  --operation NAME    only this one: ${operationNames.join(", ")}
  --only TEXT         only cells whose id contains it
  --record FILE       verdicts so far; cells that have passed are not run again (default .chaos/verdicts.jsonl)
  --fresh             forget the verdicts of earlier runs
  --page FILE         where to write the page of a whole run in which every cell has passed`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      shard: { type: "string", default: "1/1" },
      jobs: { type: "string", default: "2" },
      operation: { type: "string" },
      only: { type: "string", default: "" },
      record: { type: "string", default: ".chaos/verdicts.jsonl" },
      fresh: { type: "boolean", default: false },
      page: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const [part = 1, parts = 1] = values.shard.split("/").map(Number);
  const names = operationNames.filter((name) => values.operation === undefined || name === values.operation);
  if (names.length === 0 || !(part >= 1 && part <= parts)) throw new Error(`no such operation or shard\n\n${USAGE}`);

  const record = new Record(values.record);
  if (values.fresh) record.clear();
  const began = performance.now();
  const sites = [await Site.open()];
  try {
    const { cells, pictures, calls } = await survey(sites[0] as Site, names);
    const chosen = cells.filter((cell, index) => index % parts === part - 1 && idOf(cell).includes(values.only));
    const waiting = chosen.filter((cell) => !record.hasPassed(idOf(cell)));
    console.log(`${cells.length} cells, ${chosen.length} of them chosen, ${waiting.length} to run`);
    while (sites.length < Math.min(Number(values.jobs), waiting.length)) sites.push(await Site.open());
    let done = 0;
    await Promise.all(
      sites.map(async (site) => {
        for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
          await judge(site, cell, pictures.get(cell.operation) as Picture, record);
          done += 1;
          if (done % 25 === 0) console.log(`${done} done, ${waiting.length} to go`);
        }
      }),
    );
    const verdicts = record.of(new Set(chosen.map(idOf)));
    const failed = verdicts.filter(({ passed }) => !passed);
    console.log(`\n${tablesOf(verdicts)}\n`);
    console.log(`${verdicts.length - failed.length} passed, ${failed.length} failed, ${minutes(began)} min`);
    if (failed.length > 0 || verdicts.length < chosen.length) {
      process.exitCode = 1;
    } else if (values.page !== undefined && chosen.length === cells.length && values.operation === undefined) {
      writeFileSync(values.page, pageOf(verdicts, calls));
    }
  } finally {
    await Promise.all(sites.map((site) => site.close()));
  }
}

/** Walks each operation once without an interruption: its calls are the points to strike at, its end is what is wanted. */
async function survey(site: Site, names: OperationName[]) {
  const cells: Cell[] = [];
  const pictures = new Map<OperationName, Picture>();
  const calls = new Map<string, string[]>();
  for (const name of names) {
    const { points, picture } = await courseOf(site, name);
    console.log(`${name}: ${points.length} calls`);
    pictures.set(name, picture);
    calls.set(
      name,
      points.map(({ method, ordinal }) => `${method} ${ordinal}`),
    );
    cells.push(...cellsOf(name, points));
  }
  return { cells, pictures, calls };
}

async function judge(site: Site, cell: Cell, picture: Picture, record: Record): Promise<void> {
  const { operation, moment, interruption, recovery } = cell;
  const began = performance.now();
  let failure: string | undefined;
  try {
    await runCell(site, cell, picture);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
    console.log(`FAILED ${idOf(cell)} (recovery: ${recovery})\n${failure}`);
  }
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  record.add({ id: idOf(cell), operation, moment, interruption, passed: failure === undefined, seconds, failure });
}

const minutes = (since: number): string => ((performance.now() - since) / 60_000).toFixed(1);

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
