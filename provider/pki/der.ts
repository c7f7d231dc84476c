// node-forge writes DER here but cannot read it: it keeps no offsets, so no signed bytes, and its strict fromDer reads
// 30061e0141020100 (BMPString, INTEGER) as 1e014102 and 0100, 30800000 (BER) as 3000, and no arc of more than 53 bits.
import { DerError } from "./errors";

/** One value of a DER encoding. `encoded` keeps the bytes as they are, which is what signatures are made over. */
export interface DerElement {
  tag: number;
  contents: Buffer;
  encoded: Buffer;
}

export const DerTag = {
  Boolean: 0x01,
  Integer: 0x02,
  BitString: 0x03,
  OctetString: 0x04,
  Null: 0x05,
  ObjectIdentifier: 0x06,
  Utf8String: 0x0c,
  PrintableString: 0x13,
  Ia5String: 0x16,
  UtcTime: 0x17,
  GeneralizedTime: 0x18,
  BmpString: 0x1e,
  Sequence: 0x30,
  Set: 0x31,
} as const;

/** In bytes: several times what is in use, and little enough to reckon with whoever sent it. */
const LONGEST_IDENTIFIER = 256;

/** Reads the single value that `der` consists of. */
export function readDer(der: Buffer): DerElement {
  const element = readAt(der, 0);
  if (element.encoded.length !== der.length) throw new DerError("data follows the end of the DER value");
  return element;
}

/** The members of a SEQUENCE, a SET or an explicitly tagged value. */
export function members(element: DerElement): DerElement[] {
  if ((element.tag & 0x20) === 0) throw new DerError("a DER value that should have members has none");
  const found: DerElement[] = [];
  for (let offset = 0; offset < element.contents.length; ) {
    const member = readAt(element.contents, offset);
    found.push(member);
    offset += member.encoded.length;
  }
  return found;
}

/** The member at `index`, which must be there and, where given, have this tag. */
export function memberAt(list: DerElement[], index: number, tag?: number): DerElement {
  const member = list[index];
  if (member === undefined || (tag !== undefined && member.tag !== tag)) {
    throw new DerError(`member ${index + 1} of a DER value is missing or of another type`);
  }
  return member;
}

/** An OBJECT IDENTIFIER in dotted notation. */
export function objectIdentifier(element: DerElement): string {
  const { tag, contents } = element;
  if (tag !== DerTag.ObjectIdentifier || contents.length === 0 || ((contents.at(-1) ?? 0) & 0x80) !== 0) {
    throw new DerError("an object identifier is malformed");
  }
  if (contents.length > LONGEST_IDENTIFIER) throw new DerError("an object identifier is too long");
  // An arc below 2.25 is a UUID and has 128 bits, more than a number holds.
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const byte of contents) {
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if ((byte & 0x80) === 0) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  const [first = 0n, ...rest] = arcs;
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...rest].join(".");
}

/** The bytes of a BIT STRING, all of whose bits must be used. */
export function bitString(element: DerElement): Buffer {
  if (element.tag !== DerTag.BitString || element.contents[0] !== 0) throw new DerError("a bit string is malformed");
  return element.contents.subarray(1);
}

function readAt(der: Buffer, offset: number): DerElement {
  const tag = der[offset];
  const firstLength = der[offset + 1];
  if (tag === undefined || firstLength === undefined) throw new DerError("the DER value is cut short");
  if ((tag & 0x1f) === 0x1f) throw new DerError("the DER value has a tag of several bytes");
  let start = offset + 2;
  let length = firstLength;
  if (firstLength >= 0x80) {
    const size = firstLength & 0x7f;
    if (size === 0 || size > 4) throw new DerError("a length in the DER value is malformed");
    if (start + size > der.length) throw new DerError("the DER value is cut short");
    length = der.readUIntBE(start, size);
    start += size;
  }
  const end = start + length;
  if (end > der.length) throw new DerError("the DER value is cut short");
  return { tag, contents: der.subarray(start, end), encoded: der.subarray(offset, end) };
}
