import type { HiddenInputs } from "../lifecycle";
import type { Triggers } from "../triggers";
import type { CertificateDescription } from "./certificate";

export interface SignedCertificateInputs extends HiddenInputs, Partial<Foreseen> {
  /** PEM, PKCS#10. */
  certificateSigningRequest: string;
  /** PEM; in a chain, the certificate that `caPrivateKey` belongs to is the issuer. */
  caCertificate: string;
  /** PEM, unencrypted: a secret. */
  caPrivateKey: string;
  validityDays?: number;
  earlyRenewalDays?: number;
  renewalTriggers?: Triggers;
  /** Whether the authorities above the certificate, as far as `caCertificate` has them, follow it. */
  includeIssuers?: boolean;
  renewalDue?: boolean;
}

/** What check knows of a certificate before it is signed: a reviewer reads it beside the PEM texts. */
export interface Foreseen {
  /** On one line. */
  subject: string;
  issuer: string;
  /** SHA-256 of SubjectPublicKeyInfo, lowercase hexadecimal. */
  publicKeyFingerprint: string;
  caCertificateDescriptions: CertificateDescription[];
}

export interface SignedCertificateOutputs extends Omit<SignedCertificateInputs, keyof Foreseen>, Foreseen {
  stateVersion: 1;
  /** PEM: the certificate, followed by its issuers where they are to be included. */
  certificate: string;
  /** Uppercase hexadecimal. */
  serialNumber: string;
  /** ISO 8601. */
  notBefore: string;
  /** ISO 8601. */
  notAfter: string;
  /** SHA-256 of the certificate, uppercase hexadecimal with colons. */
  fingerprint256: string;
  /** ISO 8601: from then on the next run signs anew. */
  renewalTime: string;
}

export const DEFAULT_VALIDITY_DAYS = 365;
export const DEFAULT_EARLY_RENEWAL_DAYS = 30;
