import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import * as ts from "typescript";
import { projectRoot } from "../../tools/engine/paths";

/** A file of the product, or of the tools around it. */
export interface Source {
  /** From the project's folder. */
  path: string;
  text: string;
  /** Paths of the sources that it imports, be it for a type alone. */
  imports: string[];
}

const FOLDERS = ["cli", "kmip", "policy", "provider", "sdk", "simulator", "tools"];

const paths = FOLDERS.flatMap((folder) =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file)),
).sort();
const known = new Set(paths);

export const sources: readonly Source[] = paths.map((path) => {
  const text = readFileSync(join(projectRoot, path), "utf8");
  const imports = ts.preProcessFile(text).importedFiles.flatMap(({ fileName }) => resolved(path, fileName));
  return { path, text, imports: [...new Set(imports)] };
});

/** Packages are left out: what they may be is not this house's matter. */
function resolved(from: string, specifier: string): string[] {
  if (!specifier.startsWith(".")) return [];
  const target = normalize(join(dirname(from), specifier));
  const found = [`${target}.ts`, join(target, "index.ts")].find((path) => known.has(path));
  if (found === undefined && !specifier.endsWith(".json"))
    throw new Error(`${from} imports ${specifier}, which is no source`);
  return found === undefined ? [] : [found];
}
