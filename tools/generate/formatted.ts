import { execFileSync } from "node:child_process";
import { projectRoot } from "../engine/paths";

/** The text of a file as the formatter leaves it. */
export const formatted = (path: string, text: string): string =>
  execFileSync("biome", ["check", "--write", `--stdin-file-path=${path}`], {
    cwd: projectRoot,
    input: text,
    encoding: "utf8",
  });
