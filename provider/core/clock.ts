/** Time, injected so that expiry, renewal and backoff can be tested by moving it. */
export interface Clock {
  now(): Date;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Time limits, for whoever waits for a network. */
export interface Timer {
  /** A signal that aborts after `milliseconds`. */
  timeout(milliseconds: number): AbortSignal;
}

export const systemClock: Clock & Timer = {
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", abort);
        resolve();
      }, milliseconds);
      signal?.addEventListener("abort", abort, { once: true });
    }),
  timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
};
