import { nameIn } from "../../provider/adapters/pulumi/resource-type";
import type { Argument, Description, Output } from "../../provider/core/resource/description";
import type { Kind } from "../../provider/core/resource/kinds";
import { docComment } from "./doc-comment";
import { outputsOf } from "./outputs";
import { aboutResource, inPulumi } from "./prose";

/** Where the TypeScript types of kinds come from that are not the language's own. */
const TYPES: Readonly<Record<string, string>> = {
  Subject: "../../provider/pki",
  CertificateDescription: "../../provider/pki",
  Duration: "../../provider/core/duration",
  KeyServerAddress: "../../provider/systems/vsphere/observed/servers",
  ProxyServer: "../../provider/systems/vsphere/observed/servers",
  KeyServerHealth: "../../provider/systems/vsphere/observed/key-providers",
  MembersAsInputs: "../members-as-inputs",
};

/** The class of a resource in the SDK for Node. */
export function classText(description: Description): string {
  const name = classNameOf(description.token);
  const body = [
    argumentsInterface(name, description),
    classDeclaration(name, description),
    shapeText(description),
  ].join("\n\n");
  return `// Made by "npm run generate" from the description of ${description.token} in provider/systems.\n${importsOf(body, name, description)}\n\n${body}\n`;
}

export const classNameOf = (token: string): string => nameIn(token).split(".").at(-1) ?? token;

