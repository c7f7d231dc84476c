import type { Text } from "./words";

export type Severity = "announcement" | "info" | "warning";

/** What a lifecycle says of a resource to whoever reads a plan. */
export interface Line {
  severity: Severity;
  text: Text;
}

/** What a run will do: kept in a preview. Where it is done, it gives way to what was done. */
export const announcement = (text: Text): Line => ({ severity: "announcement", text });

export const info = (text: Text): Line => ({ severity: "info", text });

export const warning = (text: Text): Line => ({ severity: "warning", text });

/** What a comparison has found. */
export interface Plan {
  /** Names of the inputs and properties that differ, or that nobody knows yet. None: there is nothing to do. */
  differing: string[];
  /** Inputs that cannot change in place. */
  replaces?: string[];
  lines: Line[];
}

/** The names whose values are true. */
export const differences = (differs: Readonly<Record<string, boolean>>): string[] =>
  Object.keys(differs).filter((name) => differs[name]);
