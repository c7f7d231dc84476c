import { createHash } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../clock";
import type { Entry, Journal } from "./journal";

const DAY_MS = 86_400_000;
/** Nobody finishes a run after so long; without an entry, its resource is as one of another machine. */
const KEPT_MS = 400 * DAY_MS;

/** A file for each resource, in a folder that outlives a reboot. */
export class FileJournal implements Journal {
  private isPrepared = false;
  private hasComplained = false;

  /** @param complain told once, when nothing can be written: the run goes on without */
  constructor(
    private readonly folder: string,
    private readonly clock: Pick<Clock, "now">,
    private readonly complain: (message: string) => void,
  ) {}

  find(system: string, urn: string): Entry | undefined {
    let text: string;
    try {
      text = readFileSync(this.fileOf(system, urn), "utf8");
    } catch {
      return undefined;
    }
    return parsed(text);
  }

  write(system: string, urn: string, entry: Entry, mustLast: boolean): void {
    const file = this.fileOf(system, urn);
    const draft = `${file}.${process.pid}`;
    try {
      this.prepare();
      writeFileSync(draft, JSON.stringify({ system, urn, ...entry }), { mode: 0o600 });
      if (mustLast) flush(draft);
      renameSync(draft, file);
    } catch (error) {
      if (this.hasComplained) return;
      this.hasComplained = true;
      this.complain(
        `what this run does cannot be noted in ${this.folder} (${(error as Error).message}): should it be cut off, finish it with "pulumi up --refresh"`,
      );
    }
  }

  private fileOf(system: string, urn: string): string {
    const name = createHash("sha256").update(`${system}\n${urn}`).digest("hex").slice(0, 32);
    return join(this.folder, `${name}.json`);
  }

  private prepare(): void {
    if (this.isPrepared) return;
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.isPrepared = true;
    this.tidy();
  }

  /** Once a day at most: there may be many files. */
  private tidy(): void {
    const now = this.clock.now().getTime();
    const mark = join(this.folder, "tidied");
    if (now - (modified(mark) ?? 0) < DAY_MS) return;
    writeFileSync(mark, "");
    utimesSync(mark, now / 1000, now / 1000);
    for (const name of readdirSync(this.folder)) {
      const file = join(this.folder, name);
      if (now - (modified(file) ?? now) > KEPT_MS) rmSync(file, { force: true });
    }
  }
}

/** Where a user's programs keep what is neither configuration nor a cache. */
export function journalFolder(env: NodeJS.ProcessEnv, platform = process.platform): string {
  if (env.XDG_STATE_HOME) return join(env.XDG_STATE_HOME, "pulumi-ekm");
  if (platform === "win32" && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, "pulumi-ekm");
  return join(homedir(), ".local", "state", "pulumi-ekm");
}

/** What somebody has damaged tells nothing. */
function parsed(text: string): Entry | undefined {
  try {
    const { receipt, before, wrote, attempts } = JSON.parse(text) as Entry;
    return Array.isArray(attempts) ? { receipt, before, wrote, attempts } : undefined;
  } catch {
    return undefined;
  }
}

function flush(file: string): void {
  const descriptor = openSync(file, "r+");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const modified = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs;
