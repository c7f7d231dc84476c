import { type Call, explain, runAgain } from "../../../connections/https/call";
import type { Clock } from "../../../core/clock";
import { stopwatch } from "../../../core/looks";
import { TaskDeadlineError, TaskFailedError } from "./errors";

/** Reads are tasks as well, and most of them end within a tenth of a second. */
const SHORTEST_MS = 100;
const GROWTH = 1.15;
const LONGEST_MS = 5_000;
const DEADLINE_SECONDS = 120;

/**
 * Looks at a task until a look tells how it has ended.
 *
 * @throws TaskDeadlineError
 */
export async function endOf<T>(
  call: Call,
  look: () => Promise<T | undefined>,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<T> {
  const elapsed = stopwatch(clock);
  for (let pause = SHORTEST_MS; ; pause = Math.min(pause * GROWTH, LONGEST_MS)) {
    const end = await look();
    if (end !== undefined) return end;
    const remaining = DEADLINE_SECONDS * 1000 - elapsed();
    if (remaining <= 0) {
      const wayOut = runAgain(call, "see the vCenter's recent tasks, and wait until it has ended");
      throw new TaskDeadlineError(explain(call, `its task still runs after ${DEADLINE_SECONDS} seconds`, wayOut));
    }
    await clock.sleep(Math.min(pause, remaining), signal);
  }
}

/** The error of a task that failed, and does not say why as documented. */
export const failedTask = (call: Call): TaskFailedError =>
  new TaskFailedError(
    explain(call, "its task failed and gave no reason", runAgain(call, "see the vCenter's logs of that moment")),
  );
