import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { adoptedMatch, duration, listOf, oneOf, pem, text, time, truth } from "../../../core/resource/kinds";
import { certificateDescription } from "../../../pki/kinds";
import { adapterFate, nameBeginning, uuid } from "../kinds";
import { inTheSameInstance, ofInstance } from "../on-instance";

export const kmipClientCertificateResource = resource({
  token: "keyprotect:KmipClientCertificate",
  doc:
    "A client certificate, registered at a KMIP adapter: whoever has its private key reads and makes all keys of the adapter. " +
    "The private key is not needed here.\n\n" +
    "It takes up to five minutes until Key Protect accepts a new certificate, and this resource waits for that: whatever uses " +
    "the certificate comes after it ({dependsOn}).\n\n" +
    "Another certificate is registered beside the present one, which its client goes on presenting until it is given the new " +
    "one. {@link KmipAdapterClients}, declared after the clients, removes what they do not use any more.",
  calls: [
    { methods: ["addKmipClientCertificate", "getKmipClientCertificates", "deleteKmipClientCertificate"] },
    { purpose: "to compare certificates", methods: ["getKmipClientCertificate"] },
    {
      purpose: "to see whether clients have keys in an adapter that they are to leave",
      methods: ["getKmipObjects", "getKmipAdapter"],
    },
  ],
  errors: [
    "EKM_CERTIFICATE_REGISTERED_ELSEWHERE",
    "EKM_ADAPTER_HAS_CLIENTS",
    "EKM_EQUAL_OBJECT_EXISTS",
    "EKM_KEYS_IN_ADAPTER",
    "EKM_OBJECT_NOT_FOUND",
    "EKM_PROPAGATION_DEADLINE",
    "EKM_REPLACEMENT_REFUSED",
  ],
  waits: ["create", "update"],
  arguments: {
    ...inTheSameInstance,
    adapter: {
      kind: uuid,
      refersTo: { resources: ["keyprotect:KmipAdapter"] },
      replaces: true,
      doc: "The adapter, or the ID of one that is not managed here. Another one is a replacement, refused while clients have keys in the present one.",
      output: "ID of the adapter.",
    },
    certificate: {
      kind: pem,
      always: true,
      doc: "The client's certificate (PEM). Of a chain, the first is registered.",
      output: "The certificate as it was given, for whatever uses it once it is accepted.",
    },
    name: {
      kind: nameBeginning,
      optional: true,
      usual: "the logical name",
      doc: "What the names of registrations begin with: up to 17 letters, digits, `-` and `_`. What follows tells whose it is, and which certificate. Of use at the first create alone.",
    },
    propagation: {
      kind: duration,
      optional: true,
      usual: '`"5m"`',
      doc: "How long Key Protect may take until it accepts the certificate.",
    },
    adopt: {
      kind: adoptedMatch,
      optional: true,
      unseen: true,
      doc: '`"match"`: take over the registration of this certificate at the adapter, whoever has made it. Of use at the first create alone.',
    },
    onDelete: {
      kind: oneOf("remove", "keep"),
      optional: true,
      filled: "remove",
      doc: "What a destroy does: remove the registration, which is refused while that would cut the client off from its keys, or leave it.",
      output: "What a destroy will do.",
    },
  },
  wired: {
    adapterOnDelete: {
      kind: adapterFate,
      optional: true,
      doc: "What a destroy does with the adapter and the keys in it, where the same program declares the adapter.",
    },
  },
  kept: {
    mark: { kind: text, doc: "What the names of this resource's registrations begin with." },
  },
  foreseen: {
    certificateDescription: {
      kind: certificateDescription,
      optional: true,
      doc: "The certificate, in words.",
    },
  },
  expected: {
    complete: {
      kind: truth,
      doc: "False until Key Protect can be taken to accept the certificate; the next {up} waits for the rest of the time.",
    },
  },
  outputs: {
    ...ofInstance,
    certificateID: { kind: uuid, doc: "Key Protect's ID of the registration. Another certificate has another one." },
    registrationName: { kind: text, doc: "Name of the registration, as the console shows it." },
    fingerprint256: {
      kind: text,
      doc: "SHA-256 fingerprint of the certificate: hexadecimal, pairs separated by colons.",
    },
    createdAt: { kind: time, doc: "When it was registered, ISO 8601." },
    superseded: {
      kind: listOf(text),
      doc: "Names of registrations of earlier certificates that are still accepted: a {@link KmipAdapterClients} removes them.",
    },
  },
  internal: {
    ...versioned,
    earlierCertificateIDs: {
      kind: listOf(uuid),
      optional: true,
      hidden: true,
      doc: "IDs of registrations of earlier certificates: by them, keys are known for those of the same client.",
    },
  },
});

export type KmipClientCertificateInputs = InputsOf<typeof kmipClientCertificateResource>;
export type KmipClientCertificateOutputs = OutputsOf<typeof kmipClientCertificateResource>;
