import type { Clock, Timer } from "../../provider/core/clock";

/** A clock that is moved: sleeping advances it at once, and lets the rest of the process run meanwhile. */
export class MovedClock implements Clock, Timer {
  private offset = 0;
  private readonly timeouts: { at: number; controller: AbortController }[] = [];

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.offset += milliseconds;
    await turn();
  }

  /** Aborts when the clock is advanced so far: no real call takes long. */
  timeout(milliseconds: number): AbortSignal {
    const controller = new AbortController();
    this.timeouts.push({ at: this.offset + milliseconds, controller });
    return controller.signal;
  }

  advance(milliseconds: number): void {
    this.offset += milliseconds;
    for (const { at, controller } of this.timeouts) if (at <= this.offset) controller.abort(new Error("timed out"));
  }
}

/** Lets others run: for looking again at a condition. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
