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
