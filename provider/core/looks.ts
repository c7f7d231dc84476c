import type { Clock } from "./clock";

/** For how long somebody waits, and what ends it before. */
export interface Patience {
  clock: Clock;
  signal: AbortSignal;
  /** Seconds from now. */
  deadlineSeconds: number;
}

/** Looks every half second at first, then each time the job is older by this share: 60 looks in twenty minutes. */
const GROWTH = 0.15;
const SHORTEST_MS = 500;
const LONGEST_MS = 45_000;

/** Yields whenever it is time to look, first at once, with the milliseconds since then. Ends at the deadline. */
export async function* looks({ clock, signal, deadlineSeconds }: Patience): AsyncGenerator<Elapsed> {
  const elapsed = stopwatch(clock);
  for (;;) {
    yield elapsed;
    const remaining = deadlineSeconds * 1000 - elapsed();
    if (remaining <= 0) return;
    const interval = Math.min(Math.max(elapsed() * GROWTH, SHORTEST_MS), LONGEST_MS);
    await clock.sleep(Math.min(interval, remaining), signal);
  }
}

/** Milliseconds up to the moment at which it is called. */
export type Elapsed = () => number;

export function stopwatch(clock: Pick<Clock, "now">): Elapsed {
  const start = clock.now().getTime();
  return () => clock.now().getTime() - start;
}

/** As a line shows it. */
export const inSeconds = (elapsed: Elapsed): number => Math.round(elapsed() / 1000);
