import { adoptableMatch } from "../../../core/ownership";
import { type FieldsOf, type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { duration, integer, listOf, oneOf, text, time, triggers, truth } from "../../../core/resource/kinds";
import {
  handover,
  holderArgument,
  holderName,
  keyFault,
  observedHolder,
  ofCluster,
  onClusterOf,
  removingLeftovers,
  takenOver,
} from "../on-cluster";

const recorded = {
  recordedKeyID: {
    kind: text,
    doc: "UUID of the key that the last create or update saw in force. It differs when somebody else has rekeyed.",
  },
  recordedTime: { kind: time, doc: "When that create or update was, ISO 8601." },
} as const;

export const masterKeyResource = resource({
  token: "element:MasterKey",
  single: true,
  doc:
    "Who holds the master key of software encryption at rest, and when it must be new. Changes are rekeys in place, waited " +
    "for with progress; a run that is cut off is resumed by the next one, without a second rekey.\n\n" +
    "{timeouts} set the time a rekey may take (default one hour); at the deadline the resource is kept as incomplete, and " +
    "the next {up} goes on waiting.",
  calls: [
    {
      methods: [
        "RekeySoftwareEncryptionAtRestMasterKey",
        "GetAsyncResult",
        "GetSoftwareEncryptionAtRestInfo",
        "ListKeyProvidersKmip",
        "TestKeyProviderKmip",
        "ListClusterFaults",
      ],
    },
    removingLeftovers,
  ],
  errors: [
    "EKM_REKEY_FAILED",
    "EKM_REKEY_DEADLINE",
    "EKM_MASTER_KEY_HELD_ELSEWHERE",
    "EKM_KEY_UNAVAILABLE",
    "EKM_SOFTWARE_ENCRYPTION_DISABLED",
    "EKM_REPLACEMENT_REFUSED",
    "EKM_OBJECT_NOT_FOUND",
  ],
  deletesFirst: true,
  waits: ["create", "update", "delete"],
  arguments: {
    ...onClusterOf("`attachment`"),
    ...holderArgument("the master key"),
    rotationTriggers: {
      kind: triggers,
      optional: true,
      doc: "A changed or added value asks for a new key. Equal values never rekey, and leaving them all out does not either.",
      output: "The triggers that the recorded key satisfied.",
    },
    maxAge: {
      kind: duration,
      optional: true,
      doc:
        'Such as `"90d"` or `"12h"`: asks for a new key once the key in force is older. Changing this alone never rekeys a ' +
        "younger key.",
      output: "The age at which a key is replaced; absent for none.",
    },
    ...takenOver(
      "Takes the key from a provider that this resource did not give it to. Two stacks that both set it would rekey " +
        "against each other.",
    ),
    ...adoptableMatch("take over the key of the declared holder as it is, however old, and rekey nothing."),
    onDelete: {
      kind: oneOf("internal", "keep"),
      optional: true,
      filled: "internal",
      doc:
        "What a destroy does: bring the key back to internal keys and wait for it, or leave it where it is. With " +
        '`"keep"`, retain provider, server and attachment as well ({retain}).',
      output: "What a destroy will do.",
    },
  },
  wired: holderName,
  kept: {
    secretTriggers: { kind: truth, doc: "The triggers' values must not be shown." },
    defaults: {
      kind: listOf(oneOf("onDelete")),
      doc: "Arguments that the program left to this package: a reviewer may want them to be decided.",
    },
  },
  expected: {
    complete: {
      kind: truth,
      doc: "False while a rekey was not seen to end, whoever started it; the next {up} waits for it.",
    },
    ...keyFault,
    rotationDue: {
      kind: truth,
      optional: true,
      incidental: true,
      doc: "True where a refresh found the key to be older than `maxAge`: the next {up} rotates it.",
    },
  },
  outputs: {
    ...ofCluster,
    keyManagementType: { kind: oneOf("internal", "external"), doc: "Who holds the key in force." },
    keyID: {
      kind: text,
      doc: "UUID of the key in force. The object on the key server carries it in its attribute `x-SolidFire-KeyID-…`.",
    },
    keyCreatedTime: {
      kind: time,
      optional: true,
      doc: "When the key was created, ISO 8601, by the cluster's clock.",
    },
    ...recorded,
  },
  internal: {
    ...versioned,
    ...observedHolder,
    asyncHandle: { kind: integer(), optional: true, doc: "Handle of a rekey that was not seen to end." },
    ...handover,
  },
});

export type MasterKeyInputs = InputsOf<typeof masterKeyResource>;
export type MasterKeyOutputs = OutputsOf<typeof masterKeyResource>;

/**
 * What the last create or update saw in force, by this machine's clock. A refresh never advances it: what somebody else did
 * stays to be seen.
 */
export type MasterKeyRecord = FieldsOf<typeof recorded> &
  Pick<MasterKeyOutputs, "recordedKeyProviderID" | "rotationTriggers">;
