import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../engine/paths";
import { classFiles } from "./class-files";
import { pages, REFERENCE } from "./pages";
import { SCHEMA, schemaText } from "./schema/package";

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(projectRoot, path)), { recursive: true });
    writeFileSync(join(projectRoot, path), text);
  }
}

// Before the pages: they are made from the classes' doc comments.
write(classFiles());
const made = pages();
rmSync(join(projectRoot, REFERENCE), { recursive: true, force: true });
write(made);
writeFileSync(join(projectRoot, SCHEMA), schemaText());
