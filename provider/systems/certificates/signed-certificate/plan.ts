import type { X509Certificate } from "node:crypto";
import { changedTriggers } from "../../../core/triggers";
import { isUnknown, UNKNOWN } from "../../../core/unknown";
import { describe, describeCertificates, describeKnown, inWords, readCertificates } from "../../../pki/certificate";
import { issuersOf } from "../../../pki/chain";
import type { Validity } from "../../../pki/issue";
import { type Issuer, readIssuer, validityOf } from "../../../pki/issuer";
import { writePem } from "../../../pki/pem";
import { sameCertificateRequests } from "../../../pki/request";
import { addDays, endInWords, validityFrom } from "../../../pki/validity";
import type { SigningFindings } from "./check";
import type { Foreseen, SignedCertificateInputs, SignedCertificateOutputs } from "./resource";

/** What checked inputs tell of a certificate; each part is unknown as long as what it follows from is. */
export const foresee = (
  { caCertificate }: SignedCertificateInputs,
  { request, issuer }: Pick<SigningFindings, "request" | "issuer">,
): Foreseen => ({
  subject: request?.subject ?? UNKNOWN,
  publicKeyFingerprint: request?.publicKeyFingerprint ?? UNKNOWN,
  issuer: issuer === undefined ? UNKNOWN : describe(issuer.certificate).subject,
  caCertificateDescriptions: describeKnown(caCertificate, describeCertificates),
});

export const renewalTime = (notAfter: string, { earlyRenewalDays }: SignedCertificateInputs): string =>
  addDays(new Date(notAfter), -earlyRenewalDays).toISOString();

/** A certificate that already lasts as long as its authority gains nothing by being signed again. */
export const isRenewalDue = (
  { notAfter }: SignedCertificateOutputs,
  inputs: SignedCertificateInputs,
  now: Date,
): boolean =>
  now >= new Date(renewalTime(notAfter, inputs)) &&
  new Date(notAfter) < readIssuer(inputs.caCertificate, inputs.caPrivateKey).certificate.validToDate;

/** Why a certificate gives way to a newly signed one. */
export interface SigningReason {
  differing: keyof SignedCertificateInputs;
  words: string;
}

/** `undefined` when it stays. */
export function signingReason(
  olds: SignedCertificateOutputs,
  news: SignedCertificateInputs,
  now: Date,
): SigningReason | undefined {
  if (!sameCertificateRequests(olds.certificateSigningRequest, news.certificateSigningRequest)) {
    return { differing: "certificateSigningRequest", words: "the request is for another key or subject" };
  }
  const { certificate: issuer } = readIssuer(news.caCertificate, news.caPrivateKey);
  const { certificate: before } = readIssuer(olds.caCertificate, olds.caPrivateKey);
  if (issuer.fingerprint256 !== before.fingerprint256) {
    return { differing: "caCertificate", words: "another authority's certificate signs" };
  }
  const asked = changedTriggers(olds.renewalTriggers, news.renewalTriggers);
  if (asked.length > 0) {
    // Their values may be secrets.
    return { differing: "renewalTriggers", words: `renewalTriggers: ${asked.map(({ name }) => name).join(", ")}` };
  }
  if (olds.validityDays !== news.validityDays) {
    return { differing: "validityDays", words: `validityDays: ${olds.validityDays} → ${news.validityDays}` };
  }
  if (!isRenewalDue(olds, news, now)) return undefined;
  return { differing: "renewalDue", words: `it ${endInWords(new Date(olds.notAfter), now)}` };
}

/** Says of another window for the renewal what it does, which is nothing yet; `undefined` where it is the same. */
export function windowInWords(
  { earlyRenewalDays: before }: Partial<SignedCertificateInputs>,
  { earlyRenewalDays: after }: SignedCertificateInputs,
): string | undefined {
  if (before === undefined || before === after || isUnknown(after)) return undefined;
  return `earlyRenewalDays: ${before} → ${after}: moves the day of the next renewal, and changes nothing else`;
}

/** A certificate as it is given out: the authorities of `caCertificate` that issued it follow it, where they are to. */
export function withIssuers(
  certificate: X509Certificate,
  { caCertificate, includeIssuers = false }: SignedCertificateInputs,
): string {
  const issuers = includeIssuers ? issuersOf(certificate, readCertificates(caCertificate)) : [];
  return [certificate, ...issuers].map(({ raw }) => writePem("CERTIFICATE", raw)).join("");
}

/** The recorded certificate as it is to be given out. */
export const withIssuersOf = ({ certificate }: SignedCertificateOutputs, news: SignedCertificateInputs): string =>
  withIssuers(readCertificates(certificate)[0], news);

/** What a first signing will bring about, in words; `undefined` while it is not known. */
export function firstSigningInWords(
  { validityDays }: SignedCertificateInputs,
  { issuer }: Pick<SigningFindings, "issuer">,
  now: Date,
): string | undefined {
  if (issuer === undefined || isUnknown(validityDays)) return undefined;
  const { notAfter } = validityOfNext(issuer, validityDays, now);
  return `will sign ${inFirstPlace(notAfter)}`;
}

/** What signing anew will bring about, in words. */
export function signingInWords(
  olds: SignedCertificateOutputs,
  { caCertificate, caPrivateKey, validityDays }: SignedCertificateInputs,
  { words }: SigningReason,
  now: Date,
): string {
  const { notAfter } = validityOfNext(readIssuer(caCertificate, caPrivateKey), validityDays, now);
  return `will sign ${inPlaceOf(olds, notAfter, words)}`;
}

/** A first certificate by its end. */
export const inFirstPlace = (notAfter: Date): string => `a certificate, which ends on ${dayOf(notAfter)}`;

/** A certificate by its end, and why it takes the place of another one. */
export const inPlaceOf = (olds: SignedCertificateOutputs, notAfter: Date, reason: string): string =>
  `a new certificate, which ends on ${dayOf(notAfter)}, in place of ${inWords(olds)}: ${reason}`;

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** Of a certificate that is signed now. */
const validityOfNext = ({ certificate }: Issuer, validityDays: number, now: Date): Validity =>
  validityFrom(now, validityDays, validityOf(certificate));
