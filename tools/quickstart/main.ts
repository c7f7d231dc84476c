import { parseArgs } from "node:util";
import { EngineUnavailableError, getEngine } from "../engine";
import { InterruptedError, ServerStartError, UnexpectedOutcomeError, UsageError } from "./errors";
import { ObservationFile } from "./observation-file";
import { Report } from "./report";
import { quickstart } from "./run";

const USAGE = `Usage: npm run quickstart -- [--keep] [--json FILE]

Moves the master key of a simulated storage cluster to a key server, with a real engine, and back.

  --keep       leave everything running before the way back, and say what to try next
  --json FILE  write what was seen as data`;

async function main(): Promise<void> {
  const { help, keep, json: jsonFile } = readOptions();
  if (help) return console.log(USAGE);
  const observationFile = jsonFile === undefined ? undefined : ObservationFile.open(jsonFile);
  const engine = await getEngine({ progress: (line) => console.error(line) });
  await quickstart({ engine, report: new Report(process.stdout), signal: interruption(), keep, observationFile });
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        keep: { type: "boolean", default: false },
        json: { type: "string" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

/** Aborted by the first signal; more of them change nothing, for npm passes on what the terminal sent already. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => controller.abort(new InterruptedError(signal)));
  }
  // Whoever read along has gone.
  process.stdout.on("error", () => controller.abort(new InterruptedError("SIGPIPE")));
  return controller.signal;
}

const EXPECTED_ERRORS = [
  EngineUnavailableError,
  InterruptedError,
  ServerStartError,
  UnexpectedOutcomeError,
  UsageError,
];

main().then(
  () => process.exit(0),
  (error) => {
    console.error(EXPECTED_ERRORS.some((kind) => error instanceof kind) ? `\nquickstart: ${error.message}` : error);
    process.exit(1);
  },
);
