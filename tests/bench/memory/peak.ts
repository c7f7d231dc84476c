import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { processesIn } from "../../engine/harness/processes";

const SAMPLE_MS = 100;

/** The most memory, in bytes, that a provider process below `folder` has held while `work` ran. */
export async function peakOfProvider(folder: string, work: () => Promise<unknown>): Promise<number> {
  let [peak, isOver] = [0, false];
  const ended = work().finally(() => {
    isOver = true;
  });
  while (!isOver) {
    for (const pid of processesIn(folder)) peak = Math.max(peak, peakOf(pid));
    await Promise.race([delay(SAMPLE_MS), ended.catch(() => {})]);
  }
  await ended;
  return peak;
}

/** The kernel's own record of the peak, so that a sample misses nothing but what grows in the last moment. */
function peakOf(pid: number): number {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("dynamic-provider")) return 0;
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    // It has ended.
    return 0;
  }
}
