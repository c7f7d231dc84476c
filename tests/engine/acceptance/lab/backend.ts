import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Workspace } from "../../harness";

/** What the backend's files hold: state, and the history of its updates. */
export const writtenBy = ({ folder }: Workspace): string[] =>
  readdirSync(join(folder, ".pulumi", "state"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
