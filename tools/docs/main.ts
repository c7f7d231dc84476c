import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../engine/paths";
import { pages } from "./pages";

const docs = join(projectRoot, "docs");
// Nothing else is kept there: a page whose class is gone goes with it.
rmSync(join(docs, "reference"), { recursive: true, force: true });
for (const [path, content] of Object.entries(pages())) {
  mkdirSync(dirname(join(docs, path)), { recursive: true });
  writeFileSync(join(docs, path), content);
}
