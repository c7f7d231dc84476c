import { MalformedMessageError } from "./errors";

/** One tag-type-length-value item of the binary encoding (KMIP 1.4, section 9.1). */
export type TtlvItem =
  | { tag: number; type: "Structure"; value: TtlvItem[] }
  | { tag: number; type: "Integer"; value: number }
  | { tag: number; type: "LongInteger"; value: bigint }
  | { tag: number; type: "BigInteger"; value: bigint }
  | { tag: number; type: "Enumeration"; value: number }
  | { tag: number; type: "Boolean"; value: boolean }
  | { tag: number; type: "TextString"; value: string }
  | { tag: number; type: "ByteString"; value: Buffer }
  /** Whole seconds: the encoding has no fractions. */
  | { tag: number; type: "DateTime"; value: Date }
  /** Seconds. */
  | { tag: number; type: "Interval"; value: number };

export type TtlvType = TtlvItem["type"];
export type TtlvValue<Type extends TtlvType> = Extract<TtlvItem, { type: Type }>["value"];

/** Bytes of tag, type and length together. */
export const HEADER_BYTES = 8;

/** No message of the standard nests deeper than about ten. */
const MAX_DEPTH = 32;

const TYPE_CODES: Record<TtlvType, number> = {
  Structure: 0x01,
  Integer: 0x02,
  LongInteger: 0x03,
  BigInteger: 0x04,
  Enumeration: 0x05,
  Boolean: 0x06,
  TextString: 0x07,
  ByteString: 0x08,
  DateTime: 0x09,
  Interval: 0x0a,
};

const TYPES_BY_CODE = new Map(Object.entries(TYPE_CODES).map(([type, code]) => [code, type as TtlvType]));

const FIXED_LENGTHS: Partial<Record<TtlvType, number>> = {
  Integer: 4,
  LongInteger: 8,
  Enumeration: 4,
  Boolean: 8,
  DateTime: 8,
  Interval: 4,
};

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Encodes one item with everything inside it. Throws RangeError for a value that its type cannot hold. */
export function encodeTtlv(item: TtlvItem): Buffer {
  const value = encodeValue(item);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUIntBE(item.tag, 0, 3);
  header.writeUInt8(TYPE_CODES[item.type], 3);
  header.writeUInt32BE(value.length, 4);
  return Buffer.concat([header, value, Buffer.alloc(paddingOf(value.length))]);
}

/**
 * Decodes exactly one item that fills `bytes`.
 *
 * Strict: wrong lengths, padding other than zero, unknown types, invalid UTF-8 and deep nesting all throw
 * {@link MalformedMessageError}, so that whatever decodes also encodes to the same bytes.
 */
export function decodeTtlv(bytes: Buffer): TtlvItem {
  const { item, end } = decodeItem(bytes, 0, bytes.length, 0);
  if (end !== bytes.length) throw new MalformedMessageError(`${bytes.length - end} bytes follow the item`);
  return item;
}

function encodeValue(item: TtlvItem): Buffer {
  switch (item.type) {
    case "Structure":
      return Buffer.concat(item.value.map(encodeTtlv));
    case "Integer": {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(item.value);
      return bytes;
    }
    case "Enumeration":
    case "Interval": {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(item.value);
      return bytes;
    }
    case "LongInteger":
      return encodeInt64(item.value);
    case "DateTime":
      return encodeInt64(BigInt(Math.floor(item.value.getTime() / 1000)));
    case "Boolean":
      return encodeInt64(item.value ? 1n : 0n);
    case "BigInteger":
      return encodeBigInteger(item.value);
    case "TextString":
      return Buffer.from(item.value, "utf8");
    case "ByteString":
      return item.value;
  }
}

function encodeInt64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

/** Two's complement, sign-extended to a multiple of eight bytes. */
function encodeBigInteger(value: bigint): Buffer {
  const magnitudeBits = (value < 0n ? -value - 1n : value).toString(16).length * 4;
  const length = Math.ceil((magnitudeBits + 1) / 64) * 8;
  const hex = BigInt.asUintN(length * 8, value).toString(16);
  return Buffer.from(hex.padStart(length * 2, "0"), "hex");
}

