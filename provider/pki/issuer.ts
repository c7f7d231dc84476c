import { createPrivateKey, type KeyObject, type X509Certificate } from "node:crypto";
import { readCertificates, titleOf } from "./certificate";
import { IssuerError, KeyError } from "./errors";
import { fileNameForm } from "./foreign-form";
import type { Validity } from "./issue";
import { isUtf16, UTF16 } from "./pem";
import { beginsLater } from "./validity";

/** A certificate authority that can sign. */
export interface Issuer {
  certificate: X509Certificate;
  privateKey: KeyObject;
}

/**
 * Pairs an authority's key with its certificate: that of `caCertificate`, in whatever order a chain stands, that has
 * the key's public half.
 *
 * @throws KeyError when the key cannot be read; IssuerError when no certificate belongs to it, or that one is no
 * authority; what {@link readCertificates} throws.
 */
export function readIssuer(caCertificate: string, caPrivateKey: string): Issuer {
  const privateKey = readPrivateKey(caPrivateKey);
  const certificate = readCertificates(caCertificate).find((candidate) => candidate.checkPrivateKey(privateKey));
  if (certificate === undefined) throw new IssuerError("caPrivateKey is not the key of caCertificate");
  if (!certificate.ca) {
    const reason = "is no authority, or its key usage leaves out signing certificates";
    throw new IssuerError(`${titleOf(certificate)} ${reason}`);
  }
  return { certificate, privateKey };
}

/** @throws IssuerError when the authority's certificate is not valid at `now`, for all that clocks may differ. */
export function assertValidAt(certificate: X509Certificate, now: Date): void {
  const authority = titleOf(certificate);
  const { notBefore, notAfter } = validityOf(certificate);
  if (now > notAfter) {
    throw new IssuerError(`${authority} expired at ${notAfter.toISOString()} and can sign nothing: renew it first`);
  }
  if (beginsLater({ notBefore }, now)) {
    throw new IssuerError(`${authority} is not valid before ${notBefore.toISOString()}`);
  }
}

export const validityOf = ({ validFromDate, validToDate }: X509Certificate): Validity => ({
  notBefore: validFromDate,
  notAfter: validToDate,
});

function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // Without the cause: what a parser says of a private key must not travel.
    const form = isUtf16(pem) ? UTF16 : fileNameForm(pem);
    throw new KeyError(`the authority's key ${form?.what ?? "is no unencrypted private key in PEM"}`, form);
  }
}
