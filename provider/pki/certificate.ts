import { X509Certificate } from "node:crypto";
import { isUnknown, UNKNOWN } from "../core/unknown";
import { type DerElement, DerTag, memberAt, members, objectIdentifier, readDer } from "./der";
import { formatName, readName } from "./distinguished-name";
import { CertificateError, DerError, PemError } from "./errors";
import { foreignForm, isPkcs7, PKCS7 } from "./foreign-form";
import { readPem } from "./pem";

/** What a person reads of a certificate. */
export interface CertificateDescription {
  /** On one line, such as `CN=storage-1, O=Example`. */
  subject: string;
  /** As the subject. */
  issuer: string;
  /** Uppercase hexadecimal. */
  serialNumber: string;
  /** ISO 8601. */
  notBefore: string;
  /** ISO 8601. */
  notAfter: string;
  /** SHA-256 of the whole certificate: uppercase hexadecimal, pairs separated by colons. */
  fingerprint256: string;
}

/** The parts of a certificate that node:crypto does not hand out as they are encoded. */
export interface CertificateParts {
  signatureAlgorithm: DerElement;
  issuer: DerElement;
  subject: DerElement;
  subjectPublicKeyInfo: DerElement;
  /** Members of the extensions' sequence; empty when there are none. */
  extensions: DerElement[];
}

const EXTENSIONS_TAG = 0xa3;
const VERSION_TAG = 0xa0;

/**
 * The certificates of a PEM text, in order: at least one, and nothing but certificates.
 *
 * @throws PemError, or CertificateError when a block is no certificate.
 */
export function readCertificates(text: string): [X509Certificate, ...X509Certificate[]] {
  const [first, ...others] = readPem(text).map(({ label, der }) => {
    if (isPkcs7(der)) throw new CertificateError(`a ${label} block ${PKCS7.what}`, PKCS7);
    if (label !== "CERTIFICATE") throw new CertificateError(`the text holds a ${label}, not only certificates`);
    return readCertificateDer(der);
  });
  if (first !== undefined) return [first, ...others];
  const form = foreignForm(text, "x509");
  throw new CertificateError(form === undefined ? "the text holds no PEM block" : `the text ${form.what}`, form);
}

/** The first certificate of a PEM text, for a person to read. */
export function describeCertificate(pem: string): CertificateDescription {
  return describe(readCertificates(pem)[0]);
}

/** All certificates of a PEM text, in order. */
export const describeCertificates = (pem: string): CertificateDescription[] => readCertificates(pem).map(describe);

/** A description beside the PEM text itself, unknown as long as that is. */
export const describeKnown = <T>(pem: string, describe: (pem: string) => T): T =>
  isUnknown(pem) ? (UNKNOWN as T) : describe(pem);

export function describe(certificate: X509Certificate): CertificateDescription {
  const { issuer, subject } = certificateParts(certificate);
  return {
    subject: formatName(readName(subject)),
    issuer: formatName(readName(issuer)),
    serialNumber: certificate.serialNumber,
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    fingerprint256: certificate.fingerprint256,
  };
}

const LONGEST_TITLE = 200;

/** A certificate within a sentence: `certificate "CN=storage-1"`, cut where the name is longer than anyone reads. */
export const titleOf = (certificate: X509Certificate): string => `certificate ${titled(describe(certificate))}`;

/** What tells a certificate from its predecessor: `"CN=storage-1" (serial number 1F0A…, ends 2027-03-01T12:00:00.000Z)`. */
export const inWords = (description: CertificateDescription): string =>
  `${titled(description)} (serial number ${description.serialNumber}, ends ${description.notAfter})`;

function titled({ subject }: CertificateDescription): string {
  const characters = [...subject];
  return `"${characters.length > LONGEST_TITLE ? `${characters.slice(0, LONGEST_TITLE).join("")}…` : subject}"`;
}

/**
 * Whether two PEM texts hold the same set of certificates. Order, repetition, line endings and text around the blocks
 * make no difference. A text that cannot be read equals only itself.
 */
export function sameCertificates(a: string, b: string): boolean {
  if (a === b) return true;
  try {
    return fingerprintSet(a) === fingerprintSet(b);
  } catch (error) {
    if (error instanceof PemError || error instanceof CertificateError) return false;
    throw error;
  }
}

const fingerprintSet = (pem: string): string =>
  [...new Set(readCertificates(pem).map(({ fingerprint256 }) => fingerprint256))].sort().join();

export function certificateParts(certificate: X509Certificate): CertificateParts {
  const [body, signatureAlgorithm] = [0, 1].map((index) =>
    memberAt(members(readDer(certificate.raw)), index, DerTag.Sequence),
  ) as [DerElement, DerElement];
  const fields = members(body);
  const serial = fields[0]?.tag === VERSION_TAG ? 1 : 0;
  const extensions = fields.find(({ tag }) => tag === EXTENSIONS_TAG);
  return {
    signatureAlgorithm,
    issuer: memberAt(fields, serial + 2, DerTag.Sequence),
    subject: memberAt(fields, serial + 4, DerTag.Sequence),
    subjectPublicKeyInfo: memberAt(fields, serial + 5, DerTag.Sequence),
    extensions: extensions === undefined ? [] : members(memberAt(members(extensions), 0, DerTag.Sequence)),
  };
}

function readCertificateDer(der: Buffer): X509Certificate {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(der);
  } catch (cause) {
    throw new CertificateError("a CERTIFICATE block holds no X.509 certificate", { cause });
  }
  if (!certificate.raw.equals(der)) throw new CertificateError("data follows the end of a certificate");
  assertReadable(certificate);
  return certificate;
}

/** What OpenSSL says of a malformed date; Node's own Date of one is made of whatever its memory held. */
const BAD_TIME = "Bad time value";

/** OpenSSL takes dates and keys as they come, and says what is wrong with them only to whoever asks for them. */
function assertReadable(certificate: X509Certificate): void {
  const { validFrom, validTo, validFromDate, validToDate } = certificate;
  const isMalformed = [validFrom, validTo].includes(BAD_TIME);
  if (isMalformed || Number.isNaN(validFromDate.getTime()) || Number.isNaN(validToDate.getTime())) {
    throw new CertificateError("the dates of a certificate are malformed");
  }
  try {
    certificate.publicKey;
  } catch (cause) {
    throw new CertificateError("the public key of a certificate is malformed or of an unknown kind", { cause });
  }
  try {
    const { signatureAlgorithm, issuer, subject } = certificateParts(certificate);
    objectIdentifier(memberAt(members(signatureAlgorithm), 0));
    readName(issuer);
    readName(subject);
  } catch (cause) {
    if (cause instanceof DerError) throw new CertificateError(`a certificate is no DER: ${cause.message}`, { cause });
    throw cause;
  }
}
