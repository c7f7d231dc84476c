import { CryptographicAlgorithm, NameType, nameIn, ObjectType, State, type StateName } from "./enums";
import { enumeration, integer, optional, required, structure, text, typedValue } from "./fields";
import { Tag } from "./tags";
import type { TtlvItem } from "./ttlv";

/** An attribute as the wire carries it up to KMIP 1.4: named by text, its value in an item of the type it has. */
export interface Attribute {
  name: string;
  /** Tells several values of one name apart. Absent means 0. */
  index?: number;
  value: TtlvItem;
}

/** Names that a client may give any meaning start so. */
export const CUSTOM_PREFIX = "x-";

/** What a key server tells of a managed object. */
export interface KmipAttributes {
  names: string[];
  state?: StateName | string;
  objectType?: string;
  /** Such as `AES`. */
  algorithm?: string;
  /** Bits. */
  length?: number;
  dates: KmipDates;
  /** Text attributes whose names start with `x-`. */
  customAttributes: Record<string, string>;
}

export interface KmipDates {
  initial?: Date;
  activation?: Date;
  deactivation?: Date;
  compromise?: Date;
  lastChange?: Date;
}

export const DATE_ATTRIBUTES: Record<keyof KmipDates, string> = {
  initial: "Initial Date",
  activation: "Activation Date",
  deactivation: "Deactivation Date",
  compromise: "Compromise Date",
  lastChange: "Last Change Date",
};

export const enumerationAttribute = (name: string, value: number): Attribute => ({
  name,
  value: enumeration(Tag.AttributeValue, value),
});

export const integerAttribute = (name: string, value: number): Attribute => ({
  name,
  value: integer(Tag.AttributeValue, value),
});

export const textAttribute = (name: string, value: string): Attribute => ({
  name,
  value: text(Tag.AttributeValue, value),
});

export const dateAttribute = (name: string, value: Date): Attribute => ({
  name,
  value: { tag: Tag.AttributeValue, type: "DateTime", value },
});

export const nameAttribute = (value: string, index?: number): Attribute => ({
  name: "Name",
  index,
  value: structure(Tag.AttributeValue, [
    text(Tag.NameValue, value),
    enumeration(Tag.NameType, NameType.UninterpretedTextString),
  ]),
});

export function encodeAttribute({ name, index, value }: Attribute): TtlvItem {
  return structure(Tag.Attribute, [
    text(Tag.AttributeName, name),
    ...(index === undefined ? [] : [integer(Tag.AttributeIndex, index)]),
    value,
  ]);
}

export function decodeAttributes(items: TtlvItem[]): Attribute[] {
  return items
    .filter((item) => item.tag === Tag.Attribute)
    .map((item) => {
      const fields = typedValue(item, "Structure");
      const value = fields.find((field) => field.tag === Tag.AttributeValue);
      return {
        name: required(fields, Tag.AttributeName, "TextString"),
        index: optional(fields, Tag.AttributeIndex, "Integer"),
        // Get Attributes may tell that an attribute exists without saying its value.
        value: value ?? structure(Tag.AttributeValue, []),
      };
    });
}

/** The text of a Name attribute. */
export const nameValueOf = (attribute: Attribute): string =>
  required(typedValue(attribute.value, "Structure"), Tag.NameValue, "TextString");

/** What a client makes of the attributes a server sent; those it does not know are left out. */
export function summarise(attributes: Attribute[]): KmipAttributes {
  const summary: KmipAttributes = { names: [], dates: {}, customAttributes: {} };
  for (const attribute of attributes) {
    const { name, value } = attribute;
    const date = (Object.keys(DATE_ATTRIBUTES) as (keyof KmipDates)[]).find((key) => DATE_ATTRIBUTES[key] === name);
    if (date) summary.dates[date] = typedValue(value, "DateTime");
    else if (name === "Name") summary.names.push(nameValueOf(attribute));
    else if (name === "State") summary.state = nameIn(State, typedValue(value, "Enumeration"));
    else if (name === "Object Type") summary.objectType = nameIn(ObjectType, typedValue(value, "Enumeration"));
    else if (name === "Cryptographic Length") summary.length = typedValue(value, "Integer");
    else if (name === "Cryptographic Algorithm") {
      summary.algorithm = nameIn(CryptographicAlgorithm, typedValue(value, "Enumeration"));
    } else if (name.startsWith(CUSTOM_PREFIX) && value.type === "TextString") {
      summary.customAttributes[name] = value.value;
    }
  }
  return summary;
}
