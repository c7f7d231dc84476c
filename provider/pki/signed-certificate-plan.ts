import { isUnknown, UNKNOWN } from "../lifecycle";
import { describe, describeCertificates, describeKnown, inWords } from "./certificate";
import { readIssuer, validityOf } from "./issuer";
import { readCertificateRequest, sameCertificateRequests } from "./request";
import {
  DEFAULT_EARLY_RENEWAL_DAYS,
  DEFAULT_VALIDITY_DAYS,
  type Foreseen,
  type SignedCertificateInputs,
  type SignedCertificateOutputs,
} from "./signed-certificate-state";
import { addDays, endInWords, validityFrom } from "./validity";

/** What checked inputs tell of a certificate; each part is unknown as long as what it follows from is. */
export function foresee({ certificateSigningRequest, caCertificate, caPrivateKey }: SignedCertificateInputs): Foreseen {
  const request = isUnknown(certificateSigningRequest) ? undefined : readCertificateRequest(certificateSigningRequest);
  const isIssuerKnown = !isUnknown(caCertificate) && !isUnknown(caPrivateKey);
  return {
    subject: request?.subject ?? UNKNOWN,
    publicKeyFingerprint: request?.publicKeyFingerprint ?? UNKNOWN,
    issuer: isIssuerKnown ? describe(readIssuer(caCertificate, caPrivateKey).certificate).subject : UNKNOWN,
    caCertificateDescriptions: describeKnown(caCertificate, describeCertificates),
  };
}

export const renewalTime = (notAfter: string, { earlyRenewalDays }: SignedCertificateInputs): string =>
  addDays(new Date(notAfter), -(earlyRenewalDays ?? DEFAULT_EARLY_RENEWAL_DAYS)).toISOString();

/** Why a certificate gives way to a newly signed one, in words; `undefined` when it stays. */
export function signingReason(
  olds: SignedCertificateOutputs,
  news: SignedCertificateInputs,
  now: Date,
): string | undefined {
  if (!sameCertificateRequests(olds.certificateSigningRequest, news.certificateSigningRequest)) {
    return "the request is for another key or subject";
  }
  const { certificate: issuer } = readIssuer(news.caCertificate, news.caPrivateKey);
  const { certificate: before } = readIssuer(olds.caCertificate, olds.caPrivateKey);
  if (issuer.fingerprint256 !== before.fingerprint256) return "another authority's certificate signs";
  if (olds.validityDays !== news.validityDays) return `validityDays: ${olds.validityDays} → ${news.validityDays}`;
  // A certificate that already lasts as long as its authority gains nothing by being signed again.
  const isDue = now >= new Date(renewalTime(olds.notAfter, news)) && new Date(olds.notAfter) < issuer.validToDate;
  return isDue ? `it ${endInWords(new Date(olds.notAfter), now)}` : undefined;
}

/** What signing anew will bring about, in words. */
export function signingInWords(
  olds: SignedCertificateOutputs,
  news: SignedCertificateInputs,
  reason: string,
  now: Date,
): string {
  const { certificate: issuer } = readIssuer(news.caCertificate, news.caPrivateKey);
  const { notAfter } = validityFrom(now, news.validityDays ?? DEFAULT_VALIDITY_DAYS, validityOf(issuer));
  return `will sign a new certificate, which ends on ${notAfter.toISOString().slice(0, 10)}, in place of ${inWords(olds)}: ${reason}`;
}
