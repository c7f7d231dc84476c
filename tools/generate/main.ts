import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../engine/paths";
import { generatedFiles } from "./files";

const files = Object.entries(generatedFiles());
for (const [path, text] of files) writeFileSync(join(projectRoot, path), text);
execFileSync("biome", ["check", "--write", ...files.map(([path]) => path)], { cwd: projectRoot, stdio: "inherit" });