function decodeBigInteger(bytes: Buffer): bigint {
  if (bytes.length === 0 || bytes.length % 8 !== 0) {
    throw new MalformedMessageError(`a big integer of ${bytes.length} bytes`);
  }
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString("hex")}`));
}

function decodeItem(bytes: Buffer, start: number, limit: number, depth: number): { item: TtlvItem; end: number } {
  if (depth > MAX_DEPTH) throw new MalformedMessageError(`nested deeper than ${MAX_DEPTH}`);
  const valueStart = start + HEADER_BYTES;
  if (valueStart > limit) throw new MalformedMessageError("truncated within an item's header");
  const tag = bytes.readUIntBE(start, 3);
  const type = TYPES_BY_CODE.get(bytes.readUInt8(start + 3));
  const length = bytes.readUInt32BE(start + 4);
  const valueEnd = valueStart + length;
  const end = valueEnd + paddingOf(length);
  if (type === undefined) throw new MalformedMessageError(`unknown item type in ${describeTag(tag)}`);
  if (end > limit) throw new MalformedMessageError(`${describeTag(tag)} is longer than what holds it`);
  const fixed = FIXED_LENGTHS[type];
  if (fixed !== undefined && fixed !== length) {
    throw new MalformedMessageError(`${describeTag(tag)}: ${type} of ${length} bytes`);
  }
  if (bytes.subarray(valueEnd, end).some((byte) => byte !== 0)) {
    throw new MalformedMessageError(`${describeTag(tag)}: padding is not zero`);
  }
  if (type === "Structure") {
    return { item: { tag, type, value: decodeItems(bytes, valueStart, valueEnd, depth + 1) }, end };
  }
  return { item: decodePrimitive(tag, type, bytes.subarray(valueStart, valueEnd)), end };
}

function decodeItems(bytes: Buffer, start: number, limit: number, depth: number): TtlvItem[] {
  const items: TtlvItem[] = [];
  let position = start;
  while (position < limit) {
    const { item, end } = decodeItem(bytes, position, limit, depth);
    items.push(item);
    position = end;
  }
  return items;
}

function decodePrimitive(tag: number, type: Exclude<TtlvType, "Structure">, value: Buffer): TtlvItem {
  switch (type) {
    case "Integer":
      return { tag, type, value: value.readInt32BE() };
    case "Enumeration":
    case "Interval":
      return { tag, type, value: value.readUInt32BE() };
    case "LongInteger":
      return { tag, type, value: value.readBigInt64BE() };
    case "DateTime":
      return { tag, type, value: decodeDate(tag, value) };
    case "Boolean":
      return { tag, type, value: decodeBoolean(tag, value) };
    case "BigInteger":
      return { tag, type, value: decodeBigInteger(value) };
    case "TextString":
      return { tag, type, value: decodeText(tag, value) };
    case "ByteString":
      // A copy: a small key must not keep the whole message it came in alive.
      return { tag, type, value: Buffer.from(value) };
  }
}

function decodeDate(tag: number, value: Buffer): Date {
  const date = new Date(Number(value.readBigInt64BE()) * 1000);
  if (Number.isNaN(date.getTime())) throw new MalformedMessageError(`${describeTag(tag)}: date out of range`);
  return date;
}

function decodeBoolean(tag: number, value: Buffer): boolean {
  const number = value.readBigUInt64BE();
  if (number > 1n) throw new MalformedMessageError(`${describeTag(tag)}: boolean is neither 0 nor 1`);
  return number === 1n;
}

function decodeText(tag: number, value: Buffer): string {
  try {
    return utf8.decode(value);
  } catch (cause) {
    throw new MalformedMessageError(`${describeTag(tag)}: text is not UTF-8`, { cause });
  }
}

/** Values are padded with zeros to a multiple of eight bytes; the length field does not count them. */
const paddingOf = (length: number): number => (8 - (length % 8)) % 8;

const describeTag = (tag: number): string => `item 0x${tag.toString(16).padStart(6, "0")}`;
