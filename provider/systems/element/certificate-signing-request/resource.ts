import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { pem, publicKeyFingerprint, text } from "../../../core/resource/kinds";
import { ofCluster, onTheSameCluster } from "../on-cluster";

export const certificateSigningRequestResource = resource({
  token: "element:CertificateSigningRequest",
  single: true,
  doc:
    "The PKCS#10 request of a cluster's key pair, for an authority to sign. It is fetched again when the pair changes. It is " +
    "only read from the cluster, so that there is nothing to adopt.",
  calls: [{ methods: ["GetClientCertificateSignRequest"] }],
  insteadOfAdopting: "leave it out: the request is read from the cluster anyway",
  errors: ["EKM_OBJECT_NOT_FOUND"],
  arguments: {
    ...onTheSameCluster,
    publicKeyFingerprint: {
      kind: publicKeyFingerprint,
      refersTo: { resources: ["element:KeyPair"], only: true, as: "keyPair" },
      doc: "The pair to be certified. The request is read from the same cluster.",
      output: "SHA-256 of the pair's public key (SubjectPublicKeyInfo), in hex.",
    },
  },
  outputs: {
    ...ofCluster,
    pem: { kind: pem, doc: "The request, as the cluster gave it." },
    subject: { kind: text, doc: "Subject of the request, on one line." },
  },
  internal: versioned,
});

export type CertificateSigningRequestInputs = InputsOf<typeof certificateSigningRequestResource>;
export type CertificateSigningRequestOutputs = OutputsOf<typeof certificateSigningRequestResource>;
