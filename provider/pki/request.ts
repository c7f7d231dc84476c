import { createPublicKey, type KeyObject } from "node:crypto";
import { EkmError } from "../core/errors";
import { bitString, type DerElement, DerTag, memberAt, members, readDer } from "./der";
import { type DistinguishedName, formatName, readName } from "./distinguished-name";
import { CertificateRequestError, CertificateRequestSignatureError, DerError, PemError } from "./errors";
import { foreignForm } from "./foreign-form";
import { decodeBase64, isBareBase64, readPem } from "./pem";
import { fingerprintOf } from "./public-key";
import { verifySignature } from "./signature-algorithm";
import { type Subject, subjectOf } from "./subject";

/** A PKCS#10 certificate signing request whose signature has been verified. */
export interface CertificateRequest {
  /** On one line, such as `CN=storage-1, O=Example`. */
  subject: string;
  /** The first value of each well-known field. */
  subjectFields: Subject;
  subjectName: DistinguishedName;
  /** The subject as it is encoded. */
  subjectDer: Buffer;
  publicKey: KeyObject;
  /** SHA-256 of SubjectPublicKeyInfo, lowercase hexadecimal. */
  publicKeyFingerprint: string;
}

/** PKCS#10 knows 0 alone; Element 11.7 writes 2. */
const VERSIONS = [0, 2];

/**
 * Reads a certificate signing request, with or without armour, and verifies that its key signed it.
 *
 * @throws CertificateRequestError when the text holds no such request; CertificateRequestSignatureError when the
 * signature is not that of the key; SignatureAlgorithmError when the signature cannot be verified here.
 */
export function readCertificateRequest(text: string): CertificateRequest {
  const { info, algorithm, signature, subject, subjectPublicKeyInfo } = parse(text);
  const publicKey = readPublicKey(subjectPublicKeyInfo);
  if (!verifySignature(algorithm, info.encoded, signature, publicKey)) {
    throw new CertificateRequestSignatureError("the certificate signing request was not signed by the key it carries");
  }
  const name = readSubject(subject);
  return {
    subject: formatName(name),
    subjectFields: subjectOf(name),
    subjectName: name,
    subjectDer: subject.encoded,
    publicKey,
    publicKeyFingerprint: fingerprintOf(publicKey),
  };
}

/**
 * Whether two requests ask for the same: subject and public key. Spelling, signature and armour make no difference. A
 * text that cannot be read equals only itself.
 */
export function sameCertificateRequests(a: string, b: string): boolean {
  if (a === b) return true;
  try {
    return meaning(readCertificateRequest(a)) === meaning(readCertificateRequest(b));
  } catch (error) {
    if (error instanceof EkmError) return false;
    throw error;
  }
}

const meaning = ({ publicKeyFingerprint, subjectName }: CertificateRequest): string =>
  JSON.stringify([publicKeyFingerprint, subjectName]);

function parse(text: string) {
  try {
    const request = members(readDer(requestDer(text)));
    const info = memberAt(request, 0, DerTag.Sequence);
    const fields = members(info);
    const version = memberAt(fields, 0, DerTag.Integer).contents;
    if (version.length !== 1 || !VERSIONS.includes(version.readUInt8())) {
      throw new CertificateRequestError(
        `version ${version.toString("hex")} of certificate signing requests is unknown`,
      );
    }
    return {
      info,
      algorithm: memberAt(request, 1, DerTag.Sequence),
      signature: bitString(memberAt(request, 2)),
      subject: memberAt(fields, 1, DerTag.Sequence),
      subjectPublicKeyInfo: memberAt(fields, 2, DerTag.Sequence),
    };
  } catch (cause) {
    throw malformed(cause);
  }
}

function requestDer(text: string): Buffer {
  if (isBareBase64(text)) return decodeBase64(text.replace(/\s/g, ""), "certificate signing request");
  const blocks = readPem(text);
  const [block] = blocks;
  if (block === undefined) {
    const form = foreignForm(text, "req");
    const what = form?.what ?? "holds no certificate signing request";
    throw new CertificateRequestError(`the text ${what}`, form);
  }
  if (!/^(NEW )?CERTIFICATE REQUEST$/.test(block.label)) {
    throw new CertificateRequestError(`the text holds a ${block.label}, not a certificate signing request`);
  }
  if (blocks.length > 1) throw new CertificateRequestError("the text holds more than a certificate signing request");
  return block.der;
}

function readSubject(subject: DerElement): DistinguishedName {
  try {
    return readName(subject);
  } catch (cause) {
    throw malformed(cause);
  }
}

function readPublicKey(subjectPublicKeyInfo: DerElement): KeyObject {
  try {
    return createPublicKey({ key: subjectPublicKeyInfo.encoded, format: "der", type: "spki" });
  } catch (cause) {
    throw new CertificateRequestError("the public key in the certificate signing request cannot be read", { cause });
  }
}

function malformed(cause: unknown): unknown {
  return cause instanceof PemError || cause instanceof DerError
    ? new CertificateRequestError(`the certificate signing request is malformed: ${cause.message}`, {
        cause,
        wayOut: cause instanceof PemError ? cause.ownWayOut : undefined,
      })
    : cause;
}
