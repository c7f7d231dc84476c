import type { ProgramText } from "./opening";
import type { Plan } from "./plan";

/** A language in which programs are written. */
export interface Language {
  /** As people call it. */
  title: string;
  /** npm packages that its projects need to find from their folder. */
  packages: readonly string[];
  /** The program and its project, by path. */
  files(plan: Plan, frame: ProgramText): [path: string, contents: string][];
}
