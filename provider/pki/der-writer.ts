import { DerTag } from "./der";

/** Encodes one DER value. */
export function encode(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), encodeLength(body.length), body]);
}

export const sequence = (...contents: Buffer[]): Buffer => encode(DerTag.Sequence, ...contents);

/** A member that a schema tags explicitly with `[number]`. */
export const explicit = (number: number, content: Buffer): Buffer => encode(0xa0 | number, content);

export const octetString = (content: Buffer): Buffer => encode(DerTag.OctetString, content);

/** A BIT STRING whose last byte has `unusedBits` bits that do not count. */
export const bits = (content: Buffer, unusedBits = 0): Buffer =>
  encode(DerTag.BitString, Buffer.from([unusedBits]), content);

export const encodeTrue = (): Buffer => encode(DerTag.Boolean, Buffer.from([0xff]));

export const encodeNull = (): Buffer => encode(DerTag.Null);

/** A positive INTEGER from its big-endian bytes, of which the first must not be zero. */
export const positiveInteger = (bytes: Buffer): Buffer =>
  encode(DerTag.Integer, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);

/** An OBJECT IDENTIFIER from its dotted notation. */
export function encodeOid(oid: string): Buffer {
  const [first = 0, second = 0, ...rest] = oid.split(".").map(Number);
  return encode(DerTag.ObjectIdentifier, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** A time of X.509, which has seconds and no fraction: UTCTime to the end of 2049, GeneralizedTime after it. */
export function encodeTime(time: Date): Buffer {
  const digits = `${time.toISOString().replace(/\.\d+Z$|[-:T]/g, "")}Z`;
  return time.getUTCFullYear() < 2050
    ? encode(DerTag.UtcTime, Buffer.from(digits.slice(2)))
    : encode(DerTag.GeneralizedTime, Buffer.from(digits));
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

function base128(arc: number): number[] {
  const bytes = [arc & 0x7f];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}
