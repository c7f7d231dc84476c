import { readFileSync, renameSync, rmSync, statSync, utimes, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const LOOK_AGAIN_MILLISECONDS = 250;
const HEARTBEAT_MILLISECONDS = 5_000;
/** A holder that was silent for so long is gone, even where another process bears its number (containers). */
const SILENT_MILLISECONDS = 60_000;

/** Runs `work` while no other process holds `file`; `onWait` is told, once, whom it waits for. */
export async function withLock<T>(file: string, onWait: (pid: number) => void, work: () => Promise<T>): Promise<T> {
  let told = false;
  while (!tryAcquire(file)) {
    const holder = readHolder(file);
    if (holder === undefined) {
      continue;
    }
    if (isGone(holder)) {
      removeStale(file, holder.pid);
      continue;
    }
    if (!told) {
      told = true;
      onWait(holder.pid);
    }
    await delay(LOOK_AGAIN_MILLISECONDS);
  }
  const heartbeat = setInterval(() => utimes(file, new Date(), new Date(), ignoreLostLock), HEARTBEAT_MILLISECONDS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(file, { force: true });
  }
}

/** Somebody tidied the cache folder; the work itself will fail or not without the lock. */
const ignoreLostLock = () => {};

interface Holder {
  pid: number;
  lastSeen: number;
}

function tryAcquire(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return { pid: Number(readFileSync(file, "utf8")), lastSeen: statSync(file).mtimeMs };
  } catch {
    return undefined;
  }
}

function isGone({ pid, lastSeen }: Holder): boolean {
  return Date.now() - lastSeen > SILENT_MILLISECONDS || (pid > 0 && !isAlive(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Moves the lock away before looking at it again, so that of several waiters none removes the next holder's. */
function removeStale(file: string, stalePid: number): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readHolder(aside)?.pid === stalePid) {
    rmSync(aside, { force: true });
  } else {
    renameSync(aside, file);
  }
}
