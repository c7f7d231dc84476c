import type { Clock, Timer } from "../provider/core/clock";

/** What a command has of the process that runs it. */
export interface Surroundings {
  environment: NodeJS.ProcessEnv;
  clock: Clock & Timer;
  /** Writes to standard output. */
  print(text: string): void;
  /** Asks at the terminal, without an echo. */
  askSecret(question: SecretQuestion): Promise<string>;
}

/** What somebody is asked for, unless a variable of the environment has it. */
export interface SecretQuestion {
  prompt: string;
  /** Such as `password`. */
  noun: string;
  variable: string;
}

/** How a command ends, in the way of `grep` and its kin; 2 is of a command line that cannot be understood. */
export const ExitCode = { ok: 0, failed: 1, usage: 2, findings: 3 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** One command of `ekm`. */
export interface Command {
  /** On one line. */
  summary: string;
  help: string;
  /** @throws UsageError when the arguments cannot be understood */
  run(argv: string[], surroundings: Surroundings): Promise<ExitCode>;
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
