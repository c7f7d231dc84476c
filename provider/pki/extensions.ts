import { createHash, type KeyObject, type X509Certificate } from "node:crypto";
import { certificateParts } from "./certificate";
import { bitString, DerTag, memberAt, members, objectIdentifier, readDer } from "./der";
import { bits, encode, encodeOid, encodeTrue, octetString, sequence } from "./der-writer";

const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
const KEY_USAGE = "2.5.29.15";
const BASIC_CONSTRAINTS = "2.5.29.19";
const AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

/** Bytes of the KeyUsage bit string, and how many of the last bits do not count. */
const SIGNS_CERTIFICATES_AND_CRLS = [0b0000_0110, 1] as const;
const DIGITAL_SIGNATURE = [0b1000_0000, 7] as const;
const DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT = [0b1010_0000, 5] as const;

/** Extensions of an authority that signed itself. */
export function authorityExtensions(publicKey: KeyObject): Buffer[] {
  return [
    extension(BASIC_CONSTRAINTS, sequence(encodeTrue()), { critical: true }),
    keyUsage(SIGNS_CERTIFICATES_AND_CRLS),
    extension(SUBJECT_KEY_IDENTIFIER, octetString(keyIdentifier(publicKey))),
  ];
}

/** Extensions of a client's certificate under `issuer`. */
export function clientExtensions(publicKey: KeyObject, issuer: X509Certificate): Buffer[] {
  // RFC 5480 leaves encipherment to keys that can encrypt.
  const usage = publicKey.asymmetricKeyType === "rsa" ? DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT : DIGITAL_SIGNATURE;
  return [
    extension(BASIC_CONSTRAINTS, sequence(), { critical: true }),
    keyUsage(usage),
    extension(EXTENDED_KEY_USAGE, sequence(encodeOid(CLIENT_AUTHENTICATION))),
    extension(SUBJECT_KEY_IDENTIFIER, octetString(keyIdentifier(publicKey))),
    extension(AUTHORITY_KEY_IDENTIFIER, sequence(encode(0x80, issuerKeyIdentifier(issuer)))),
  ];
}

const extension = (oid: string, value: Buffer, { critical } = { critical: false }): Buffer =>
  sequence(encodeOid(oid), ...(critical ? [encodeTrue()] : []), octetString(value));

const keyUsage = ([byte, unusedBits]: readonly [number, number]): Buffer =>
  extension(KEY_USAGE, bits(Buffer.from([byte]), unusedBits), { critical: true });

/** The identifier that the issuer gave itself: authorities are free in how they derive it. */
function issuerKeyIdentifier(issuer: X509Certificate): Buffer {
  for (const candidate of certificateParts(issuer).extensions) {
    const parts = members(candidate);
    if (objectIdentifier(memberAt(parts, 0)) === SUBJECT_KEY_IDENTIFIER) {
      const value = memberAt(parts, parts.length - 1, DerTag.OctetString);
      return readDer(value.contents).contents;
    }
  }
  return keyIdentifier(issuer.publicKey);
}

/** SHA-1 of the bare public key: an identifier, not a protection (RFC 5280, 4.2.1.2). */
function keyIdentifier(publicKey: KeyObject): Buffer {
  const info = members(readDer(publicKey.export({ type: "spki", format: "der" })));
  return createHash("sha1")
    .update(bitString(memberAt(info, 1)))
    .digest();
}
