import type { Text } from "./words";

export type Severity = "announcement" | "info" | "warning";

/** One line about a resource, for whoever reads a plan. */
export interface Line {
  severity: Severity;
  text: Text;
}

/** What a run will do. A preview keeps the line; a run that does it replaces the line by what was done. */
export const announcement = (text: Text): Line => ({ severity: "announcement", text });

export const info = (text: Text): Line => ({ severity: "info", text });

export const warning = (text: Text): Line => ({ severity: "warning", text });

/** What a comparison has found. */
export interface Plan {
  /** Names of inputs and properties that differ, or are not known yet. Where there is none, there is nothing to do. */
  differing: string[];
  /** Inputs that cannot change in place. */
  replaces?: string[];
  /** No successor can stand beside what is replaced. */
  deletesFirst?: true;
  lines: Line[];
}

/** The names whose values are true. */
export const differences = (differs: Readonly<Record<string, boolean>>): string[] =>
  Object.keys(differs).filter((name) => differs[name]);
