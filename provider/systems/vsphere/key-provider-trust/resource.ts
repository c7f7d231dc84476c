import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { listOf, oneOf, pem, publicKeyFingerprint, text, truth } from "../../../core/resource/kinds";
import { certificateDescription } from "../../../pki/kinds";
import { keyProviderReference, keyServers, pins, serverHealth } from "../kinds";
import { inTheSameVcenter, ofVcenter } from "../on-vcenter";

export const keyProviderTrustResource = resource({
  token: "vsphere:KeyProviderTrust",
  doc:
    "That a key provider and its key servers trust each other: which client certificate vCenter presents, and that every server " +
    "takes it. Declare it after whatever registers the certificate at the key server ({dependsOn}); it waits until vCenter finds " +
    "the provider healthy, which may take minutes.\n\n" +
    "The certificate is one of a {@link ClientCertificate}, one that an authority has signed from a {@link " +
    "CertificateSigningRequest}, or any one with its private key. Another one takes the place of the one in use: register it " +
    "first.\n\n" +
    "Deleting it removes nothing, and is refused while the provider is used: it goes before the registration does.",
  errors: [
    "EKM_CLIENT_CERTIFICATE_MISMATCH",
    "EKM_KEY_PROVIDER_UNHEALTHY",
    "EKM_KEY_PROVIDER_IN_USE",
    "EKM_KEY_PROVIDER_DEFAULT",
    "EKM_OBJECT_NOT_FOUND",
    "EKM_REPLACEMENT_REFUSED",
  ],
  calls: [
    {
      methods: [
        "ListKmipServers",
        "RetrieveKmipServersStatus_Task",
        "RetrieveClientCert",
        "RetrieveSelfSignedClientCert",
        "UpdateSelfSignedClientCert",
        "RetrieveClientCsr",
        "UpdateKmsSignedCsrClientCert",
        "UploadClientCert",
      ],
    },
    {
      purpose: "of a trusted provider",
      methods: [
        "listKmsProviders",
        "getKmsProvider",
        "getKmsClientCertificate",
        "updateKmsClientCertificate",
        "getKmsCsr",
      ],
    },
    {
      purpose: "to see who uses the provider",
      methods: ["ListKeys", "QueryCryptoKeyStatus", "RetrievePropertiesEx"],
    },
    {
      purpose: "to remove what a run that was cut off has made",
      methods: ["deleteKmsProvider", "UnregisterKmsCluster"],
    },
  ],
  insteadOfAdopting: "declare the certificate that is in use: it is left as it is",
  waits: ["create", "update"],
  arguments: {
    ...inTheSameVcenter,
    keyProvider: {
      kind: keyProviderReference,
      refersTo: { resources: ["vsphere:KeyProvider", "vsphere:TrustedKeyProvider"] },
      replaces: true,
      doc: "The key provider, or the name of one that is not managed here (`CLUSTER/NAME` of a trusted one).",
      output: "Id of the key provider.",
    },
    certificate: {
      kind: pem,
      optional: true,
      doc: "The client certificate that vCenter presents (PEM). Left out, the one that it has stays.",
    },
    privateKey: {
      kind: text,
      optional: true,
      unseen: true,
      secret: true,
      confidential: true,
      doc: "The certificate's private key (PEM), where vCenter has not made it itself. vCenter tells it to nobody.",
    },
    publicKeyFingerprint: {
      kind: publicKeyFingerprint,
      optional: true,
      doc: "`publicKeyFingerprint` of the request. With it, a certificate for another key fails at plan time.",
    },
    waitFor: {
      kind: oneOf("healthy", "none"),
      optional: true,
      filled: "healthy",
      doc: "What it waits for: that every server is healthy, or nothing, where people register certificates by hand.",
    },
  },
  wired: {
    providerServers: {
      kind: keyServers,
      optional: true,
      hidden: true,
      doc: "The provider's servers, where it is in the program.",
    },
    providerPins: { kind: pins, optional: true, hidden: true, doc: "The certificates that these may present." },
  },
  foreseen: {
    certificateDescription: {
      kind: certificateDescription,
      optional: true,
      doc: "The client certificate, in words.",
    },
  },
  expected: {
    healthy: {
      kind: truth,
      optional: true,
      doc: "vCenter and every server trust each other, and vCenter finds the provider healthy.",
    },
  },
  outputs: {
    ...ofVcenter,
    health: {
      kind: oneOf("healthy", "degraded", "unhealthy", "unknown"),
      incidental: true,
      doc: "How vCenter finds the provider; `unknown` before it has looked.",
    },
    serverHealth: { kind: listOf(serverHealth), incidental: true, doc: "How vCenter and each server get on." },
  },
  internal: versioned,
});

export type KeyProviderTrustInputs = InputsOf<typeof keyProviderTrustResource>;
export type KeyProviderTrustOutputs = OutputsOf<typeof keyProviderTrustResource>;
