import { type KeyObject, randomBytes } from "node:crypto";
import * as forge from "node-forge";
import { nativeSigner } from "./native-signer";

export interface NewSelfSignedCertificate {
  subject: forge.pki.CertificateField[];
  notBefore: Date;
  notAfter: Date;
  /** As node-forge takes them. */
  extensions: object[];
}

/** A certificate that its own key has signed, with SHA-256; PEM. */
export function selfSignedCertificate(
  privateKey: KeyObject,
  { subject, notBefore, notAfter, extensions }: NewSelfSignedCertificate,
): string {
  const signer = nativeSigner(privateKey);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = signer.publicKey;
  // The first digit keeps the serial number positive and without leading zeros, as DER wants it.
  certificate.serialNumber = `1${randomBytes(16).toString("hex").slice(1)}`;
  certificate.validity.notBefore = notBefore;
  certificate.validity.notAfter = notAfter;
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([...extensions, { name: "subjectKeyIdentifier" }]);
  signer.signInto(certificate);
  return forge.pki.certificateToPem(certificate).replaceAll("\r\n", "\n");
}
