import * as ts from "typescript";
import { type Description, propertiesIn } from "../../../provider/core/resource/description";
import type { Source } from "../sources";

/** Fewer names may stand together because a rule is about these. */
const A_LIST = 3;

const GENERATED = '// Made by "npm run generate"';

/** Lists and types of several names that are all properties of one resource, outside of descriptions. */
export function listedAgain(sources: readonly Source[], descriptions: readonly Description[]): string[] {
  const resources = descriptions.map((description) => ({
    token: description.token,
    names: new Set(Object.keys(propertiesIn(description))),
  }));
  return sources
    .filter(({ path, text }) => isAboutResources(path) && !text.startsWith(GENERATED))
    .flatMap(({ path, text }) =>
      listsIn(ts.createSourceFile(path, text, ts.ScriptTarget.ES2023)).flatMap((list) => {
        const resource = resources.find(({ names }) => list.every((name) => names.has(name)));
        return resource === undefined ? [] : [`${path} lists ${list.join(", ")} of ${resource.token}`];
      }),
    );
}

/** An API has names of its own, and so have the libraries below. */
const isAboutResources = (path: string): boolean =>
  /^(provider\/(core|adapters|systems)|sdk|cli|policy)\//.test(path) && !/\/(api\/.*|resource\.ts)$/.test(path);

/** The names in each list of texts, union of texts, and type of an object. */
function listsIn(source: ts.SourceFile): string[][] {
  const lists: string[][] = [];
  const visit = (node: ts.Node): void => {
    const names = namesListedIn(node);
    if (names !== undefined && names.length >= A_LIST) lists.push(names);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lists;
}

function namesListedIn(node: ts.Node): string[] | undefined {
  if (ts.isArrayLiteralExpression(node)) return textsOf(node.elements);
  if (ts.isUnionTypeNode(node))
    return textsOf(node.types.map((type) => (ts.isLiteralTypeNode(type) ? type.literal : type)));
  if (ts.isTypeLiteralNode(node) || ts.isInterfaceDeclaration(node)) {
    return node.members.flatMap(({ name }) => (name !== undefined && ts.isIdentifier(name) ? [name.text] : []));
  }
  return undefined;
}

/** `undefined` where anything else than a text is among them. */
const textsOf = (nodes: readonly ts.Node[]): string[] | undefined =>
  nodes.every(ts.isStringLiteral) ? nodes.map(({ text }) => text) : undefined;