function importsOf(body: string, own: string, description: Description): string {
  const code = body.replace(/\/\*\*.*?\*\//gs, "");
  const used = (name: string) => new RegExp(`\\b${name}\\b`).test(code);
  const byHand = ["wiring", "derived"].filter(used).join(", ");
  const others = referencesIn(description)
    .map(classNameOf)
    .filter((each) => each !== own);
  return [
    'import type * as pulumi from "@pulumi/pulumi";',
    ...Object.entries(TYPES)
      .filter(([type]) => used(type))
      .map(([type, from]) => `import type { ${type} } from "${from}";`),
    ...(used("given") ? ['import { given } from "../given";'] : []),
    `import { EkmResource, type Shape, typeOf${used("Wire") ? ", type Wire" : ""} } from "../resource";`,
    ...[...new Set(others)].map((each) => `import type { ${each} } from "./${fileNameOf(each)}";`),
    ...(byHand === "" ? [] : [`import { ${byHand} } from "./wiring";`]),
  ].join("\n");
}

/** Such as `key-server` for `KeyServer`. */
export const fileNameOf = (className: string): string =>
  className.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

const referencesIn = ({ arguments: given }: Description): string[] =>
  Object.values(given).flatMap(({ refersTo }) => [...(refersTo?.resources ?? [])]);

/** What is written by hand takes inputs from the resources that are arguments. */
const isWired = (description: Description): boolean =>
  description.wired !== undefined ||
  referencesIn(description).length > 0 ||
  // Whether a value is a secret is known to its class alone.
  description.kept?.secretTriggers !== undefined;

const derivedIn = ({ outputs }: Description): string[] =>
  Object.entries(outputs)
    .filter(([, { derived }]) => derived)
    .map(([name]) => name);

function argumentsInterface(name: string, description: Description): string {
  const members = argumentsOf(description).map(argumentText);
  return `/** Arguments of {@link ${name}}. */\nexport interface ${name}Args {\n${members.join("\n")}\n}`;
}

/** An argument of a class. */
interface ClassArgument extends Pick<Argument, "doc" | "optional"> {
  name: string;
  type: string;
  /** What leaving it out means. */
  usual?: string;
}

const argumentsOf = ({ arguments: given }: Description): ClassArgument[] =>
  Object.entries(given)
    .filter(([, { inferred }]) => !inferred)
    .flatMap(([property, argument]) => argumentsFor(property, argument));

/** A resource in place of a value is another type of the same argument, or an argument of its own. */
function argumentsFor(property: string, { kind, doc, optional, filled, usual, refersTo }: Argument): ClassArgument[] {
  const { resources = [], as = property, only, doc: docOfResource = doc } = refersTo ?? {};
  const value = { name: property, type: inputOf(kind), doc, optional, usual: usual ?? JSON.stringify(filled) };
  const classes = resources.map(classNameOf).join(" | ");
  if (only) return [{ ...value, name: as, type: classes }];
  if (as !== property) return [{ name: as, type: classes, doc: docOfResource, optional }, value];
  if (classes === "") return [value];
  // A list of outputs may be an output itself, and a list of resources may not.
  const { element } = kind;
  return [{ ...value, type: element ? `(${classes} | ${inputOf(element)})[]` : `${classes} | ${value.type}` }];
}

function argumentText({ name, type, doc, optional, usual }: ClassArgument): string {
  const tags = usual === undefined ? [] : [`@default ${inPulumi(usual)}`];
  return `${docComment(inPulumi(doc), 2, tags)}\n  ${name}${optional ? "?" : ""}: ${type};`;
}

/** As TypeScript writes the type of an argument, whose parts may be outputs of other resources. */
function inputOf({ typescript, schema, element, object }: Kind<unknown>): string {
  if (element === undefined && object !== undefined) return `pulumi.Input<MembersAsInputs<${typescript}>>`;
  if (element === undefined) return `pulumi.Input<${typescript}>`;
  const part = inputOf(element);
  return "items" in schema ? `pulumi.Input<${part}[]>` : `pulumi.Input<Record<string, ${part}>>`;
}

function classDeclaration(name: string, description: Description): string {
  const { token, arguments: given } = description;
  const isOptional = Object.values(given).every(({ optional }) => optional);
  const members = outputsOf(description).map(([property, output]) => outputText(property, output));
  const wired = isWired(description) ? `, wiring["${token}"] satisfies Wire<${name}Args>` : "";
  const derived = derivedIn(description).map(
    (property) => `\n    this.${property} = derived["${token}"].${property}(this, given(args));`,
  );
  return `${docComment(aboutResource(description), 0)}
export class ${name} extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("${token}");

${members.join("\n")}

  constructor(name: string, args: ${name}Args${isOptional ? " = {}" : ""}, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts${wired});${derived.join("")}
  }
}`;
}

function outputText(property: string, { kind, doc, optional, derived }: Output): string {
  const type = `pulumi.Output<${kind.typescript}${optional ? " | undefined" : ""}>`;
  return `${docComment(inPulumi(doc), 2)}\n  ${derived ? "" : "declare "}readonly ${property}: ${type};`;
}

function shapeText(description: Description): string {
  const { token, arguments: given, deletesFirst } = description;
  const names = argumentsOf(description).map(({ name }) => `${name}: true`);
  const secrets = namesWith(given, ({ secret }) => secret);
  const secretOutputs = namesWith(description.outputs, ({ secret }) => secret);
  const members = [
    `token: "${token}"`,
    `arguments: { ${names.join(", ")} }`,
    `properties: ${JSON.stringify(propertiesOf(description))}`,
    ...(secrets.length > 0 ? [`secrets: ${JSON.stringify(secrets)}`] : []),
    ...(secretOutputs.length > 0 ? [`secretOutputs: ${JSON.stringify(secretOutputs)}`] : []),
    ...(deletesFirst ? ["deletesFirst: true"] : []),
  ];
  return `const SHAPE: Shape = {\n${members.map((member) => `  ${member},`).join("\n")}\n};`;
}

const propertiesOf = ({ arguments: given, wired, foreseen, expected, outputs }: Description): string[] => [
  ...new Set([given, wired, foreseen, expected, outputs].flatMap((part) => namesWith(part ?? {}, isOfLifecycle))),
];

const isOfLifecycle = ({ hidden, derived }: Output): boolean => !hidden && !derived;

const namesWith = <P>(properties: Readonly<Record<string, P>>, has: (property: P) => boolean | undefined): string[] =>
  Object.entries(properties)
    .filter(([, property]) => has(property))
    .map(([name]) => name);
