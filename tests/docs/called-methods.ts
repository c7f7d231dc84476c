import { join } from "node:path";
import ts from "typescript";
import type { ResourceToken } from "../../provider/systems/registry";
import { APIS } from "../../tools/docs/apis";
import { projectRoot } from "../../tools/engine/paths";
import { programFrom } from "../../tools/typescript/sources";

const METHODS = new Set(APIS.flatMap(({ calls }) => Object.keys(calls)));
const PROVIDER = join(projectRoot, "provider");

export type CalledMethods = ReadonlyMap<ResourceToken, ReadonlySet<string>>;

/** What each resource's lifecycle may call on a cluster, read from the sources: all that can be reached from it. */
export function calledMethods(): CalledMethods {
  const registry = join(PROVIDER, "systems", "registry.ts");
  const program = programFrom(registry);
  const checker = program.getTypeChecker();
  const [catalogue] = topLevelObjects(program.getSourceFile(registry));
  if (catalogue === undefined) throw new Error(`${registry} has no catalogue`);
  return new Map(
    catalogue.properties.filter(ts.isPropertyAssignment).map(({ name, initializer }) => {
      const token = (name as ts.StringLiteral).text as ResourceToken;
      return [token, methodsWithin(initializer, checker)];
    }),
  );
}

const topLevelObjects = (source: ts.SourceFile | undefined): ts.ObjectLiteralExpression[] =>
  (source?.statements ?? [])
    .flatMap((statement) => (ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : []))
    .map(({ initializer }) => initializer && plain(initializer))
    .filter((initializer) => initializer !== undefined && ts.isObjectLiteralExpression(initializer));

/** Without the assertions around it. */
const plain = (expression: ts.Expression): ts.Expression =>
  ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression) ? plain(expression.expression) : expression;

/** Names of methods that stand as arguments of calls, in `root` and in whatever it refers to. */
function methodsWithin(root: ts.Node, checker: ts.TypeChecker): Set<string> {
  const methods = new Set<string>();
  const visited = new Set<ts.Node>();
  const visit = (node: ts.Node): void => {
    if (visited.has(node) || ts.isTypeNode(node)) return;
    visited.add(node);
    if (ts.isCallExpression(node)) {
      for (const argument of node.arguments.filter(ts.isStringLiteral)) {
        if (METHODS.has(argument.text)) methods.add(argument.text);
      }
    }
    if (ts.isIdentifier(node)) declarationsOf(node, checker).forEach(visit);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return methods;
}

/** Where what a name stands for is made, as far as that is in the provider's own code. */
function declarationsOf(name: ts.Identifier, checker: ts.TypeChecker): ts.Node[] {
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol === undefined) return [];
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.declarations ?? [])
    .flatMap(implementationsOf)
    .filter(
      (declaration) =>
        declaration.getSourceFile().fileName.startsWith(PROVIDER) &&
        (ts.isFunctionLike(declaration) || ts.isVariableDeclaration(declaration)),
    );
}

/** What does the work behind a method of an interface: those of the classes beside it that implement it. */
function implementationsOf(declaration: ts.Declaration): ts.Declaration[] {
  const { parent } = declaration;
  if (!ts.isMethodSignature(declaration) || !ts.isInterfaceDeclaration(parent)) return [declaration];
  return declaration
    .getSourceFile()
    .statements.filter(ts.isClassDeclaration)
    .filter(({ heritageClauses = [] }) =>
      heritageClauses.some(({ types }) => types.some(({ expression }) => expression.getText() === parent.name.text)),
    )
    .flatMap(({ members }) => members.filter(({ name }) => name?.getText() === declaration.name.getText()));
}
