import {
  type ForeseenOf,
  type InputsOf,
  type OutputsOf,
  resource,
  versioned,
} from "../../../core/resource/description";
import { days, listOf, pem, publicKeyFingerprint, text, time, triggers, truth } from "../../../core/resource/kinds";
import { certificateDescription } from "../../../pki/kinds";
import { EARLY_RENEWAL_DAYS } from "../../../pki/validity";

export const signedCertificateResource = resource({
  token: "pki:SignedCertificate",
  doc:
    "A client certificate for a cluster's key pair, signed with an authority's key. Renewed in place when it nears its end, " +
    "without a new key pair and without a rekey.",
  insteadOfAdopting: "give the text of an existing certificate wherever its certificate is wanted",
  arguments: {
    certificateSigningRequest: {
      kind: pem,
      secret: true,
      unseen: true,
      doc: "The PKCS#10 request (PEM) whose subject and public key are certified.",
    },
    caCertificate: {
      kind: pem,
      secret: true,
      unseen: true,
      doc: "Certificate of the signing authority (PEM). Of a chain, the certificate of `caPrivateKey` signs.",
    },
    caPrivateKey: {
      kind: pem,
      secret: true,
      confidential: true,
      unseen: true,
      doc: "Private key of the signing authority (PEM). Kept as a secret.",
    },
    validityDays: {
      kind: days(1),
      optional: true,
      filled: 365,
      doc: "Days that the certificate is valid. It never outlives its authority.",
      output: "Days of validity that were asked for.",
    },
    earlyRenewalDays: {
      kind: days(0),
      optional: true,
      filled: EARLY_RENEWAL_DAYS,
      doc: "Days before its end at which {an up} renews the certificate, in place and for the same key.",
      output: "Days before its end at which the certificate is renewed.",
    },
    renewalTriggers: {
      kind: triggers,
      optional: true,
      confidential: true,
      doc:
        "A changed or added value has the certificate signed anew at the next {up}, in place and for the same key. Equal " +
        "values never do, nor does leaving them all out.",
      output: "The triggers that the certificate satisfied.",
    },
    includeIssuers: {
      kind: truth,
      optional: true,
      usual: "false",
      doc:
        "Whether `certificate` is followed by the authorities that issued it, as far as `caCertificate` has them: for key " +
        "servers that know the root alone.",
      output: "Whether `certificate` is followed by its issuers.",
    },
  },
  foreseen: {
    subject: { kind: text, doc: "Subject, on one line." },
    issuer: { kind: text, doc: "Issuer, on one line." },
    publicKeyFingerprint: {
      kind: publicKeyFingerprint,
      doc: "SHA-256 of the public key (SubjectPublicKeyInfo), in hex.",
    },
    caCertificateDescriptions: {
      kind: listOf(certificateDescription),
      doc: "The certificates of `caCertificate` in words: subject, issuer, serial number, validity, fingerprint.",
    },
  },
  expected: {
    renewalDue: {
      kind: truth,
      optional: true,
      incidental: true,
      doc: "True where a refresh found that `renewalTime` has come.",
    },
  },
  outputs: {
    certificate: {
      kind: pem,
      doc: "The certificate (PEM), followed by its issuers where `includeIssuers` says so.",
    },
    serialNumber: { kind: text, doc: "Serial number, in hex." },
    notBefore: { kind: time, doc: "Start of validity, ISO 8601: a little in the past, for clocks that differ." },
    notAfter: { kind: time, doc: "End of validity, ISO 8601." },
    renewalTime: { kind: time, derived: true, doc: "Time from which {an up} renews the certificate, ISO 8601." },
    fingerprint256: { kind: text, doc: "SHA-256 of the certificate." },
  },
  internal: versioned,
});

/** What is known of a certificate before it is signed: a reviewer reads it beside the PEM texts. */
export type Foreseen = ForeseenOf<typeof signedCertificateResource>;
export type SignedCertificateInputs = InputsOf<typeof signedCertificateResource>;
export type SignedCertificateOutputs = OutputsOf<typeof signedCertificateResource>;
