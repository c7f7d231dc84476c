import * as ts from "typescript";
import { docComment, sourceFilesIn } from "../typescript/sources";
import { APIS, type Api, describedResources, methodOf } from "./apis";

/** Names as programs write them, such as `element.KeyServer`, with the API methods that they call. */
export type DeclaredMethods = ReadonlyMap<string, readonly string[]>;

/** Of resources, by their descriptions; of look-ups, by the line "API methods: …" of their doc comments. */
export const declaredMethods = (): DeclaredMethods => new Map([...describedResources(), ...APIS.flatMap(lookupsOf)]);

const lookupsOf = ({ module }: Api): [string, string[]][] =>
  sourceFilesIn(`sdk/${module}`).flatMap((file) => lookupsIn(module, file));

function lookupsIn(module: string, { fileName, statements }: ts.SourceFile): [string, string[]][] {
  return statements.flatMap((statement) => {
    const name = nameOf(statement);
    const line = /API methods?:(.*?)(Errors:|$)/s.exec(docComment(statement))?.[1];
    return name === undefined || line === undefined ? [] : [[`${module}.${name}`, methodsIn(module, line, fileName)]];
  });
}

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isFunctionDeclaration(statement)) return statement.name?.text;
  return ts.isVariableStatement(statement) ? statement.declarationList.declarations[0]?.name.getText() : undefined;
}

const methodsIn = (module: string, line: string, file: string): string[] =>
  [...line.matchAll(/`(\w+)`/g)].map(([, name = ""]) => methodOf(module, name, file));
