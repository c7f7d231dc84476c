import type { ProgramText } from "./opening";
import type { Plan } from "./plan";

/** A language in which programs are written. */
export interface Language {
  /** The commands that install, from a project's folder, what is not there yet. */
  install(folder: string): string[];
  /** The program and its project, by path. */
  files(plan: Plan, frame: ProgramText): [path: string, contents: string][];
}
