import type { ProgramText } from "./opening";
import type { Plan } from "./plan";

/** What the engine reads of a project. Quoted: a name of digits would be a number. */
export const projectSettings = ({ name }: Plan, { projectDescription }: ProgramText, runtime: string): string =>
  `name: "${name}"\ndescription: ${projectDescription}\nruntime: ${runtime}\n`;
