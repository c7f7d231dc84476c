import { drifting, type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { pem, publicKeyFingerprint, text } from "../../../core/resource/kinds";
import { subject } from "../../../pki/kinds";
import { keyProviderReference } from "../kinds";
import { inTheSameVcenter, ofVcenter } from "../on-vcenter";

export const certificateSigningRequestResource = resource({
  token: "vsphere:CertificateSigningRequest",
  doc:
    "A request that vCenter makes for the client certificate of one key provider, with a key pair of its own that never leaves " +
    "vCenter. Have it signed, register the certificate where the key server wants it, and then have a {@link KeyProviderTrust} " +
    "use it: the present certificate stays in use until then.\n\n" +
    "vCenter keeps one request for each provider, and a new one makes the former useless. Deleting it removes nothing.",
  calls: [
    { methods: ["ListKmipServers", "GenerateClientCsr", "RetrieveClientCsr"] },
    {
      purpose: "of a trusted provider",
      methods: ["listKmsProviders", "getKmsProvider", "createKmsCsr", "getKmsCsr"],
    },
    {
      purpose: "to see who uses a provider that is left",
      methods: ["ListKeys", "QueryCryptoKeyStatus", "RetrievePropertiesEx"],
    },
  ],
  errors: [
    "EKM_API_VERSION",
    "EKM_CLIENT_KEY_REPLACED",
    "EKM_KEY_PROVIDER_IN_USE",
    "EKM_KEY_PROVIDER_DEFAULT",
    "EKM_OBJECT_NOT_FOUND",
  ],
  insteadOfAdopting: "leave it out until the certificate is to be renewed: the one in use stays",
  arguments: {
    ...inTheSameVcenter,
    keyProvider: {
      kind: keyProviderReference,
      refersTo: { resources: ["vsphere:KeyProvider", "vsphere:TrustedKeyProvider"] },
      replaces: true,
      doc: "The key provider, or the name of one that is not managed here (`CLUSTER/NAME` of a trusted one).",
      output: "Id of the key provider.",
    },
    subject: {
      kind: subject,
      optional: true,
      doc: "Subject of the request. Of a standard provider alone, from vSphere 8.0.1 on. Another one needs another request.",
    },
    regenerate: {
      kind: text,
      optional: true,
      unseen: true,
      doc: "Makes a new request when this text changes; taken out of the program, it asks for nothing.",
    },
  },
  kept: drifting,
  outputs: {
    ...ofVcenter,
    pem: { kind: pem, doc: "The request, as vCenter gave it (PKCS#10)." },
    publicKeyFingerprint: {
      kind: publicKeyFingerprint,
      doc: "SHA-256 of the request's public key (SubjectPublicKeyInfo), in hex.",
    },
    recordedPublicKeyFingerprint: {
      kind: publicKeyFingerprint,
      doc: "That of the request which this resource made last. It differs when somebody else has made a new one.",
    },
  },
  internal: versioned,
});

export type CertificateSigningRequestInputs = InputsOf<typeof certificateSigningRequestResource>;
export type CertificateSigningRequestOutputs = OutputsOf<typeof certificateSigningRequestResource>;
