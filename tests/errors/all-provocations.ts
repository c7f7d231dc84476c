import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Provocation, Provocations } from "../kit/provocation";

const TESTS = join(__dirname, "..");

const paths = readdirSync(TESTS)
  .map((folder) => join(TESTS, folder, "provocations"))
  .filter((path) => existsSync(`${path}.ts`) || existsSync(join(path, "index.ts")));

/** Codes of all errors that the folders of tests bring about, and how. */
export const ALL_PROVOCATIONS: readonly (readonly [code: string, Provocation])[] = paths.flatMap((path) =>
  Object.entries(jest.requireActual<{ provocations: Provocations }>(path).provocations),
);
