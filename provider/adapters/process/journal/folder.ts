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
import type { Clock } from "../../../core/clock";
import type { Entry, Journal, Leftover, Stage } from "../../../core/journal";
import type { Text } from "../../../core/words";

/** An entry with system and resource, for people who look into the folder. */
type Note = Entry & { system: string; urn: string };

const DAY_MS = 86_400_000;
/** Nobody finishes a run after so long. A resource without an entry is as one of another machine. */
const KEPT_MS = 400 * DAY_MS;

/** A file for each resource, in a folder that outlives a reboot. */
export class FileJournal implements Journal {
  /** Identities of the systems that were asked about. */
  readonly systems = new Set<string>();
  private isPrepared = false;
  /** Notes of creates whose results this process has given to the engine, by the objects that they made. */
  private readonly given = new Map<string, Note>();
  private hasComplained = false;
  /**
   * Files of creates without a known end. They are looked for once: every master key asks, and there may be thousands
   * of entries. Creates that this process begins need no look, for its program declares them.
   */
  private unfinished?: readonly string[];

  /**
   * @param complain called once, when nothing can be written: the run goes on without a journal
   * @param isSavedAtOnce whether the engine names an object to others only when it has saved it
   */
  constructor(
    private readonly folder: string,
    private readonly clock: Pick<Clock, "now">,
    private readonly complain: (message: Text) => void,
    private readonly isSavedAtOnce = true,
  ) {}

  find(system: string, urn: string): Entry | undefined {
    this.systems.add(system);
    return noteIn(this.fileOf(system, urn));
  }

  write(system: string, urn: string, entry: Entry, stage: Stage, object?: string): void {
    const file = this.fileOf(system, urn);
    if (object !== undefined && isCreation(entry)) this.given.set(object, { system, urn, ...entry });
    // Nobody must make a key twice, and the machine may lose its power: its note goes to the disk at once. Objects are
    // found by their marks.
    const isAboutKey = entry.attempts.at(-1)?.name === undefined;
    this.note(file, { system, urn, ...entry }, stage === "attempted" && isAboutKey);
  }

  leftovers(system: string, stack: string): Leftover[] {
    this.unfinished ??= this.files().filter((file) => isUnfinishedCreation(noteIn(file)));
    return this.unfinished
      .flatMap((file) => noteIn(file) ?? [])
      .filter((note) => note.system === system && note.urn.startsWith(stack) && isUnfinishedCreation(note))
      .flatMap(({ urn, attempts }) =>
        attempts.flatMap(({ to, name }) => (name === undefined ? [] : [{ identity: urn, kind: to, name }])),
      );
  }

  deliver(objects: readonly string[]): void {
    if (!this.isSavedAtOnce) return;
    for (const object of objects) {
      const note = this.given.get(object);
      if (note !== undefined) this.note(this.fileOf(note.system, note.urn), { ...note, delivered: true }, false);
      this.given.delete(object);
    }
  }

  private note(file: string, note: Note, mustLast: boolean): void {
    const draft = `${file}.${process.pid}`;
    try {
      this.prepare();
      writeFileSync(draft, JSON.stringify(note), { mode: 0o600 });
      if (mustLast) flush(draft);
      renameSync(draft, file);
    } catch (error) {
      if (this.hasComplained) return;
      this.hasComplained = true;
      this.complain(
        ({ refreshAndApply }) =>
          `what this run does cannot be noted in ${this.folder} (${(error as Error).message}): should it be cut off, finish it with ${refreshAndApply}`,
      );
    }
  }

  private files(): string[] {
    try {
      return readdirSync(this.folder)
        .filter((name) => name.endsWith(".json"))
        .map((name) => join(this.folder, name));
    } catch {
      return [];
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

/** The folder in which a user's programs keep files that are neither configuration nor a cache. */
export function journalFolder(env: NodeJS.ProcessEnv, platform = process.platform): string {
  if (env.XDG_STATE_HOME) return join(env.XDG_STATE_HOME, "pulumi-ekm");
  if (platform === "win32" && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, "pulumi-ekm");
  return join(homedir(), ".local", "state", "pulumi-ekm");
}

/** The note in a file; `undefined` where somebody has damaged it. */
function noteIn(file: string): Note | undefined {
  try {
    const note = JSON.parse(readFileSync(file, "utf8")) as Note;
    return Array.isArray(note.attempts) ? note : undefined;
  } catch {
    return undefined;
  }
}

const isCreation = ({ before, receipt, attempts }: Entry): boolean =>
  before === null && receipt !== null && attempts.some(({ name }) => name !== undefined);

const isUnfinishedCreation = (note: Note | undefined): boolean =>
  note !== undefined && isCreation(note) && !note.delivered;

function flush(file: string): void {
  const descriptor = openSync(file, "r+");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const modified = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs;
