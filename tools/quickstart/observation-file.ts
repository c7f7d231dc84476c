import { writeFileSync } from "node:fs";
import { UsageError } from "./errors";
import type { Observations } from "./story";

/**
 * Where what was seen is kept as JSON, for a script.
 *
 * It has nothing of an earlier run from the moment that it is opened, so that a file that cannot be written is noticed before
 * the story begins.
 */
export class ObservationFile {
  private constructor(private readonly path: string) {}

  /** @throws UsageError when no file can be written there */
  static open(path: string): ObservationFile {
    const file = new ObservationFile(path);
    try {
      file.write({});
    } catch (error) {
      throw new UsageError(`--json ${path}: ${error instanceof Error ? error.message : error}`);
    }
    return file;
  }

  write(seen: Observations): void {
    writeFileSync(this.path, `${JSON.stringify(seen, null, 2)}\n`);
  }
}
