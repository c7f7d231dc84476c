import { writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { Matrix, Trial } from "./matrix";
import { Record } from "./record";
import { pageWith, tablesOf } from "./report";
import { SERVERS, serveBy, servedId } from "./served-by";
import type { FinishableSite } from "./stack-site";
import { SYSTEMS } from "./systems";

const systemNames = Object.keys(SYSTEMS);
const hasChoice = (matrices: object): boolean => Object.keys(matrices).length > 1;
const inWords = (names: readonly string[]): string =>
  `${names.map((name) => `"${name}"`).join(" or ")} (default "${names[0]}")`;

const USAGE = `Interrupts every operation at every API call, finishes it, and looks at what is left.

  npm run chaos -- [options]

  --system NAME       ${inWords(systemNames)}
  --finish HOW        of a system that has several: ${Object.values(SYSTEMS)
    .filter(hasChoice)
    .map((of) => inWords(Object.keys(of)))
    .join("; ")}
  --by SERVER         ${inWords(SERVERS)}
  --shard K/N         the K-th of N parts (default 1/1)
  --jobs N            runs at the same time (default 2)
  --operation NAME    only this one
  --only TEXT         only cells whose id contains it
  --record FILE       verdicts so far; cells that have passed are not run again (default .chaos/verdicts.jsonl)
  --fresh             forget the verdicts of earlier runs
  --page FILE         the page whose part is written after a whole run in which every cell has passed`;

type Site = FinishableSite<string>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      system: { type: "string", default: systemNames[0] },
      finish: { type: "string" },
      by: { type: "string", default: SERVERS[0] },
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
  const matrices = SYSTEMS[values.system ?? ""] ?? {};
  const matrix = matrices[values.finish ?? Object.keys(matrices)[0] ?? ""];
  const names = matrix?.operations.filter((each) => [undefined, each].includes(values.operation)) ?? [];
  if (matrix === undefined || names.length === 0 || !(part >= 1 && part <= parts)) {
    throw new Error(`no such system, finish, operation or shard\n\n${USAGE}`);
  }

  const server = SERVERS.find((each) => each === values.by);
  if (server === undefined) throw new Error(`nobody called ${values.by} serves resources\n\n${USAGE}`);

  const serveAsBefore = serveBy(server);
  const record = new Record(values.record);
  if (values.fresh) record.clear();
  const began = performance.now();
  const sites = [await matrix.open()];
  try {
    const { trials, calls } = await survey(sites[0] as Site, matrix, names);
    const chosen = trials.filter(({ id }, index) => index % parts === part - 1 && id.includes(values.only));
    const waiting = chosen.filter(({ id }) => !record.hasPassed(id));
    console.log(`${trials.length} cells, ${chosen.length} of them chosen, ${waiting.length} to run`);
    while (sites.length < Math.min(Number(values.jobs), waiting.length)) sites.push(await matrix.open());
    let done = 0;
    await Promise.all(
      sites.map(async (site) => {
        for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) {
          await judge(site, trial, record);
          done += 1;
          if (done % 25 === 0) console.log(`${done} done, ${waiting.length} to go`);
        }
      }),
    );
    const verdicts = record.of(new Set(chosen.map(({ id }) => id)));
    const failed = verdicts.filter(({ passed }) => !passed);
    console.log(`\n${tablesOf(verdicts, matrix)}\n`);
    console.log(`${verdicts.length - failed.length} passed, ${failed.length} failed, ${minutes(began)} min`);
    if (failed.length > 0 || verdicts.length < chosen.length) {
      process.exitCode = 1;
    } else if (values.page !== undefined && chosen.length === trials.length && values.operation === undefined) {
      writeFileSync(values.page, pageWith(values.page, matrix, verdicts, calls));
    }
  } finally {
    await Promise.all(sites.map((site) => site.close()));
    serveAsBefore();
  }
}

async function survey(site: Site, matrix: Matrix, names: readonly string[]) {
  const trials: Trial<Site>[] = [];
  const calls = new Map<string, string[]>();
  for (const name of names) {
    const surveyed = await matrix.survey(site, name);
    console.log(`${name}: ${surveyed.calls.length} calls`);
    calls.set(
      name,
      surveyed.calls.map(({ method, ordinal }) => `${method} ${ordinal}`),
    );
    trials.push(...surveyed.trials.map((trial) => ({ ...trial, id: servedId(trial.id) })));
  }
  return { trials, calls };
}

async function judge(site: Site, { id, operation, facets, run }: Trial<Site>, record: Record): Promise<void> {
  const began = performance.now();
  let failure: string | undefined;
  let told = {};
  try {
    told = await run(site);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
    console.log(`FAILED ${id}\n${failure}`);
  }
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  record.add({ id, operation, facets: { ...facets, ...told }, passed: failure === undefined, seconds, failure });
}

const minutes = (since: number): string => ((performance.now() - since) / 60_000).toFixed(1);

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
