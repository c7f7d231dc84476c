import type { Argument, Description, Property } from "../../../provider/core/resource/description";
import type { Kind, ObjectKind, SchemaType } from "../../../provider/core/resource/kinds";
import { outputsOf } from "../outputs";
import { inPulumi } from "../prose";
import { joined, type Properties, type PropertySpec, type TypeSpec, type Types } from "./types";

/** Inputs of a resource: what a program gives, and what a class for Node takes from resources. */
export function inputsOf(description: Description, types: Types): Properties {
  const { arguments: given, wired = {} } = description;
  const shown = Object.entries(wired).filter(([, { hidden }]) => !hidden);
  return specsOf([...Object.entries(given), ...shown], description, types, (property) => ({
    ...defaultOf(property),
    ...(property.replaces ? { willReplaceOnChanges: true } : {}),
  }));
}

/** Outputs of a resource. A program in YAML cannot give one of an enumerated type to any argument: they are texts. */
export const outputsIn = (description: Description, types: Types): Properties =>
  specsOf(outputsOf(description), description, types, () => ({}), "texts");

/** How a kind is written that has a few texts. */
type Values = "enumerated" | "texts";

function specsOf<P extends Property>(
  entries: readonly (readonly [string, P])[],
  { token }: Description,
  types: Types,
  more: (property: P & Partial<Argument>) => object,
  values: Values = "enumerated",
): Properties {
  return {
    properties: Object.fromEntries(
      entries.map(([name, property]): [string, PropertySpec] => [
        name,
        {
          ...typeOf(property.kind, token, name, types, values),
          description: inPulumi(property.doc),
          ...((property as { secret?: true }).secret ? { secret: true } : {}),
          ...more(property),
        },
      ]),
    ),
    required: entries.filter(([, { optional }]) => !optional).map(([name]) => name),
  };
}

const defaultOf = ({ filled }: Partial<Argument>): object => (filled === undefined ? {} : { default: filled });

/** Enumerations are qualified by their resource: another one may have the same name for other values. */
function typeOf(kind: Kind<unknown>, token: string, property: string, types: Types, values: Values): TypeSpec {
  if (kind.values !== undefined && values === "enumerated") {
    const [module] = token.split(":");
    const name = kind.name === undefined ? joined(token, property) : `${module}:${kind.name}`;
    return types.enumeration(name, undefined, kind.values);
  }
  return kind.object === undefined ? kind.schema : withReference(kind.schema, objectType(kind.object, types));
}

/** Objects of certificates are of `pki`, whoever has one: else modules would import each other. */
function objectType({ name, doc, members }: ObjectKind<unknown>, types: Types): TypeSpec {
  const properties = Object.entries(members).map(([member, { kind, doc: description }]): [string, PropertySpec] => [
    member,
    { ...kind.schema, description },
  ]);
  const required = Object.keys(members).filter((member) => !members[member]?.optional);
  return types.object(`pki:${name}`, doc, { properties: Object.fromEntries(properties), required });
}

const withReference = (schema: SchemaType, reference: TypeSpec): TypeSpec =>
  "items" in schema ? { ...schema, items: withReference(schema.items, reference) } : reference;
