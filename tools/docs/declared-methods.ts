import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { METHODS } from "../../provider/element/api/methods";
import type { Method } from "../../provider/element/api/types";
import { projectRoot } from "../engine/paths";

/** Names as programs write them, such as `element.KeyServer`, with the API methods that their doc comments name. */
export type DeclaredMethods = ReadonlyMap<string, readonly Method[]>;

/** Reads the line "API methods: …" of every class and function of `sdk/element`. */
export function declaredMethods(): DeclaredMethods {
  const folder = join(projectRoot, "sdk", "element");
  const declared = readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .flatMap((file) => declarationsIn(join(folder, file)));
  return new Map(declared);
}

function declarationsIn(file: string): [string, Method[]][] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2023, true);
  return source.statements.flatMap((statement) => {
    const name = nameOf(statement);
    const line = /API methods?:(.*?)(Errors:|$)/s.exec(docComment(statement))?.[1];
    return name === undefined || line === undefined ? [] : [[`element.${name}`, methodsIn(line, file)]];
  });
}

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement)) return statement.name?.text;
  if (!ts.isVariableStatement(statement)) return undefined;
  return statement.declarationList.declarations[0]?.name.getText();
}

const docComment = (statement: ts.Statement): string =>
  ts
    .getJSDocCommentsAndTags(statement)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join("\n");

function methodsIn(line: string, file: string): Method[] {
  return [...line.matchAll(/`(\w+)`/g)].map(([, name = ""]) => {
    if (!Object.hasOwn(METHODS, name)) throw new Error(`${file}: the API has no method ${name}`);
    return name as Method;
  });
}
