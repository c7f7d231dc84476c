import { readPem, writePem } from "../../../provider/pki";
import { type DerElement, DerTag, members, readDer } from "../../../provider/pki/der";

/** One DER value whose contents are taken as they are. */
export function value(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body), body]);
}

function lengthOf(body: Buffer): Buffer {
  if (body.length < 0x80) return Buffer.from([body.length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(body.length);
  const short = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([0x80 | short.length]), short]);
}

export const derOf = (pem: string): Buffer => readPem(pem)[0]?.der ?? Buffer.alloc(0);

export const certificatePem = (der: Buffer): string => writePem("CERTIFICATE", der);

/** The fields of a certificate of version 3 that can be replaced, in their order. */
export type Field =
  | "version"
  | "serialNumber"
  | "signature"
  | "issuer"
  | "validity"
  | "subject"
  | "publicKey"
  | "extensions";
const FIELDS: Field[] = [
  "version",
  "serialNumber",
  "signature",
  "issuer",
  "validity",
  "subject",
  "publicKey",
  "extensions",
];

/** A certificate with other fields, whose signature no longer fits: no reader of certificates looks at it. */
export function forged(pem: string, fields: Partial<Record<Field, Buffer>>): string {
  const [body, ...signature] = members(readDer(derOf(pem)));
  const kept = members(body as DerElement).map(({ encoded }, index) => fields[FIELDS[index] as Field] ?? encoded);
  return certificatePem(value(DerTag.Sequence, value(DerTag.Sequence, ...kept), ...signature.map((e) => e.encoded)));
}

export const integer = (hex: string): Buffer => value(DerTag.Integer, Buffer.from(hex, "hex"));

/** A validity whose times are written as given, well-formed or not. */
export const validity = (notBefore: string, notAfter: string): Buffer =>
  value(DerTag.Sequence, ...[notBefore, notAfter].map((time) => value(DerTag.UtcTime, Buffer.from(time))));

export const generalizedValidity = (notBefore: string, notAfter: string): Buffer =>
  value(DerTag.Sequence, ...[notBefore, notAfter].map((time) => value(DerTag.GeneralizedTime, Buffer.from(time))));

const COMMON_NAME = Buffer.from("0603550403", "hex");

export const commonName = (name: Buffer | string, tag: number = DerTag.Utf8String): Buffer =>
  value(
    DerTag.Sequence,
    value(
      DerTag.Set,
      value(DerTag.Sequence, COMMON_NAME, value(tag, typeof name === "string" ? Buffer.from(name) : name)),
    ),
  );

/** The first value of an encoding with a length that never ends, which BER allows and DER does not. */
export function withIndefiniteLength(der: Buffer): Buffer {
  const { tag, contents } = readDer(der);
  return Buffer.concat([Buffer.from([tag, 0x80]), contents, Buffer.from([0, 0])]);
}

/** The same with a length of more bytes than it needs. */
export function withLongLength(der: Buffer): Buffer {
  const { tag, contents } = readDer(der);
  const length = Buffer.alloc(5);
  length.writeUInt8(0x84);
  length.writeUInt32BE(contents.length, 1);
  return Buffer.concat([Buffer.from([tag]), length, contents]);
}
