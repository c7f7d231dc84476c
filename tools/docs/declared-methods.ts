import * as ts from "typescript";
import { METHODS } from "../../provider/systems/element/api/methods";
import type { Method } from "../../provider/systems/element/api/types";
import { docComment, sourceFilesIn } from "../typescript/source-files";

/** Names as programs write them, such as `element.KeyServer`, with the API methods that their doc comments name. */
export type DeclaredMethods = ReadonlyMap<string, readonly Method[]>;

/** Reads the line "API methods: …" of every class and function of `sdk/element`. */
export const declaredMethods = (): DeclaredMethods => new Map(sourceFilesIn("sdk/element").flatMap(declarationsIn));

function declarationsIn({ fileName, statements }: ts.SourceFile): [string, Method[]][] {
  return statements.flatMap((statement) => {
    const name = nameOf(statement);
    const line = /API methods?:(.*?)(Errors:|$)/s.exec(docComment(statement))?.[1];
    return name === undefined || line === undefined ? [] : [[`element.${name}`, methodsIn(line, fileName)]];
  });
}

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement)) return statement.name?.text;
  if (!ts.isVariableStatement(statement)) return undefined;
  return statement.declarationList.declarations[0]?.name.getText();
}

function methodsIn(line: string, file: string): Method[] {
  return [...line.matchAll(/`(\w+)`/g)].map(([, name = ""]) => {
    if (!Object.hasOwn(METHODS, name)) throw new Error(`${file}: the API has no method ${name}`);
    return name as Method;
  });
}
