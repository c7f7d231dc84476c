import type { Clock } from "../../../provider/core/clock";
import type { Cluster } from "../../../provider/systems/element/api/cluster";
import { waitForHandle } from "../../../provider/systems/element/observed/jobs";
import { table } from "../figures";

/** Lengths of jobs, in seconds. */
const LENGTHS = [0.2, 1, 5, 30, 120, 600, 1200];
/** Of each length: spread evenly around it, so that none ends in step with the looks. */
const JOBS = 500;
const SPREAD = 0.2;

/** When the provider knew of the end of jobs of about one length. */
export interface Notice {
  seconds: number;
  /** Milliseconds from the end of the job on the cluster. */
  p50: number;
  p99: number;
  /** The same as shares of the job's time. */
  share50: number;
  share99: number;
  mostLooks: number;
}

/** The waiter's own schedule, on a clock that is moved and a cluster that answers at once. */
export async function measureSchedule(): Promise<Notice[]> {
  const notices: Notice[] = [];
  for (const seconds of LENGTHS) {
    const jobs: { late: number; share: number; looks: number }[] = [];
    for (let job = 0; job < JOBS; job += 1) {
      const length = seconds * 1000 * (1 - SPREAD / 2 + (SPREAD * (job + 0.5)) / JOBS);
      const { late, looks } = await waitFor(length);
      jobs.push({ late, share: late / length, looks });
    }
    const at = (values: number[], share: number) => values.sort((a, b) => a - b)[Math.ceil(share * JOBS) - 1] ?? 0;
    notices.push({
      seconds,
      p50: at(
        jobs.map(({ late }) => late),
        0.5,
      ),
      p99: at(
        jobs.map(({ late }) => late),
        0.99,
      ),
      share50: at(
        jobs.map(({ share }) => share),
        0.5,
      ),
      share99: at(
        jobs.map(({ share }) => share),
        0.99,
      ),
      mostLooks: Math.max(...jobs.map(({ looks }) => looks)),
    });
  }
  return notices;
}

async function waitFor(length: number): Promise<{ late: number; looks: number }> {
  const clock = new MovedClock();
  let looks = 0;
  const call = async () => {
    looks += 1;
    return clock.time < length ? { status: "running" } : { status: "complete", result: {} };
  };
  await waitForHandle({ call } as unknown as Cluster, 1, {
    clock,
    signal: new AbortController().signal,
    deadlineSeconds: 3600,
    progress() {},
  });
  return { late: clock.time - length, looks };
}

class MovedClock implements Clock {
  time = 0;

  now(): Date {
    return new Date(this.time);
  }

  async sleep(milliseconds: number): Promise<void> {
    this.time += milliseconds;
  }
}

export function describeSchedule(notices: readonly Notice[]): string {
  const share = (value: number) => `${(100 * value).toFixed(1)} %`;
  return table(
    ["job", "p50", "p99", "p50 of the job", "p99 of the job", "most looks"],
    notices.map(({ seconds, p50, p99, share50, share99, mostLooks }) => [
      `${seconds} s`,
      `${(p50 / 1000).toFixed(2)} s`,
      `${(p99 / 1000).toFixed(2)} s`,
      share(share50),
      share(share99),
      String(mostLooks),
    ]),
  );
}
