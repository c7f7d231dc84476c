import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimes, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../core/clock";

const LOOK_AGAIN_MS = 100;
const HEARTBEAT_MS = 5_000;
/** A holder that was silent for so long is gone, even where its process cannot be looked up (containers). */
const SILENT_MS = 60_000;

export interface LockWaiting {
  /** Called once, when another process holds the lock. */
  onWait(pid: number): void;
  signal?: AbortSignal;
}

/**
 * Runs `work` while no other process of this machine holds the lock that `folder` stands for. A holder that was killed
 * holds nothing.
 *
 * Each holder makes a file of the next number, which the file system gives to one process alone, and the newest file is
 * never removed: so whoever comes late, with an old view of the folder, finds it out.
 */
export async function withMachineLock<T>(
  folder: string,
  { onWait, signal }: LockWaiting,
  work: () => Promise<T>,
): Promise<T> {
  let told = false;
  let own: string | undefined;
  for (;;) {
    // Each time: somebody may tidy the folder for temporary files in the meantime.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const newest = newestOf(folder);
    const holder = holderOf(join(folder, String(newest)));
    if (holder === undefined) {
      own = tryTake(folder, newest + 1);
      if (own !== undefined) break;
      continue;
    }
    if (!told) {
      told = true;
      onWait(holder.pid);
    }
    await systemClock.sleep(LOOK_AGAIN_MS, signal);
  }
  const held = own;
  const heartbeat = setInterval(() => utimes(held, new Date(), new Date(), ignoreTidied), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    release(held);
  }
}

/** The text in the file of a lock that this process holds. */
const OWN = `${process.pid} ${hostname()}`;

/** The beginning of the text in the file of a lock that was released. */
const RELEASED = "released";

/**
 * The work under the lock is done, whatever becomes of its file. A file that cannot be written is silent from now on,
 * and one that somebody has tidied away belongs to whoever has taken the lock since.
 */
function release(held: string): void {
  try {
    if (readFileSync(held, "utf8") === OWN) writeFileSync(held, RELEASED, { flag: "r+" });
  } catch {}
}

/** Somebody tidied the folder: there is nothing to keep fresh. */
const ignoreTidied = () => {};

const numbersIn = (folder: string): number[] =>
  filesIn(folder)
    .map(Number)
    .filter((number) => number > 0);

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

const newestOf = (folder: string): number => Math.max(0, ...numbersIn(folder));

/** The path of the file that makes this process the holder, unless another one was faster. */
function tryTake(folder: string, number: number): string | undefined {
  const file = join(folder, String(number));
  try {
    writeFileSync(file, OWN, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" || isMissing(error)) return undefined;
    throw error;
  }
  if (newestOf(folder) !== number) {
    rmSync(file, { force: true });
    return undefined;
  }
  for (const older of numbersIn(folder).filter((other) => other < number)) {
    rmSync(join(folder, String(older)), { force: true });
  }
  return file;
}

/** The process that holds the lock by `file`; `undefined` when it has released it, or is gone. */
function holderOf(file: string): { pid: number } | undefined {
  let text: string;
  let lastSeen: number;
  try {
    text = readFileSync(file, "utf8");
    lastSeen = statSync(file).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  const [pid = "", host] = text.split(" ");
  const isGone =
    text.startsWith(RELEASED) || Date.now() - lastSeen > SILENT_MS || (host === hostname() && !isAlive(Number(pid)));
  return isGone ? undefined : { pid: Number(pid) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
