import { type HiddenInputs, holdsUnknown, type Lifecycle } from "../lifecycle";
import { certificateParts, describe } from "./certificate";
import { IssuerError } from "./errors";
import { clientExtensions } from "./extensions";
import { issueCertificate } from "./issue";
import { assertValidAt, readIssuer, validityOf } from "./issuer";
import { writePem } from "./pem";
import { readCertificateRequest, sameCertificateRequests } from "./request";
import { checkSigning } from "./signed-certificate-check";
import { addDays, validityFrom } from "./validity";

export interface SignedCertificateInputs extends HiddenInputs {
  /** PEM, PKCS#10. */
  certificateSigningRequest: string;
  /** PEM; in a chain, the certificate that `caPrivateKey` belongs to is the issuer. */
  caCertificate: string;
  /** PEM, unencrypted: a secret. */
  caPrivateKey: string;
  validityDays?: number;
  earlyRenewalDays?: number;
}

export interface SignedCertificateOutputs extends SignedCertificateInputs {
  stateVersion: 1;
  /** PEM. */
  certificate: string;
  /** On one line. */
  subject: string;
  issuer: string;
  /** Uppercase hexadecimal. */
  serialNumber: string;
  /** ISO 8601. */
  notBefore: string;
  /** ISO 8601. */
  notAfter: string;
  /** SHA-256 of the certificate, uppercase hexadecimal with colons. */
  fingerprint256: string;
  /** SHA-256 of SubjectPublicKeyInfo, lowercase hexadecimal. */
  publicKeyFingerprint: string;
  /** ISO 8601: from then on the next run signs anew. */
  renewalTime: string;
}

export const DEFAULT_VALIDITY_DAYS = 365;
export const DEFAULT_EARLY_RENEWAL_DAYS = 30;

/**
 * A client certificate, signed from a request by an authority whose key is at hand.
 *
 * Its id is the serial number of its first certificate. Every change, renewal too, signs anew in place.
 */
export const signedCertificate: Lifecycle<SignedCertificateInputs, SignedCertificateOutputs> = {
  async check(olds, news, context) {
    const inputs = {
      ...news,
      validityDays: news.validityDays ?? DEFAULT_VALIDITY_DAYS,
      earlyRenewalDays: news.earlyRenewalDays ?? DEFAULT_EARLY_RENEWAL_DAYS,
    };
    const { failures, warnings } = checkSigning(olds, inputs, context.clock.now());
    for (const warning of warnings) context.log.warn(warning);
    return { inputs, failures };
  },

  async diff(_id, olds, news, { clock }) {
    if (holdsUnknown(news)) return { changes: true };
    const changes = mustSign(olds, news, clock.now()) || olds.earlyRenewalDays !== news.earlyRenewalDays;
    return { changes };
  },

  async create(inputs, { clock }) {
    const outputs = sign(inputs, clock.now());
    return { id: outputs.serialNumber, outputs };
  },

  /** State is the certificate: there is nothing else to look at. */
  async read(id, state) {
    const { stateVersion, certificate, renewalTime, publicKeyFingerprint, ...described } = state;
    const { subject, issuer, serialNumber, notBefore, notAfter, fingerprint256, ...inputs } = described;
    return { id, inputs, outputs: state };
  },

  async update(_id, olds, news, { clock }) {
    const now = clock.now();
    if (mustSign(olds, news, now)) return sign(news, now);
    return { ...olds, ...news, renewalTime: renewalTime(olds.notAfter, news) };
  },

  /** The certificate stays valid until it expires; there is nothing that could be told otherwise. */
  async delete() {},
};

function mustSign(olds: SignedCertificateOutputs, news: SignedCertificateInputs, now: Date): boolean {
  return (
    olds.validityDays !== news.validityDays ||
    !sameCertificateRequests(olds.certificateSigningRequest, news.certificateSigningRequest) ||
    !sameIssuer(olds, news) ||
    isRenewalDue(olds, news, now)
  );
}

const sameIssuer = (olds: SignedCertificateInputs, news: SignedCertificateInputs): boolean =>
  issuerFingerprint(olds) === issuerFingerprint(news);

const issuerFingerprint = ({ caCertificate, caPrivateKey }: SignedCertificateInputs): string =>
  readIssuer(caCertificate, caPrivateKey).certificate.fingerprint256;

/** A certificate that already lasts as long as its authority gains nothing by being signed again. */
function isRenewalDue(olds: SignedCertificateOutputs, news: SignedCertificateInputs, now: Date): boolean {
  const { certificate: issuer } = readIssuer(news.caCertificate, news.caPrivateKey);
  return now >= new Date(renewalTime(olds.notAfter, news)) && new Date(olds.notAfter) < issuer.validToDate;
}

const renewalTime = (notAfter: string, { earlyRenewalDays }: SignedCertificateInputs): string =>
  addDays(new Date(notAfter), -(earlyRenewalDays ?? DEFAULT_EARLY_RENEWAL_DAYS)).toISOString();

function sign(inputs: SignedCertificateInputs, now: Date): SignedCertificateOutputs {
  const request = readCertificateRequest(inputs.certificateSigningRequest);
  const { certificate: issuer, privateKey } = readIssuer(inputs.caCertificate, inputs.caPrivateKey);
  assertValidAt(issuer, now);
  const template = {
    issuer: certificateParts(issuer).subject.encoded,
    subject: request.subjectDer,
    publicKey: request.publicKey,
    validity: validityFrom(now, inputs.validityDays ?? DEFAULT_VALIDITY_DAYS, validityOf(issuer)),
    extensions: clientExtensions(request.publicKey, issuer),
  };
  const certificate = issueCertificate(template, privateKey);
  if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) {
    throw new IssuerError(`what certificate authority "${describe(issuer).subject}" signs does not verify under it`);
  }
  const description = describe(certificate);
  return {
    ...inputs,
    ...description,
    stateVersion: 1,
    certificate: writePem("CERTIFICATE", certificate.raw),
    publicKeyFingerprint: request.publicKeyFingerprint,
    renewalTime: renewalTime(description.notAfter, inputs),
  };
}
