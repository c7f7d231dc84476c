import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../engine/paths";
import { pages } from "./pages";

for (const [name, content] of Object.entries(pages())) writeFileSync(join(projectRoot, "docs", name), content);
