import type { asn1 } from "node-forge";
import { DerTag } from "./der";

/**
 * Encodes one DER value from contents that are encoded already. Only contents of a primitive value tagged 2 or 30, of
 * whatever class, change on the way: node-forge shortens the former as an INTEGER and takes the latter for UTF-16.
 */
export function encode(tag: number, ...contents: Buffer[]): Buffer {
  const forge = loadAsn1();
  const value = forge.create(tag & 0xc0, tag & 0x3f, false, Buffer.concat(contents).toString("latin1"));
  return Buffer.from(forge.toDer(value).getBytes(), "latin1");
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

/** A positive INTEGER from its big-endian bytes. */
export const positiveInteger = (bytes: Buffer): Buffer => encode(DerTag.Integer, Buffer.from([0]), bytes);

/** An OBJECT IDENTIFIER from its dotted notation, whose arcs have at most 32 bits. */
export const encodeOid = (oid: string): Buffer =>
  encode(DerTag.ObjectIdentifier, Buffer.from(loadAsn1().oidToDer(oid).getBytes(), "latin1"));

/** A time of X.509, which has seconds and no fraction: UTCTime to the end of 2049, GeneralizedTime after it. */
export const encodeTime = (time: Date): Buffer =>
  time.getUTCFullYear() < 2050
    ? encode(DerTag.UtcTime, Buffer.from(loadAsn1().dateToUtcTime(time)))
    : encode(DerTag.GeneralizedTime, Buffer.from(loadAsn1().dateToGeneralizedTime(time)));

/** Loaded when first needed, and without the rest of node-forge, which takes several times as long. */
const loadAsn1 = (): typeof asn1 => require("node-forge/lib/asn1");
