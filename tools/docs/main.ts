import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "./checkout";
import { pages } from "./pages";

for (const [name, content] of Object.entries(pages())) writeFileSync(join(CHECKOUT, "docs", name), content);
