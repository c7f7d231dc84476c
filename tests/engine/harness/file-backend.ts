import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes the files beside states that an engine was killed in the middle of writing. A file backend replaces a state in
 * one step, but writes its content type (`….json.attrs`) in place, and reads no state whose content type is cut off.
 */
export function removeCutOffAttributes(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const file = join(folder, name);
    if (name.endsWith(".attrs") && !isWhole(file)) rmSync(file);
  }
}

function isWhole(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
