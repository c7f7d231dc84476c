import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../tools/engine/paths";

/** A folder from which programs find the package, its peer and the types of Node. */
export function programsFolder(): { path: string; remove(): void } {
  const parent = join(projectRoot, "tests", "engine", ".workspaces");
  mkdirSync(parent, { recursive: true });
  const path = mkdtempSync(join(parent, "programs-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** What the project's own formatter and linter would change in a folder's programs; empty when nothing. */
export function formattingComplaints(folder: string): string {
  const { formatter, linter, assist } = JSON.parse(readFileSync(join(projectRoot, "biome.json"), "utf8"));
  // A name may look like anything, and is neither a template nor a directive.
  linter.rules.suspicious = { noTemplateCurlyInString: "off", noTsIgnore: "off" };
  const json = { formatter: { enabled: false } };
  const settings = { root: true, files: { includes: ["**/*.ts"] }, formatter, linter, assist, json };
  writeFileSync(join(folder, "biome.json"), JSON.stringify(settings));
  return complaintsOf("@biomejs/biome/bin/biome", ["check", "--error-on-warnings"], folder);
}

/** What the compiler says of a folder's programs, under its strictest rules. */
export function compilerComplaints(folder: string): string {
  const compilerOptions = {
    target: "ES2022",
    module: "node16",
    moduleDetection: "force",
    strict: true,
    noUnusedLocals: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["**/*.ts"] }));
  return projectComplaints(folder);
}

/** What the compiler says of a folder under its own settings. */
export const projectComplaints = (folder: string): string =>
  complaintsOf("typescript/bin/tsc", ["--project", "."], folder);

function complaintsOf(tool: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [require.resolve(tool), ...args], {
    cwd,
    encoding: "utf8",
  });
  return status === 0 ? "" : `${stdout}${stderr}`;
}
