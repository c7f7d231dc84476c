import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ExplainedError } from "../../provider/core/errors";
import type { ProjectFiles } from "./project";

/** The program cannot be written to the folder. */
export class OutputFolderError extends ExplainedError {
  readonly code = "EKM_OUTPUT_FOLDER";
}

/** @throws OutputFolderError when there is something that could be overwritten */
export function assertVacant(folder: string): void {
  const [first] = entriesOf(folder);
  if (first !== undefined) throw unusable(folder, `it is not empty: it has ${first}`);
}

/**
 * Writes a project to a folder that does not exist or is empty.
 *
 * @throws OutputFolderError
 */
export function writeProject(folder: string, files: ProjectFiles): void {
  assertVacant(folder);
  try {
    for (const [path, contents] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), contents, { flag: "wx" });
    }
  } catch (error) {
    throw unusable(folder, (error as Error).message);
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw unusable(folder, message);
  }
}

const unusable = (folder: string, reason: string) =>
  new OutputFolderError({
    attempt: `writing the program to ${folder}`,
    reason,
    wayOut: "give another folder with --out: nothing is overwritten",
  });
