import type { Clock } from "../../../provider/core/clock";
import type { Cluster } from "../../../provider/systems/element/api/cluster";
import { ElementApiError } from "../../../provider/systems/element/api/errors";
import type { AsyncResult } from "../../../provider/systems/element/api/types";
import { waitForHandle } from "../../../provider/systems/element/observed/jobs";

const MINUTE = 60_000;
const running: AsyncResult = { status: "running", resultType: "x", createTime: "", lastUpdateTime: "", details: {} };
const unknownHandle = (vendorName: string) =>
  new ElementApiError({ attempt: "looking", reason: vendorName, wayOut: "none" }, vendorName);

/** A job on a clock of its own, and the times at which it was looked at. */
class Job {
  readonly looks: number[] = [];
  readonly params: unknown[] = [];
  private time = 0;

  constructor(private readonly at: (milliseconds: number) => AsyncResult | Error) {}

  readonly clock: Clock = {
    now: () => new Date(this.time),
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      this.time += milliseconds;
    },
  };

  /** The one method of a cluster that waiting calls. */
  readonly cluster = {
    call: async (_method: string, params: unknown) => {
      this.looks.push(this.time);
      this.params.push(params);
      const answer = this.at(this.time);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  } as unknown as Cluster;

  wait(deadlineSeconds = 86_400, signal = new AbortController().signal, progress = () => {}) {
    return waitForHandle(this.cluster, 7, { clock: this.clock, signal, deadlineSeconds, progress });
  }

  get end(): number {
    return this.time;
  }
}

const endingAt = (end: number) =>
  new Job((time) => (time < end ? running : { ...running, status: "complete", result: {} }));

test("sixty looks at most in twenty minutes", async () => {
  const job = endingAt(20 * MINUTE);
  expect(await job.wait()).toEqual({ kind: "succeeded" });
  expect(job.looks.length).toBeLessThanOrEqual(60);
});

test.each([100, 700, 3_000, 16_000, 90_000, 16 * MINUTE, 60 * MINUTE, 120 * MINUTE])(
  "the end of a job of %i ms is noticed soon after",
  async (length) => {
    const lateness: number[] = [];
    for (const end of Array.from({ length: 50 }, (_, index) => length * (1 + index / 100))) {
      const job = endingAt(end);
      await job.wait();
      lateness.push(job.end - end);
      expect(job.end - end).toBeLessThanOrEqual(Math.min(Math.max(0.15 * end, 500), 45_000));
    }
    const mean = lateness.reduce((sum, late) => sum + late) / lateness.length;
    expect(mean).toBeLessThanOrEqual(Math.max(0.1 * 1.25 * length, 500));
  },
);

test("every look keeps the result", async () => {
  const job = endingAt(MINUTE);
  await job.wait();
  expect(new Set(job.params.map((params) => JSON.stringify(params)))).toEqual(
    new Set([JSON.stringify({ asyncHandle: 7, keepResult: true })]),
  );
});

test("a deadline ends the waiting on time", async () => {
  const job = endingAt(60 * MINUTE);
  expect(await job.wait(100)).toEqual({ kind: "deadline" });
  expect(job.end).toBe(100_000);
});

test("an error in a complete result is a failure", async () => {
  const job = new Job(() => ({ ...running, status: "complete", error: { name: "xKmip", message: "no key" } }));
  expect(await job.wait()).toEqual({ kind: "failed", name: "xKmip", message: "no key" });
});

test.each(["xDBNoSuchPath", "xAsyncHandleDoesNotExist"])(
  "a handle that stays unknown (%s) has vanished",
  async (name) => {
    const job = new Job(() => unknownHandle(name));
    expect(await job.wait()).toEqual({ kind: "vanished" });
    expect(job.end).toBeGreaterThanOrEqual(5_000);
    expect(job.end).toBeLessThan(6_000);
  },
);

test("a handle that is unknown for a moment is waited for", async () => {
  const job = new Job((time) =>
    time < 4_000 ? unknownHandle("xAsyncHandleDoesNotExist") : { ...running, status: "complete", result: {} },
  );
  expect(await job.wait()).toEqual({ kind: "succeeded" });
});

test("another error is not taken for an end", async () => {
  const job = new Job(() => unknownHandle("xPermissionDenied"));
  await expect(job.wait()).rejects.toMatchObject({ vendorName: "xPermissionDenied" });
});

test("progress is told after each look at a running job, and an abort ends the waiting", async () => {
  const cancellation = new AbortController();
  const job = endingAt(MINUTE);
  let told = 0;
  const wait = job.wait(3600, cancellation.signal, () => {
    told += 1;
    if (told === 3) cancellation.abort(new Error("cancelled"));
  });
  await expect(wait).rejects.toThrow("cancelled");
  expect(job.looks).toHaveLength(3);
});
