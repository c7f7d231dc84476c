import { setTimeout as delay } from "node:timers/promises";

/** Work that goes on after an answer. Closing stops the waiting, not a step that has begun. */
export class BackgroundJobs {
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();

  /**
   * `task` handles its own failures. An error that still escapes is a defect and ends the process. After closing, no
   * task is begun: the next start goes on with the work that the state names.
   */
  start(task: () => Promise<void>): void {
    if (this.closed) return;
    const running = task()
      .catch((error: unknown) => {
        if (!this.#closing.signal.aborted) throw error;
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /**
   * Waits until `dueInMilliseconds` is zero or less. Asks again and again, because the switch behind it may change.
   * Rejects when the simulator closes.
   */
  async waitUntilDue(dueInMilliseconds: () => number): Promise<void> {
    for (;;) {
      this.#closing.signal.throwIfAborted();
      const remaining = dueInMilliseconds();
      if (remaining <= 0) return;
      await delay(Math.min(remaining, 100), undefined, { signal: this.#closing.signal });
    }
  }

  /** Resolves once the work has ended that goes on by now. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error("the simulator is closing"));
    await this.ended();
  }
}
