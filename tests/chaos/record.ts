import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";

/** What became of one case. */
export interface Judgement {
  id: string;
  passed: boolean;
  seconds: number;
  /** Why it did not pass. */
  failure?: string;
}

/** What became of one cell. */
export interface Verdict extends Judgement {
  operation: string;
  facets: Readonly<globalThis.Record<string, string>>;
}

/** Verdicts in a file, so that a run that was cut off goes on where it was. */
export class Record<V extends Judgement = Verdict> {
  private readonly verdicts = new Map<string, V>();

  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    for (const verdict of readVerdicts<V>(file)) this.verdicts.set(verdict.id, verdict);
  }

  /** Failed ones are tried again. */
  hasPassed(id: string): boolean {
    return this.verdicts.get(id)?.passed ?? false;
  }

  add(verdict: V): void {
    this.verdicts.set(verdict.id, verdict);
    appendFileSync(this.file, `${JSON.stringify(verdict)}\n`);
  }

  of(ids: Set<string>): V[] {
    return [...this.verdicts.values()].filter(({ id }) => ids.has(id));
  }

  clear(): void {
    this.verdicts.clear();
    rmSync(this.file, { force: true });
  }
}

function readVerdicts<V>(file: string): V[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  // The last line may be half of one.
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
