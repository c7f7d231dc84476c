import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { invalidArgument } from "../vcenter/errors";

/** @throws VCenterError when the text is no PEM of a certificate */
export function readCertificate(property: string, pem: string): X509Certificate {
  try {
    if (/^\s*-----BEGIN CERTIFICATE-----/.test(pem)) return new X509Certificate(pem.trim());
  } catch {
    // The text between the lines of a PEM need not be a certificate.
  }
  throw invalidArgument(property, "The certificate is not a valid X.509 certificate in PEM format.");
}

/** @throws VCenterError when the text is no PEM of a private key */
export function readPrivateKey(property: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw invalidArgument(property, "The private key is not a valid key in PEM format.");
  }
}

/** Whether two texts are the same certificate. */
export const isSameCertificate = (pem: string, other: X509Certificate): boolean =>
  new X509Certificate(pem).fingerprint256 === other.fingerprint256;
