import fc from "fast-check";
import { decodeTtlv, encodeTtlv, MalformedMessageError, type TtlvItem } from "../../kmip";

/** Bytes from hexadecimal with `|` between tag, type, length and value, as the standard prints them. */
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/[|\s]/g, ""), "hex");

const compromiseDate = 0x420020;

/** The examples of KMIP 1.4, section 9.1.2. */
const examples: [string, TtlvItem, string][] = [
  [
    "an integer",
    { tag: compromiseDate, type: "Integer", value: 8 },
    "42 00 20 | 02 | 00 00 00 04 | 00 00 00 08 00 00 00 00",
  ],
  [
    "a long integer",
    { tag: compromiseDate, type: "LongInteger", value: 123456789000000000n },
    "42 00 20 | 03 | 00 00 00 08 | 01 B6 9B 4B A5 74 92 00",
  ],
  [
    "a big integer",
    { tag: compromiseDate, type: "BigInteger", value: 1234567890000000000000000000n },
    "42 00 20 | 04 | 00 00 00 10 | 00 00 00 00 03 FD 35 EB 6B C2 DF 46 18 08 00 00",
  ],
  [
    "an enumeration",
    { tag: compromiseDate, type: "Enumeration", value: 255 },
    "42 00 20 | 05 | 00 00 00 04 | 00 00 00 FF 00 00 00 00",
  ],
  [
    "a boolean",
    { tag: compromiseDate, type: "Boolean", value: true },
    "42 00 20 | 06 | 00 00 00 08 | 00 00 00 00 00 00 00 01",
  ],
  [
    "a text string",
    { tag: compromiseDate, type: "TextString", value: "Hello World" },
    "42 00 20 | 07 | 00 00 00 0B | 48 65 6C 6C 6F 20 57 6F 72 6C 64 00 00 00 00 00",
  ],
  [
    "a byte string",
    { tag: compromiseDate, type: "ByteString", value: Buffer.from([1, 2, 3]) },
    "42 00 20 | 08 | 00 00 00 03 | 01 02 03 00 00 00 00 00",
  ],
  [
    "a date",
    { tag: compromiseDate, type: "DateTime", value: new Date("2008-03-14T11:56:40Z") },
    "42 00 20 | 09 | 00 00 00 08 | 00 00 00 00 47 DA 67 F8",
  ],
  [
    "an interval",
    { tag: compromiseDate, type: "Interval", value: 864000 },
    "42 00 20 | 0A | 00 00 00 04 | 00 0D 2F 00 00 00 00 00",
  ],
  [
    "a structure",
    {
      tag: compromiseDate,
      type: "Structure",
      value: [
        { tag: 0x420004, type: "Enumeration", value: 254 },
        { tag: 0x420005, type: "Integer", value: 255 },
      ],
    },
    `42 00 20 | 01 | 00 00 00 20 |
       42 00 04 | 05 | 00 00 00 04 | 00 00 00 FE 00 00 00 00 |
       42 00 05 | 02 | 00 00 00 04 | 00 00 00 FF 00 00 00 00`,
  ],
];

describe("the standard's examples", () => {
  it.each(examples)("encodes %s", (_, item, bytes) => {
    expect(encodeTtlv(item).toString("hex")).toBe(hex(bytes).toString("hex"));
  });

  it.each(examples)("decodes %s", (_, item, bytes) => {
    expect(decodeTtlv(hex(bytes))).toEqual(item);
  });
});

