import type { Attempt, Entry } from "./journal";

/** How the latest call about a resource ended, as far as this machine knows. */
export interface Past {
  /**
   * `settled`: state has its result. `open`: it has changed something, and its result never arrived. `unknown`: it was not
   * on this machine, or state has moved on elsewhere since.
   */
  standing: "settled" | "open" | "unknown";
  /** Changes that were begun and never recorded. Empty unless the standing is open. */
  attempts: readonly Attempt[];
  /** The open call was a delete. */
  wasRemoval: boolean;
}

/** This machine's knowledge of earlier runs, about the resource of one call. */
export interface History {
  /** @param system the identity of the system that the resource is on */
  of(system: string): Past;
  /** Notes an attempt right before its write. */
  attempt(system: string, attempt: Attempt): void;
}

const UNKNOWN: Past = { standing: "unknown", attempts: [], wasRemoval: false };

export const NO_HISTORY: History = { of: () => UNKNOWN, attempt() {} };

/** @param receipt the one in state; `null` where state has no such resource */
export function pastOf(entry: Entry | undefined, receipt: string | null): Past {
  if (entry === undefined) return UNKNOWN;
  if (entry.receipt === receipt) return { ...UNKNOWN, standing: "settled" };
  if (entry.before !== receipt || !entry.wrote) return UNKNOWN;
  return { standing: "open", attempts: entry.attempts, wasRemoval: entry.receipt === null };
}

/** The attempts so far, with the wish of a run that left an incomplete state. */
export const attemptsOf = ({ attempts }: Past, wish: Attempt | undefined): readonly Attempt[] =>
  wish === undefined ? attempts : [...attempts, wish];
