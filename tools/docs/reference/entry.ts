import * as ts from "typescript";
import { descriptionOf, type Property, propertiesOf, propertyOf, unwrapped } from "./properties";
import { fileOf, type Sources } from "./sources";

export type Kind = "resource" | "component" | "provider" | "look-up";

/** What a reference page tells of one class or function. */
export interface Entry {
  kind: Kind;
  /** As a program writes it: `element.KeyServer`. */
  name: string;
  /** From the project's folder. */
  file: string;
  description: string;
  /** The last paragraph of the doc comment: methods of the API, and the codes of errors. */
  apiMethods?: string;
  errors?: string;
  /** How a program calls it. */
  signature: string;
  inputs: Property[];
  outputs: Property[];
}

export const readEntries = (sources: Sources): Entry[] =>
  [...sources.exports]
    .flatMap(([name, symbol]) => {
      const [declaration] = symbol.declarations ?? [];
      if (declaration === undefined) return [];
      if (ts.isClassDeclaration(declaration)) return [classEntry(name, symbol, declaration, sources)];
      const lookup = functionOf(declaration);
      return lookup === undefined || !LOOK_UP.test(name) ? [] : [lookUpEntry(name, symbol, lookup, sources)];
    })
    .sort((one, other) => one.name.localeCompare(other.name, "en"));

/** A function of the SDK that looks at a system; its variant for outputs has no page of its own. */
const LOOK_UP = /\bget\w+(?<!Output)$/;

const KINDS: Readonly<Record<string, Kind>> = {
  EkmResource: "resource",
  "pulumi.ComponentResource": "component",
  "pulumi.ProviderResource": "provider",
};

function classEntry(name: string, symbol: ts.Symbol, node: ts.ClassDeclaration, { checker }: Sources): Entry {
  const base = node.heritageClauses?.[0]?.types[0]?.expression.getText() ?? "";
  const kind = KINDS[base];
  if (kind === undefined) throw new Error(`${name} extends ${base}`);
  const making = node.members.find(ts.isConstructorDeclaration);
  const [, args] = making?.parameters ?? [];
  if (making === undefined || args?.type === undefined) throw new Error(`${name} takes no arguments`);
  const parameters = making.parameters.map(parameterText).join(", ");
  return {
    kind,
    name,
    file: fileOf(symbol),
    ...proseOf(symbol, checker),
    signature: `new ${name}(${parameters})`,
    inputs: propertiesOf(checker.getTypeFromTypeNode(args.type), checker),
    outputs: node.members.filter(isOutput).map((member) => propertyOf(member.symbol, checker)),
  };
}

const isOutput = (member: ts.ClassElement): member is ts.PropertyDeclaration & { symbol: ts.Symbol } =>
  ts.isPropertyDeclaration(member) &&
  (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Static | ts.ModifierFlags.Private)) === 0;

type LookUp = ts.FunctionDeclaration | ts.ArrowFunction;

function functionOf(declaration: ts.Declaration): LookUp | undefined {
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return undefined;
  return ts.isArrowFunction(declaration.initializer) ? declaration.initializer : undefined;
}

function lookUpEntry(name: string, symbol: ts.Symbol, node: LookUp, { checker }: Sources): Entry {
  const [args] = node.parameters;
  if (args?.type === undefined || node.type === undefined) throw new Error(`${name} declares no types`);
  return {
    kind: "look-up",
    name,
    file: fileOf(symbol),
    ...proseOf(symbol, checker),
    signature: `${name}(${node.parameters.map(parameterText).join(", ")}): ${node.type.getText()}`,
    inputs: propertiesOf(checker.getTypeFromTypeNode(args.type), checker),
    outputs: propertiesOf(checker.getTypeFromTypeNode(unwrapped(node.type)), checker),
  };
}

/** `args?: Args` for one with a default: what the default is, is nothing to a caller. */
const parameterText = ({ name, questionToken, initializer, type }: ts.ParameterDeclaration): string =>
  `${name.getText()}${questionToken || initializer ? "?" : ""}: ${type?.getText() ?? "unknown"}`;

/** The doc comment, with its last paragraph taken apart. */
function proseOf(symbol: ts.Symbol, checker: ts.TypeChecker): Pick<Entry, "description" | "apiMethods" | "errors"> {
  const text = descriptionOf(symbol, checker);
  const [, description = text, apiMethods, errors] =
    /^(.*?)(?:\n\nAPI methods?: (.*?))?(?:\s*Errors: (.*))?$/s.exec(text) ?? [];
  return { description: description.trim(), ...(apiMethods ? { apiMethods } : {}), ...(errors ? { errors } : {}) };
}
