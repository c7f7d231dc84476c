import { escaped } from "./xml";

/** What vSphere's types can say. A member that is undefined is left out. */
export type Value = string | number | boolean | Date | ManagedObjectReference | Structure | List | Any | undefined;

export class ManagedObjectReference {
  constructor(
    readonly type: string,
    readonly value: string,
  ) {}
}

/** A data object, its members in the order of its type. */
export class Structure {
  constructor(
    /** As the XML schema names it. */
    readonly type: string,
    readonly members: Readonly<Record<string, Value>>,
  ) {}
}

/** Repeated elements; where the type must be told, an `ArrayOf…`. */
export class List {
  constructor(
    /** Of its items. */
    readonly type: string,
    readonly items: readonly Value[],
  ) {}
}

/** A value whose type the schema leaves open: it says its own. */
export class Any {
  constructor(readonly told: Value) {}
}

/** The text of an element with a value. */
export function element(name: string, value: Value): string {
  if (value === undefined) return "";
  if (value instanceof Any) return typedElement(name, value.told);
  if (value instanceof List) return value.items.map((item) => element(name, item)).join("");
  if (value instanceof ManagedObjectReference) return `<${name} type="${value.type}">${contentOf(value)}</${name}>`;
  return `<${name}>${contentOf(value)}</${name}>`;
}

function typedElement(name: string, value: Value): string {
  if (value === undefined || value instanceof Any) return element(name, value);
  const reference = value instanceof ManagedObjectReference ? ` type="${value.type}"` : "";
  return `<${name}${reference} xsi:type="${typeOf(value)}">${contentOf(value)}</${name}>`;
}

type Told = Exclude<Value, Any | undefined>;

function contentOf(value: Told): string {
  if (value instanceof Structure) return membersOf(value);
  if (value instanceof List) return value.items.map((item) => element(value.type, item)).join("");
  if (value instanceof ManagedObjectReference) return escaped(value.value);
  return escaped(value instanceof Date ? value.toISOString() : `${value}`);
}

/** The members of a data object, without an element of its own. */
export const membersOf = ({ members }: Structure): string =>
  Object.entries(members)
    .map(([name, member]) => element(name, member))
    .join("");

function typeOf(value: Told): string {
  if (value instanceof Structure) return value.type;
  if (value instanceof List) return `ArrayOf${value.type.replace(/^./, (letter) => letter.toUpperCase())}`;
  if (value instanceof ManagedObjectReference) return "ManagedObjectReference";
  if (value instanceof Date) return "xsd:dateTime";
  if (typeof value === "number") return "xsd:int";
  return typeof value === "boolean" ? "xsd:boolean" : "xsd:string";
}
