import { createHash } from "node:crypto";
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LockUnavailableError } from "../../core/errors";
import type { Log } from "../../core/lifecycle";
import { withMachineLock } from "./machine-lock";

/**
 * One at a time for each subject: in this process, and over all processes of this user on this machine. A provider
 * process may outlive its engine, and would otherwise act beside the process of the next run.
 */
export class ExclusiveWork {
  private readonly last = new Map<string, Promise<unknown>>();

  constructor(private readonly folder = join(tmpdir(), `pulumi-ekm-${process.getuid?.() ?? "locks"}`)) {}

  /** @throws LockUnavailableError */
  run<T>(subject: string, log: Log, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(subject) ?? Promise.resolve();
    const running = before.then(() => this.locked(subject, log, signal, work));
    const ended = running.catch(() => {});
    this.last.set(subject, ended);
    return running;
  }

  private async locked<T>(subject: string, log: Log, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    this.prepareFolder();
    const lock = join(this.folder, createHash("sha256").update(subject).digest("hex").slice(0, 32));
    const onWait = (pid: number) => log.info(`waiting for another run on this machine (process ${pid})`);
    return withMachineLock(lock, { onWait, signal }, work);
  }

  /** In a folder for everybody's files, somebody else may have been there first. */
  private prepareFolder(): void {
    let reason: string | undefined;
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      const { uid } = lstatSync(this.folder);
      if (process.getuid !== undefined && uid !== process.getuid()) reason = `it belongs to the user with id ${uid}`;
    } catch (error) {
      reason = (error as Error).message;
    }
    if (reason === undefined) return;
    throw new LockUnavailableError({
      attempt: `taking the lock in ${this.folder} that keeps two runs from writing at the same time`,
      reason,
      wayOut: "set TMPDIR to a folder that only you can write to",
    });
  }
}
