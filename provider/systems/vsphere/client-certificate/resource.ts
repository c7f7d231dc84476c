import { adoptableMatch } from "../../../core/ownership";
import { drifting, type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { pem, publicKeyFingerprint, text, truth } from "../../../core/resource/kinds";
import { certificateDescription } from "../../../pki/kinds";
import { keyProviderReference } from "../kinds";
import { inTheSameVcenter, ofVcenter } from "../on-vcenter";

export const clientCertificateResource = resource({
  token: "vsphere:ClientCertificate",
  doc:
    "A client certificate that vCenter makes and signs itself, for one key provider; its private key never leaves vCenter. " +
    "Register it at the key server, and then have a {@link KeyProviderTrust} use it.\n\n" +
    "One that vCenter has made before is taken as it is. A trusted provider uses a new one at once: until the key server has " +
    "learnt it, nobody gets keys. For that provider, a {@link CertificateSigningRequest} renews without a gap. Deleting it " +
    "removes nothing: it goes with the provider.",
  calls: [
    { methods: ["ListKmipServers", "GenerateSelfSignedClientCert", "RetrieveSelfSignedClientCert"] },
    {
      purpose: "of a trusted provider",
      methods: ["listKmsProviders", "getKmsProvider", "createKmsClientCertificate", "getKmsClientCertificate"],
    },
    {
      purpose: "to see who uses a provider that is left",
      methods: ["ListKeys", "QueryCryptoKeyStatus", "RetrievePropertiesEx"],
    },
  ],
  errors: [
    "EKM_INTERRUPTION",
    "EKM_CLIENT_KEY_REPLACED",
    "EKM_KEY_PROVIDER_IN_USE",
    "EKM_KEY_PROVIDER_DEFAULT",
    "EKM_OBJECT_NOT_FOUND",
  ],
  arguments: {
    ...inTheSameVcenter,
    keyProvider: {
      kind: keyProviderReference,
      refersTo: { resources: ["vsphere:KeyProvider", "vsphere:TrustedKeyProvider"] },
      replaces: true,
      doc: "The key provider, or the name of one that is not managed here (`CLUSTER/NAME` of a trusted one).",
      output: "Id of the key provider.",
    },
    regenerate: {
      kind: text,
      optional: true,
      unseen: true,
      doc: "Makes a new certificate when this text changes; taken out of the program, it asks for nothing.",
    },
    allowInterruption: {
      kind: truth,
      optional: true,
      unseen: true,
      usual: "false",
      doc: "Lets `regenerate` cut a trusted provider off until the key server has learnt the new certificate.",
    },
    ...adoptableMatch("take over the certificate that the provider has, whoever has made it."),
  },
  kept: drifting,
  outputs: {
    ...ofVcenter,
    certificate: { kind: pem, doc: "The certificate (PEM), for the key server to learn." },
    certificateDescription: { kind: certificateDescription, doc: "The certificate, in words." },
    publicKeyFingerprint: {
      kind: publicKeyFingerprint,
      doc: "SHA-256 of the certificate's public key (SubjectPublicKeyInfo), in hex.",
    },
    recordedPublicKeyFingerprint: {
      kind: publicKeyFingerprint,
      doc: "That of the certificate which this resource made or accepted last. It differs when somebody else has made a new one.",
    },
  },
  internal: versioned,
});

export type ClientCertificateInputs = InputsOf<typeof clientCertificateResource>;
export type ClientCertificateOutputs = OutputsOf<typeof clientCertificateResource>;
