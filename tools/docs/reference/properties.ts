import * as ts from "typescript";
import { projectRoot } from "../../engine/paths";

/** A member of an object that a program gives or gets. */
export interface Property {
  name: string;
  /** As a program writes it, without Pulumi's `Input` and `Output`. */
  type: string;
  optional: boolean;
  /** A program may give an output for it. */
  isInput: boolean;
  description: string;
  default?: string;
  /** Members of the object that it is, or that its elements are. */
  members: Property[];
}

/** The properties that a type has, in the order of their declaration. */
export function propertiesOf(type: ts.Type, checker: ts.TypeChecker): Property[] {
  return checker
    .getPropertiesOfType(type)
    .filter(isOurs)
    .map((symbol) => propertyOf(symbol, checker));
}

export function propertyOf(symbol: ts.Symbol, checker: ts.TypeChecker): Property {
  const node = typeNodeOf(symbol);
  const value = symbol.getJsDocTags(checker).find(({ name }) => name === "default")?.text;
  const { text, optional } = typeOf(node, checker);
  return {
    name: symbol.name,
    type: text,
    optional: optional || (symbol.flags & ts.SymbolFlags.Optional) !== 0,
    isInput: isInput(node),
    description: descriptionOf(symbol, checker),
    ...(value ? { default: ts.displayPartsToString(value) } : {}),
    members: membersOf(node, checker),
  };
}

export const descriptionOf = (symbol: ts.Symbol, checker: ts.TypeChecker): string =>
  ts.displayPartsToString(symbol.getDocumentationComment(checker));

const isOurs = ({ declarations = [] }: ts.Symbol): boolean =>
  declarations.some((declaration) => {
    const { fileName } = declaration.getSourceFile();
    return fileName.startsWith(projectRoot) && !fileName.includes("node_modules");
  });

function typeNodeOf({ name, declarations = [] }: ts.Symbol): ts.TypeNode {
  const [declaration] = declarations;
  const node =
    declaration && (ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration))
      ? declaration.type
      : undefined;
  if (node === undefined) throw new Error(`${name} declares no type`);
  return node;
}

/** Types that say how a value arrives, not what it is. */
const WRAPPERS = ["pulumi.Input", "pulumi.Output", "Promise", "pulumi.Unwrap", "Readonly", "MembersAsInputs"];

const isInput = (node: ts.TypeNode): boolean =>
  ts.isUnionTypeNode(node)
    ? node.types.some(isInput)
    : ts.isTypeReferenceNode(node) && node.typeName.getText() === "pulumi.Input";

/** The type inside `pulumi.Input<…>` and its like. */
export function unwrapped(node: ts.TypeNode): ts.TypeNode {
  if (!ts.isTypeReferenceNode(node) || !WRAPPERS.includes(node.typeName.getText())) return node;
  const [inner] = node.typeArguments ?? [];
  return inner === undefined ? node : unwrapped(inner);
}

function typeOf(wrapped: ts.TypeNode, checker: ts.TypeChecker): { text: string; optional: boolean } {
  const node = unwrapped(wrapped);
  if (ts.isUnionTypeNode(node)) {
    const types = node.types.map((each) => inUnion(typeOf(each, checker).text));
    const present = types.filter((text) => text !== "undefined");
    return { text: present.join(" | "), optional: present.length < types.length };
  }
  if (ts.isArrayTypeNode(node)) return { text: arrayOf(typeOf(node.elementType, checker).text), optional: false };
  if (ts.isTypeOperatorNode(node)) return typeOf(node.type, checker);
  if (ts.isTypeReferenceNode(node)) return { text: referenceText(node, checker), optional: false };
  if (ts.isTypeLiteralNode(node) || ts.isIntersectionTypeNode(node)) return { text: "object", optional: false };
  return { text: node.getText(), optional: false };
}

const inUnion = (text: string): string => (text.includes("=>") ? `(${text})` : text);

const arrayOf = (text: string): string => (text.includes(" ") ? `(${text})[]` : `${text}[]`);

/** The values of a type that is just a name for some, a function's own type; the name of any other. */
function referenceText(node: ts.TypeReferenceNode, checker: ts.TypeChecker): string {
  const name = node.typeName.getText();
  if (name === "Record") {
    const [, value] = node.typeArguments ?? [];
    return `Record<string, ${value === undefined ? "unknown" : typeOf(value, checker).text}>`;
  }
  const type = checker.getTypeFromTypeNode(node);
  if (type.isUnion() && type.types.every((each) => each.isLiteral())) {
    return type.types.map((each) => checker.typeToString(each)).join(" | ");
  }
  const [call] = type.getCallSignatures();
  if (call !== undefined) return call.declaration?.getText() ?? name;
  return node.getText();
}

function membersOf(wrapped: ts.TypeNode, checker: ts.TypeChecker): Property[] {
  const node = unwrapped(wrapped);
  if (ts.isUnionTypeNode(node)) return node.types.flatMap((each) => membersOf(each, checker));
  if (ts.isArrayTypeNode(node)) return membersOf(node.elementType, checker);
  if (ts.isTypeOperatorNode(node)) return membersOf(node.type, checker);
  if (ts.isTypeReferenceNode(node) && node.typeName.getText() === "Record") {
    return (node.typeArguments ?? []).flatMap((each) => membersOf(each, checker));
  }
  const type = checker.getTypeFromTypeNode(node);
  // A resource is named, not taken apart.
  return type.isClass() || type.getCallSignatures().length > 0 ? [] : propertiesOf(type, checker);
}
