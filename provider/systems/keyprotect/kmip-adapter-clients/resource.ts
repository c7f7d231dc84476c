import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { listOf, text } from "../../../core/resource/kinds";
import { uuid } from "../kinds";
import { inTheSameInstance, ofInstance } from "../on-instance";

export const kmipAdapterClientsResource = resource({
  token: "keyprotect:KmipAdapterClients",
  doc:
    "Which clients a KMIP adapter has: the listed certificates, and nobody else. Declare it after whatever uses the " +
    "certificates ({dependsOn}): it then removes the registrations that a renewal has left behind, once their clients present " +
    "the new certificates. A run that does not come so far cuts nobody off.\n\n" +
    "A certificate that nobody has declared is refused, for whoever has its private key reads every key of the adapter. " +
    "Registrations of this stack that are not listed stay as they are. What a run has just made that was cut off, an empty " +
    "adapter or a certificate of which no key is, is removed as well.\n\n" +
    "Deleting it removes nothing.",
  calls: [
    { methods: ["getKmipClientCertificates", "deleteKmipClientCertificate"] },
    {
      purpose: "to remove what a run that was cut off has made",
      methods: ["getKmipAdapters", "getKmipObjects", "deleteKmipAdapter"],
    },
  ],
  errors: ["EKM_UNDECLARED_CERTIFICATE", "EKM_OBJECT_NOT_FOUND"],
  insteadOfAdopting: "leave it out: it takes the clients as they are",
  arguments: {
    ...inTheSameInstance,
    adapter: {
      kind: uuid,
      refersTo: { resources: ["keyprotect:KmipAdapter"] },
      replaces: true,
      doc: "The adapter, or the ID of one that is not managed here.",
      output: "ID of the adapter.",
    },
    clientCertificates: {
      kind: listOf(uuid, { unique: { by: (id) => id, noun: "registration" } }),
      refersTo: { resources: ["keyprotect:KmipClientCertificate"], output: "certificateID" },
      doc: "The certificates of the adapter's clients, or the IDs of their registrations.",
      output: "IDs of the registrations that are in use.",
    },
    others: {
      kind: listOf(text),
      optional: true,
      usual: "none",
      doc: "IDs or names of registrations that others have made, and that are known.",
    },
  },
  wired: {
    supersededRegistrations: {
      kind: listOf(text),
      optional: true,
      hidden: true,
      doc: "What the listed certificates of this program tell of registrations that a renewal has left behind.",
    },
  },
  expected: {
    undeclared: {
      kind: listOf(text),
      doc: "Names of registrations that nobody has declared: none, unless a refresh has found some.",
    },
  },
  outputs: {
    ...ofInstance,
    superseded: {
      kind: listOf(text),
      doc: "Names of registrations of earlier certificates, which an update removes: none, unless a refresh has found some.",
    },
  },
  internal: versioned,
});

export type KmipAdapterClientsInputs = InputsOf<typeof kmipAdapterClientsResource>;
export type KmipAdapterClientsOutputs = OutputsOf<typeof kmipAdapterClientsResource>;
