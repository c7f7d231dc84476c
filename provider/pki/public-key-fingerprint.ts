import { createPublicKey, type KeyObject } from "node:crypto";
import { readCertificates } from "./certificate";
import { KeyError } from "./errors";
import { readPem } from "./pem";
import { fingerprintOf } from "./public-key";
import { readCertificateRequest } from "./request";

/**
 * The fingerprint of the public key in a PEM text: of a certificate (the first one), a certificate signing request, or
 * an unencrypted key, public or private.
 *
 * @throws KeyError when the text holds none of them; what reading the certificate or request throws.
 */
export function publicKeyFingerprint(pem: string): string {
  const label = readPem(pem)[0]?.label;
  if (label === "CERTIFICATE") return fingerprintOf(readCertificates(pem)[0].publicKey);
  if (label === undefined || label.endsWith("CERTIFICATE REQUEST")) {
    return readCertificateRequest(pem).publicKeyFingerprint;
  }
  return fingerprintOf(readPublicKey(pem));
}

function readPublicKey(pem: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch {
    // The cause is left out: what a parser says of a private key must not travel.
    throw new KeyError("the text holds no certificate, certificate signing request or unencrypted key");
  }
}
