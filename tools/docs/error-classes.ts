import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { projectRoot } from "../engine/paths";

/** An error that a user may be shown. */
export interface ErrorClass {
  code: string;
  /** The class's doc comment. */
  meaning: string;
}

/** Every class with a code in the sources. */
export const errorClasses = (): ErrorClass[] =>
  ["provider", "sdk", "cli"].flatMap((folder) => sourcesIn(join(projectRoot, folder))).flatMap(classesIn);

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => join(folder, file));

function classesIn(file: string): ErrorClass[] {
  const text = readFileSync(file, "utf8");
  if (!text.includes('code = "EKM_')) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  return source.statements.filter(ts.isClassDeclaration).flatMap((declaration) => {
    const code = codeOf(declaration);
    if (code === undefined) return [];
    const comments = ts.getJSDocCommentsAndTags(declaration).map(({ comment }) => ts.getTextOfJSDocComment(comment));
    return [{ code, meaning: comments.join(" ").replace(/\s+/g, " ") }];
  });
}

const codeOf = ({ members }: ts.ClassDeclaration): string | undefined =>
  members
    .filter(ts.isPropertyDeclaration)
    .filter(({ name }) => name.getText() === "code")
    .map(({ initializer }) => initializer)
    .find((initializer) => initializer !== undefined && ts.isStringLiteral(initializer))?.text;
