import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { projectRoot } from "../engine/paths";

/** The sources below a folder of the project, in the order of their names, each by itself. */
export const sourceFilesIn = (folder: string): ts.SourceFile[] =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => join(projectRoot, folder, file))
    .map((file) => ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2023, true));

/** The text of a declaration's doc comments. */
export const docComment = (declaration: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(declaration)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join("\n");

/** A source of the project and all that it imports, with their types. */
export function programFrom(entry: string): ts.Program {
  const { config } = ts.readConfigFile(join(projectRoot, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, projectRoot);
  return ts.createProgram([entry], { ...options, noEmit: true });
}