describe("bytes that are not TTLV", () => {
  it.each([
    ["nothing", ""],
    ["half a header", "42 00 20 | 02 | 00 00"],
    ["a value that is cut off", "42 00 20 | 02 | 00 00 00 04 | 00 00"],
    ["missing padding", "42 00 20 | 02 | 00 00 00 04 | 00 00 00 08"],
    ["padding other than zero", "42 00 20 | 02 | 00 00 00 04 | 00 00 00 08 00 00 00 01"],
    ["bytes after the item", "42 00 20 | 02 | 00 00 00 04 | 00 00 00 08 00 00 00 00 | 00"],
    ["type 0", "42 00 20 | 00 | 00 00 00 00"],
    ["a type beyond the standard's", "42 00 20 | 0B | 00 00 00 00"],
    ["an integer of eight bytes", "42 00 20 | 02 | 00 00 00 08 | 00 00 00 00 00 00 00 08"],
    ["a boolean of 2", "42 00 20 | 06 | 00 00 00 08 | 00 00 00 00 00 00 00 02"],
    ["a big integer of no bytes", "42 00 20 | 04 | 00 00 00 00"],
    ["a big integer of four bytes", "42 00 20 | 04 | 00 00 00 04 | 00 00 00 01 00 00 00 00"],
    ["text that is not UTF-8", "42 00 20 | 07 | 00 00 00 01 | FF 00 00 00 00 00 00 00"],
    ["a date beyond all calendars", "42 00 20 | 09 | 00 00 00 08 | 7F FF FF FF FF FF FF FF"],
    ["a length of four gigabytes", "42 00 20 | 08 | FF FF FF FF | 00 00 00 00 00 00 00 00"],
    ["an item longer than its structure", "42 00 20 | 01 | 00 00 00 08 | 42 00 04 | 07 | 00 00 00 08"],
  ])("refuses %s", (_, bytes) => {
    expect(() => decodeTtlv(hex(bytes))).toThrow(MalformedMessageError);
  });

  it("refuses nesting that would exhaust the stack", () => {
    let nested: Buffer = Buffer.alloc(0);
    for (let depth = 0; depth < 10_000; depth += 1) {
      const header = Buffer.from([0x42, 0x00, 0x20, 0x01, 0, 0, 0, 0]);
      header.writeUInt32BE(nested.length, 4);
      nested = Buffer.concat([header, nested]);
    }
    expect(() => decodeTtlv(nested)).toThrow("nested deeper");
  });
});

const tag = fc.integer({ min: 0, max: 0xffffff });
const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const wholeSeconds = fc.integer({ min: -8.64e12, max: 8.64e12 }).map((seconds) => new Date(seconds * 1000));

const { item: anyItem } = fc.letrec<{ item: TtlvItem }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 5 },
    fc.record({ tag, type: fc.constant("Integer" as const), value: fc.integer() }),
    fc.record({
      tag,
      type: fc.constant("LongInteger" as const),
      value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    }),
    fc.record({
      tag,
      type: fc.constant("BigInteger" as const),
      value: fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
    }),
    fc.record({ tag, type: fc.constant("Enumeration" as const), value: uint32 }),
    fc.record({ tag, type: fc.constant("Boolean" as const), value: fc.boolean() }),
    fc.record({ tag, type: fc.constant("TextString" as const), value: fc.string({ unit: "grapheme" }) }),
    fc.record({
      tag,
      type: fc.constant("ByteString" as const),
      value: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    }),
    fc.record({ tag, type: fc.constant("DateTime" as const), value: wholeSeconds }),
    fc.record({ tag, type: fc.constant("Interval" as const), value: uint32 }),
    fc.record({ tag, type: fc.constant("Structure" as const), value: fc.array(tie("item"), { maxLength: 4 }) }),
  ),
}));

describe("any item", () => {
  it("decodes to what was encoded", () => {
    fc.assert(fc.property(anyItem, (item) => expect(decodeTtlv(encodeTtlv(item))).toEqual(item)));
  });

  it("takes whole blocks of eight bytes", () => {
    fc.assert(fc.property(anyItem, (item) => encodeTtlv(item).length % 8 === 0));
  });

  it("keeps big integers at the edges of a block", () => {
    for (const value of [2n ** 63n - 1n, 2n ** 63n, -(2n ** 63n), -(2n ** 63n) - 1n, 0n, -1n]) {
      const item: TtlvItem = { tag: compromiseDate, type: "BigInteger", value };
      expect(decodeTtlv(encodeTtlv(item))).toEqual(item);
    }
  });

  it("with a byte changed either is refused or is another item that encodes to the same bytes", () => {
    fc.assert(
      fc.property(anyItem, fc.nat(), fc.integer({ min: 0, max: 255 }), (item, position, byte) => {
        const bytes = encodeTtlv(item);
        bytes[position % bytes.length] = byte;
        let decoded: TtlvItem;
        try {
          decoded = decodeTtlv(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedMessageError);
          return;
        }
        // Big integers may be written longer than they need to be.
        if (!JSON.stringify(decoded, (_, value) => (typeof value === "bigint" ? "" : value)).includes("BigInteger")) {
          expect(encodeTtlv(decoded).equals(bytes)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
