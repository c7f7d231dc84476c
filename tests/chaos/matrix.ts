import type { Call } from "./calls";
import type { FinishableSite } from "./stack-site";

/** One point that is struck, and how it is finished. */
export interface Trial<S extends FinishableSite<string>> {
  id: string;
  operation: string;
  /** What its tables count by. */
  facets: Readonly<Record<string, string>>;
  /**
   * @returns facets that only the run can tell
   * @throws what is not as it must be
   */
  run(site: S): Promise<Readonly<Record<string, string>>>;
}

/** Points of one kind, by operation. */
export interface Matrix<S extends FinishableSite<string> = FinishableSite<string>> {
  /** The part of the page that it writes. */
  part: string;
  operations: readonly string[];
  /** Of its tables, one each: the columns. */
  facets: Readonly<Record<string, readonly string[]>>;
  /** Words of the page. */
  words: string;
  /** Makes a site and its start states. */
  open(): Promise<S>;
  /** Walks an operation without an interruption: its calls are the points to strike at, its end is what is wanted. */
  survey(site: S, operation: string): Promise<{ calls: readonly Call[]; trials: Trial<S>[] }>;
}
