import { keepingAutoName } from "../../../core/ownership";
import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { duration, listOf, oneOf, text, time, triggers, truth } from "../../../core/resource/kinds";
import { description, keyName, keyReference } from "../kinds";
import { ofInstance, onInstance } from "../on-instance";

export const rootKeyResource = resource({
  token: "keyprotect:RootKey",
  doc:
    "A customer root key (CRK) in the HSM of a Key Protect instance: it wraps the keys of {@link KmipAdapter}s, and never " +
    "leaves the HSM. It is rotated in place: the key and what it wraps stay, and what is made from then on is wrapped under " +
    "the new version.\n\n" +
    "A key that somebody has suspended or deleted is shown as a change of `state`, and refused: enabling or restoring it is " +
    "a person's decision.",
  calls: [
    { methods: ["createKey", "getKeys", "getKeyMetadata", "rotateKey", "patchKey", "deleteKey"] },
    { purpose: "to see whether an adapter uses it", methods: ["getKmipAdapters"] },
    {
      purpose: "to remove what a run that was cut off has made",
      methods: ["getKmipObjects", "getKmipClientCertificates", "deleteKmipAdapter"],
    },
  ],
  errors: [
    "EKM_ROTATION_TOO_EARLY",
    "EKM_ROOT_KEY_IMPORTED",
    "EKM_ROOT_KEY_SUSPENDED",
    "EKM_ROOT_KEY_DELETED",
    "EKM_ROOT_KEY_IN_USE",
    "EKM_REPLACEMENT_REFUSED",
    "EKM_EQUAL_OBJECT_EXISTS",
    "EKM_AMBIGUOUS_OBJECT",
    "EKM_OBJECT_NOT_FOUND",
  ],
  deletesFirst: true,
  arguments: {
    ...onInstance,
    name: {
      kind: keyName,
      optional: true,
      always: true,
      usual: "the logical name with a short suffix derived from the {identity}",
      doc:
        "Name for display, of 2 to 90 characters. Names of keys are not unique, and an exact one leaves no mark by which this resource would " +
        "recognise its own key after a lost answer. Key Protect cannot rename a key: a change is refused.",
      output: "Name for display.",
    },
    description: {
      kind: description,
      optional: true,
      doc: "What the key is for, in 2 to 240 characters. Key Protect cannot change it: a change is refused.",
    },
    keyRing: {
      kind: text,
      optional: true,
      usual: "`default`",
      doc: "ID of the key ring that the key is in. It moves when this changes.",
    },
    rotationTriggers: {
      kind: triggers,
      optional: true,
      doc: "A changed or added value asks for a new version. Equal values never rotate, and leaving them all out does not either.",
      output: "The triggers that the recorded version satisfied.",
    },
    maxAge: {
      kind: duration,
      optional: true,
      doc: 'Such as `"90d"`: asks for a new version once the present one is older.',
      output: "The age at which a version is replaced; absent for none.",
    },
    adopt: {
      kind: keyReference,
      optional: true,
      unseen: true,
      doc: "ID or alias of an existing root key to take over, however old it is. Of use at the first create alone.",
    },
    onDelete: {
      kind: oneOf("keep", "delete"),
      optional: true,
      filled: "keep",
      doc:
        "What a destroy does: leave the key, or delete it, which makes unreadable whatever was ever wrapped under it. " +
        "`delete` is refused while a KMIP adapter uses the key. A deleted key can be restored for 30 days.",
      output: "What a destroy will do.",
    },
  },
  kept: {
    ...keepingAutoName,
    secretTriggers: { kind: truth, doc: "The triggers' values must not be shown." },
    defaults: {
      kind: listOf(oneOf("onDelete")),
      doc: "Arguments that the program left to this package: a reviewer may want them to be decided.",
    },
  },
  expected: {
    state: {
      kind: oneOf("preActive", "active", "suspended", "deactivated", "destroyed"),
      doc: "`active`, unless somebody has suspended or deleted the key.",
    },
    rotationDue: {
      kind: truth,
      optional: true,
      doc: "True where a refresh found the version to be older than `maxAge`: the next {up} rotates the key.",
    },
  },
  outputs: {
    ...ofInstance,
    keyID: { kind: text, stable: true, doc: "Key Protect's ID of the key; the resource's id is the same." },
    crn: { kind: text, stable: true, doc: "Cloud resource name of the key." },
    imported: {
      kind: truth,
      stable: true,
      doc: "Whether its material came from outside; such a key is not rotated here.",
    },
    keyVersion: { kind: text, doc: "ID of the version that wraps at present." },
    keyVersionCreated: { kind: time, doc: "When that version was made, ISO 8601." },
    expirationDate: { kind: time, optional: true, doc: "When the key ends, ISO 8601; absent for never." },
    recordedKeyVersion: {
      kind: text,
      doc: "Version that the last create or update saw. It differs when somebody else has rotated the key.",
    },
  },
  internal: versioned,
});

export type RootKeyInputs = InputsOf<typeof rootKeyResource>;
export type RootKeyOutputs = OutputsOf<typeof rootKeyResource>;
