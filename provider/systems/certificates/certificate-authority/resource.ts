import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { days, integer, oneOf, pem, publicKeyFingerprint, text, time } from "../../../core/resource/kinds";
import { subject } from "../../../pki/kinds";

export const certificateAuthorityResource = resource({
  token: "pki:CertificateAuthority",
  doc:
    "A certificate authority whose key is kept, encrypted, in the stack's state. For labs and private authorities; " +
    "production users have the cluster's request signed by their own.",
  insteadOfAdopting:
    "sign with the certificate and the private key of an existing authority, which pki.SignedCertificate takes as texts",
  inStateAlone: "the authority's private key",
  arguments: {
    subject: {
      kind: subject,
      replaces: true,
      doc: "Subject of the authority. Another subject is another authority.",
      output: "Subject of the authority.",
    },
    keyAlgorithm: {
      kind: oneOf("RSA", "ECDSA"),
      optional: true,
      replaces: true,
      usual: '"RSA"',
      doc: "Kind of the authority's key.",
    },
    rsaBits: {
      kind: integer(2048, 8192),
      optional: true,
      replaces: true,
      usual: "3072",
      doc: "Bits of an RSA key, at least 2048.",
      output: "Bits of an RSA key.",
    },
    ecdsaCurve: {
      kind: oneOf("P256", "P384"),
      optional: true,
      replaces: true,
      usual: '"P256"',
      doc: "Curve of an ECDSA key.",
    },
    validityDays: {
      kind: days(1),
      optional: true,
      usual: "3650",
      doc: "Days that the authority's certificate is valid.",
    },
  },
  outputs: {
    certificate: { kind: pem, doc: "The authority's self-signed certificate (PEM)." },
    privateKey: { kind: pem, secret: true, stable: true, doc: "The authority's private key (PKCS#8 PEM). A secret." },
    serialNumber: { kind: text, doc: "Serial number, in hex." },
    notBefore: { kind: time, doc: "Start of validity, ISO 8601." },
    notAfter: { kind: time, doc: "End of validity, ISO 8601." },
    fingerprint256: { kind: text, doc: "SHA-256 of the certificate." },
    publicKeyFingerprint: {
      kind: publicKeyFingerprint,
      stable: true,
      doc: "SHA-256 of the public key (SubjectPublicKeyInfo), in hex.",
    },
  },
  internal: versioned,
});

export type CertificateAuthorityInputs = InputsOf<typeof certificateAuthorityResource>;
export type CertificateAuthorityOutputs = OutputsOf<typeof certificateAuthorityResource>;
