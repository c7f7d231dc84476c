import * as ts from "typescript";
import type { Method } from "../../provider/systems/element/api/types";
import { docComment, sourceFilesIn } from "../typescript/sources";
import { describedResources, methodOf } from "./described-methods";

/** Names as programs write them, such as `element.KeyServer`, with the API methods that they call. */
export type DeclaredMethods = ReadonlyMap<string, readonly Method[]>;

/** Of resources, by their descriptions; of look-ups, by the line "API methods: …" of their doc comments. */
export const declaredMethods = (): DeclaredMethods =>
  new Map([...describedResources(), ...sourceFilesIn("sdk/element").flatMap(lookupsIn)]);

function lookupsIn({ fileName, statements }: ts.SourceFile): [string, Method[]][] {
  return statements.flatMap((statement) => {
    const name = nameOf(statement);
    const line = /API methods?:(.*?)(Errors:|$)/s.exec(docComment(statement))?.[1];
    return name === undefined || line === undefined ? [] : [[`element.${name}`, methodsIn(line, fileName)]];
  });
}

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isFunctionDeclaration(statement)) return statement.name?.text;
  return ts.isVariableStatement(statement) ? statement.declarationList.declarations[0]?.name.getText() : undefined;
}

const methodsIn = (line: string, file: string): Method[] =>
  [...line.matchAll(/`(\w+)`/g)].map(([, name = ""]) => methodOf(name, file));
