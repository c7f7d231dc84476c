import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { projectRoot } from "../../engine/paths";

/** The names of the examples that are programs. */
export const examplePrograms = (): string[] =>
  readdirSync(join(projectRoot, "examples"))
    .filter((name) => existsSync(join(projectRoot, "examples", name, "index.ts")))
    .sort();

/** The first statement of a program that makes an object of a class, with the comment right above it. */
export function declarationIn(program: string, className: string): string | undefined {
  const text = readFileSync(join(projectRoot, program), "utf8");
  const source = ts.createSourceFile(program, text, ts.ScriptTarget.ES2023, true);
  const made = firstIn(source, (node) => ts.isNewExpression(node) && node.expression.getText() === className);
  if (made === undefined) return undefined;
  const statement = ts.findAncestor(made, ts.isStatement) ?? source;
  const start = commentAbove(statement, text) ?? statement.getStart();
  const { character: indent } = source.getLineAndCharacterOfPosition(start);
  return text.slice(start, statement.end).replaceAll(`\n${" ".repeat(indent)}`, "\n");
}

function firstIn(node: ts.Node, matches: (node: ts.Node) => boolean): ts.Node | undefined {
  return matches(node) ? node : ts.forEachChild(node, (child) => firstIn(child, matches));
}

/** Where the comment begins that no empty line parts from a statement. */
function commentAbove(statement: ts.Node, text: string): number | undefined {
  const comment = ts.getLeadingCommentRanges(text, statement.pos)?.at(-1);
  return comment !== undefined && !text.slice(comment.end, statement.getStart()).includes("\n\n")
    ? comment.pos
    : undefined;
}
