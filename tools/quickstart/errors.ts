/** The command line cannot be understood, or asks for what cannot be done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "USAGE";
}

/** The story did not go as it should have. */
export class UnexpectedOutcomeError extends Error {
  override readonly name = "UnexpectedOutcomeError";
  readonly code = "UNEXPECTED_OUTCOME";
}

/** A server ended before it said where it listens. */
export class ServerStartError extends Error {
  override readonly name = "ServerStartError";
  readonly code = "SERVER_START";
}

/** Somebody asked the run to end. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  readonly code = "INTERRUPTED";

  constructor(readonly signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`);
  }
}

/** @throws UnexpectedOutcomeError saying what should have been, unless it is. */
export function expect(what: string, isSo: boolean): asserts isSo {
  if (!isSo) throw new UnexpectedOutcomeError(`expected that ${what}, which is not so`);
}
