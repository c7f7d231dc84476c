import { type KeyObject, randomBytes, sign, X509Certificate } from "node:crypto";
import { bits, encodeNull, encodeOid, encodeTime, explicit, positiveInteger, sequence } from "./der-writer";
import { signatureAlgorithmFor } from "./signature-algorithm";

export interface Validity {
  notBefore: Date;
  notAfter: Date;
}

/** Everything in a certificate but its serial number, which is random, and its signature. */
export interface CertificateTemplate {
  /** As encoded: what names the issuer must equal the issuer's own bytes. */
  issuer: Buffer;
  subject: Buffer;
  publicKey: KeyObject;
  validity: Validity;
  extensions: Buffer[];
}

const VERSION_3 = Buffer.from([2]);
const SERIAL_BYTES = 16;

/**
 * Signs a certificate.
 *
 * @throws KeyError when the issuer's key is of a kind that cannot sign here.
 */
export function issueCertificate(template: CertificateTemplate, issuerKey: KeyObject): X509Certificate {
  const { issuer, subject, publicKey, validity, extensions } = template;
  const { oid, digest, parameters } = signatureAlgorithmFor(issuerKey);
  const algorithm = sequence(encodeOid(oid), ...(parameters === "null" ? [encodeNull()] : []));
  const body = sequence(
    explicit(0, positiveInteger(VERSION_3)),
    positiveInteger(randomSerialNumber()),
    algorithm,
    issuer,
    sequence(encodeTime(validity.notBefore), encodeTime(validity.notAfter)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    explicit(3, sequence(...extensions)),
  );
  return new X509Certificate(sequence(body, algorithm, bits(sign(digest, body, issuerKey))));
}

/** Positive whatever a reader makes of the first bit, and never shorter than its sixteen bytes. */
function randomSerialNumber(): Buffer {
  const serial = randomBytes(SERIAL_BYTES);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}
