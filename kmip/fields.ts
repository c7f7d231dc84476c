import { MalformedMessageError } from "./errors";
import type { TtlvItem, TtlvType, TtlvValue } from "./ttlv";

export const structure = (tag: number, value: TtlvItem[]): TtlvItem => ({ tag, type: "Structure", value });
export const integer = (tag: number, value: number): TtlvItem => ({ tag, type: "Integer", value });
export const enumeration = (tag: number, value: number): TtlvItem => ({ tag, type: "Enumeration", value });
export const text = (tag: number, value: string): TtlvItem => ({ tag, type: "TextString", value });
export const bytes = (tag: number, value: Buffer): TtlvItem => ({ tag, type: "ByteString", value });
export const dateTime = (tag: number, value: Date): TtlvItem => ({ tag, type: "DateTime", value });

/** The value of `item`, which must be of `type`. */
export function typedValue<Type extends TtlvType>(item: TtlvItem, type: Type): TtlvValue<Type> {
  if (item.type !== type) {
    throw new MalformedMessageError(`item 0x${item.tag.toString(16)} is of type ${item.type}, not ${type}`);
  }
  return item.value as TtlvValue<Type>;
}

/** Every value with `tag` among `items`; each must be of `type`. */
export const all = <Type extends TtlvType>(items: TtlvItem[], tag: number, type: Type): TtlvValue<Type>[] =>
  items.filter((item) => item.tag === tag).map((item) => typedValue(item, type));

/** The only value with `tag` among `items`, if there is any. */
export function optional<Type extends TtlvType>(
  items: TtlvItem[],
  tag: number,
  type: Type,
): TtlvValue<Type> | undefined {
  const found = items.find((item) => item.tag === tag);
  return found && typedValue(found, type);
}

/** The only value with `tag` among `items`. */
export function required<Type extends TtlvType>(items: TtlvItem[], tag: number, type: Type): TtlvValue<Type> {
  const value = optional(items, tag, type);
  if (value === undefined) throw new MalformedMessageError(`item 0x${tag.toString(16)} is missing`);
  return value;
}
