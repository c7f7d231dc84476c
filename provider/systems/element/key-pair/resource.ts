import { adoptableMatch } from "../../../core/ownership";
import { drifting, type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { publicKeyFingerprint, text, truth } from "../../../core/resource/kinds";
import { subject } from "../../../pki/kinds";
import { ofCluster, onCluster, removingLeftovers } from "../on-cluster";

export const keyPairResource = resource({
  token: "element:KeyPair",
  single: true,
  doc:
    "The key pair with which a cluster authenticates to its key servers. A cluster has a single pair, and keeps its private key.\n\n" +
    "An existing pair of the same subject is taken over. A new pair is refused where any key server exists, unless " +
    "`regenerate` is declared, and always while a key provider is active. A destroy leaves the pair.",
  calls: [
    { methods: ["CreatePublicPrivateKeyPair", "GetClientCertificateSignRequest"] },
    { purpose: "to see whether a pair is in use", methods: ["ListKeyProvidersKmip", "ListKeyServersKmip"] },
    removingLeftovers,
  ],
  errors: ["EKM_KEY_PAIR_IN_USE", "EKM_OBJECT_NOT_FOUND"],
  arguments: {
    ...onCluster,
    subject: {
      kind: subject,
      optional: true,
      doc:
        "Subject of the certificate signing request. Left out, an existing pair is taken as it is. Another subject needs " +
        "another pair.",
      output: "Subject of the pair.",
    },
    regenerate: {
      kind: text,
      optional: true,
      unseen: true,
      doc:
        "Makes a new pair when this text changes; taken out of the program, it asks for nothing. Refused while a key " +
        "provider is active: bring the master key back to internal keys first. Every client certificate that was issued " +
        "for the old pair is useless afterwards.",
    },
    ...adoptableMatch("take over the pair that exists, and make none."),
  },
  wired: {
    takesOver: {
      kind: truth,
      optional: true,
      hidden: true,
      doc: "The master key of its component may be taken from any holder.",
    },
  },
  kept: drifting,
  outputs: {
    ...ofCluster,
    publicKeyFingerprint: {
      kind: publicKeyFingerprint,
      doc: "SHA-256 of the public key that the cluster has (SubjectPublicKeyInfo), in hex.",
    },
    recordedPublicKeyFingerprint: {
      kind: publicKeyFingerprint,
      doc: "Fingerprint of the pair that this resource made or accepted last. It differs when somebody else has made a new pair.",
    },
  },
  internal: versioned,
});

export type KeyPairInputs = InputsOf<typeof keyPairResource>;
export type KeyPairOutputs = OutputsOf<typeof keyPairResource>;
