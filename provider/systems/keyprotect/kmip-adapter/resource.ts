import { keepingAutoName } from "../../../core/ownership";
import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { integer, listOf, oneOf, port, text, time, truth } from "../../../core/resource/kinds";
import { adapterFate, adoptedName, description, keyReference, objectName, uuid } from "../kinds";
import { ofInstance, onInstance } from "../on-instance";

export const kmipAdapterResource = resource({
  token: "keyprotect:KmipAdapter",
  doc:
    "A KMIP adapter of a Key Protect instance: the keys that KMIP clients make in it are wrapped under a root key. Whoever " +
    "has the private key of one of its registered client certificates sees all of them.\n\n" +
    "Key Protect changes nothing of an adapter: another root key, name or description is a replacement, which is refused " +
    "while clients have keys in it, for nobody could read them any more. To move to another adapter without a gap, declare " +
    "it under a new logical name, move the clients, and then take the old one away.",
  calls: [
    {
      methods: [
        "createKmipAdapter",
        "getKmipAdapters",
        "getKmipAdapter",
        "getKmipObjects",
        "deleteKmipAdapter",
        "getKeyMetadata",
      ],
    },
    { purpose: "to see whose clients it has", methods: ["getKmipClientCertificates"] },
    { purpose: 'with `onDelete: "destroyKeys"`', methods: ["deleteKmipObject"] },
  ],
  errors: [
    "EKM_KEYS_IN_ADAPTER",
    "EKM_ADAPTER_HAS_CLIENTS",
    "EKM_ROOT_KEY_SUSPENDED",
    "EKM_ROOT_KEY_DELETED",
    "EKM_EQUAL_OBJECT_EXISTS",
    "EKM_AMBIGUOUS_OBJECT",
    "EKM_OBJECT_NOT_FOUND",
    "EKM_REPLACEMENT_REFUSED",
  ],
  deletesFirst: true,
  waits: ["delete"],
  arguments: {
    ...onInstance,
    rootKey: {
      kind: keyReference,
      refersTo: { resources: ["keyprotect:RootKey"] },
      replaces: true,
      doc: "The root key that wraps the adapter's keys, or the ID or alias of one that is not managed here.",
      output: "ID or alias of the root key.",
    },
    name: {
      kind: objectName,
      optional: true,
      always: true,
      replaces: true,
      usual: "the logical name with a short suffix derived from the {identity}",
      doc: "Name, unique in the instance: 2 to 40 letters, digits, `-` and `_`, and no UUID.",
    },
    description: {
      kind: description,
      optional: true,
      replaces: true,
      doc: "What the adapter is for, in 2 to 240 characters.",
    },
    allowExpiringKey: {
      kind: truth,
      optional: true,
      usual: "false",
      unseen: true,
      doc: "Takes a root key with an expiration date. Of use at the create alone.",
    },
    adopt: {
      kind: adoptedName,
      optional: true,
      unseen: true,
      doc: 'ID of an existing adapter to take over, or `"match"` for the one that has the declared root key and description, and the name where one is declared. Of use at the first create alone.',
    },
    onDelete: {
      kind: adapterFate,
      optional: true,
      filled: "refuse",
      doc:
        "What a destroy does while clients have keys in the adapter: refuse, destroy these keys for good, or leave the adapter " +
        "as it is. It must be applied before the destroy.",
      output: "What a destroy will do.",
    },
  },
  kept: {
    ...keepingAutoName,
    defaults: {
      kind: listOf(oneOf("onDelete")),
      doc: "Arguments that the program left to this package: a reviewer may want them to be decided.",
    },
  },
  foreseen: {
    rootKeyID: { kind: uuid, optional: true, doc: "ID of the root key, also where it was given by an alias." },
  },
  outputs: {
    ...ofInstance,
    adapterID: { kind: uuid, stable: true, doc: "Key Protect's ID of the adapter; the resource's id is the same." },
    profile: { kind: text, doc: "How the adapter works: `native_1.0`." },
    createdAt: { kind: time, stable: true, doc: "When it was made, ISO 8601." },
    liveObjects: { kind: integer(), doc: "How many keys clients have in it: not destroyed, in whatever other state." },
    kmipHostname: { kind: text, doc: "Host at which the instance's region speaks KMIP." },
    kmipPort: { kind: port, doc: "Port of it." },
  },
  internal: versioned,
});

export type KmipAdapterInputs = InputsOf<typeof kmipAdapterResource>;
export type KmipAdapterOutputs = OutputsOf<typeof kmipAdapterResource>;
