import type { Clock, Timer } from "../provider/clock";

/** What a command has of the process that runs it. */
export interface Surroundings {
  environment: NodeJS.ProcessEnv;
  clock: Clock & Timer;
  /** Writes to standard output. */
  print(text: string): void;
  /** Asks at the terminal, without an echo. */
  askPassword(prompt: string): Promise<string>;
}

/** One command of `ekm`. */
export interface Command {
  /** On one line. */
  summary: string;
  help: string;
  /** @throws UsageError when the arguments cannot be understood */
  run(argv: string[], surroundings: Surroundings): Promise<void>;
}

/** The command line cannot be understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "USAGE";
}

/** Reads options, and says what is wrong with them as a usage error. */
export function reading<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
