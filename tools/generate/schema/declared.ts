import type { Argument } from "../../../provider/core/resource/description";
import { certificateDescription, subject } from "../../../provider/pki/kinds";
import { registry } from "../../../provider/systems/registry";
import type { Entry } from "../../docs/reference/entry";
import type { Property } from "../../docs/reference/properties";
import { joined, type Properties, type PropertySpec, type TypeSpec, type Types } from "./types";

/** What a provider instance is configured with, from its class in the SDK for Node. Connections hold passwords. */
export function configurationSchema(entries: readonly Entry[], types: Types): Properties {
  const provider = entries.find(({ kind }) => kind === "provider");
  if (provider === undefined) throw new Error("the SDK has no class of provider instances");
  const { properties, required } = specsOf(provider.inputs, "index:Provider", types);
  return {
    properties: Object.fromEntries(Object.entries(properties).map(([name, spec]) => [name, { ...spec, secret: true }])),
    required,
  };
}

/** A look-up, from the types of its function in the SDK for Node. */
export function functionSchema({ name, description, inputs, outputs }: Entry, types: Types): object {
  const owner = name.replace(".", ":");
  const given = specsOf(inputs, owner, types);
  return {
    description: inSchema(description),
    inputs: { type: "object", properties: given.properties, required: given.required },
    outputs: { type: "object", ...specsOf(outputs, joined(owner, "result"), types, ofOutput) },
  };
}

/** A component, from the types of its class in the SDK for Node. */
export function componentSchema({ name, description, inputs, outputs }: Entry, types: Types): object {
  const owner = name.replace(".", ":");
  const given = specsOf(inputs, owner, types, ofComponent);
  return {
    description: inSchema(description),
    isComponent: true,
    ...specsOf(outputs, owner, types, ofOutput),
    inputProperties: given.properties,
    requiredInputs: given.required,
  };
}

/** What a class says of itself, without what is of Node. */
const inSchema = (description: string): string =>
  description
    .split("\n\n")
    .filter((paragraph) => !paragraph.includes("pulumi-nodejs"))
    .join("\n\n")
    .replaceAll(/\{@link (\w+)\s*\}/g, "`$1`");

/** A function of Node, for which other languages have no value. */
const isFunction = ({ type }: Property): boolean => /^\(.*\) => /.test(type);

/** What a schema says of a property beyond its type. */
type Mark = (property: Property) => object;

const ofOutput: Mark = () => ({});

const confidential: Mark = ({ name }) => (CONFIDENTIAL.has(name) ? { secret: true } : {});

/** A class takes some arguments apart before any output is known. */
const ofComponent: Mark = (property) => ({ ...(property.isInput ? {} : { plain: true }), ...confidential(property) });

function specsOf(all: readonly Property[], owner: string, types: Types, mark: Mark = () => ({})): Properties {
  const declared = all.filter((property) => !isFunction(property));
  return {
    properties: Object.fromEntries(
      declared.map((property): [string, PropertySpec] => [
        property.name,
        {
          ...typeOf(property, property.type, owner, types, mark),
          description: inSchema(property.description),
          ...mark(property),
        },
      ]),
    ),
    required: declared.filter(({ optional, type }) => !optional && !NULL.test(type)).map(({ name }) => name),
  };
}

/** A schema has no value that is `null`: the property is absent. */
const NULL = / \| null$/;

/** Names of arguments of resources that must not be printed. */
const CONFIDENTIAL = new Set(
  Object.values(registry).flatMap(({ description }) =>
    Object.entries<Argument>(description.arguments).flatMap(([name, { confidential }]) => (confidential ? [name] : [])),
  ),
);

/** Classes of Node, as other languages give them. */
const TOKENS = Object.keys(registry);
const CLASSES = [...new Set(TOKENS.map((token) => token.split(":")[1] ?? ""))];
const RESOURCE = new RegExp(`^(?:\\w+\\.)?(${CLASSES.join("|")})\\b`);

/** The token of a class, of the module that names it where several have one of that name. */
function tokenOfClass(name: string, owner: string): string | undefined {
  const named = TOKENS.filter((token) => token.endsWith(`:${name}`));
  return named.find((token) => token.split(":")[0] === owner.split(":")[0]) ?? named[0];
}

function typeOf(property: Property, declared: string, owner: string, types: Types, mark: Mark): TypeSpec {
  const text = declared.replace(NULL, "");
  // A resource or its id: other languages give the id.
  if (/^\w+ \| string$/.test(text)) return { type: "string" };
  const element = /^\(?(.*?)\)?\[\]$/.exec(text)?.[1];
  if (element !== undefined) return { type: "array", items: typeOf(property, element, owner, types, mark) };
  const values = [...text.matchAll(/"([^"]*)"/g)].map(([, value = ""]) => value);
  // A program in YAML cannot give an output of an enumerated type to any argument.
  if (values.length > 0 && mark === ofOutput) return { type: "string" };
  if (values.length > 0) return types.enumeration(joined(owner, property.name), undefined, values);
  const named = /^Record<string, (.*)>$/.exec(text)?.[1];
  if (named !== undefined) return { type: "object", additionalProperties: typeOf(property, named, owner, types, mark) };
  if (property.members.length > 0) return objectType(property, owner, types, mark);
  const [, resource = ""] = RESOURCE.exec(text) ?? [];
  const token = tokenOfClass(resource, owner);
  if (token !== undefined) return { $ref: `#/resources/ekm:${token}` };
  if (text === "unknown") return { $ref: "pulumi.json#/Any" };
  const simple = { string: "string", Duration: "string", boolean: "boolean", number: "integer" }[text];
  if (simple === undefined) throw new Error(`${owner}.${property.name} has the type ${text}, which no schema has`);
  return { type: simple };
}

/** Those of certificates are described once, for resources and look-ups. */
const KNOWN = [subject, certificateDescription];

function objectType(property: Property, owner: string, types: Types, mark: Mark): TypeSpec {
  const names = property.members.map(({ name }) => name).sort();
  const known = KNOWN.find(({ members }) => Object.keys(members).sort().join() === names.join());
  if (known !== undefined) return { $ref: `#/types/ekm:pki:${known.name}` };
  return types.object(
    joined(owner, property.name),
    inSchema(property.description),
    specsOf(
      property.members,
      joined(owner, property.name),
      types,
      mark === ofComponent && property.isInput ? confidential : mark,
    ),
  );
}
