import { adoptableMatch } from "../../../core/ownership";
import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { oneOf, text, truth } from "../../../core/resource/kinds";
import {
  handover,
  holderArgument,
  holderName,
  keyFault,
  observedHolder,
  ofCluster,
  onClusterOf,
  takenOver,
} from "../on-cluster";

export const hardwareEncryptionResource = resource({
  token: "element:HardwareEncryption",
  single: true,
  doc:
    "Hardware encryption at rest: the self-encrypting drives of a cluster are locked, and who holds their key. Encryption " +
    "that is on already with the wanted holder is taken over as it is.\n\n" +
    "The key changes hands only while encryption is off. So a change of the key provider tests the new one, disables, " +
    "waits, enables and waits; data is not written anew and stays in service. A run that is cut off is finished by the next " +
    "one, which looks before it acts. {timeouts} set the time that a change may take (default half an hour).\n\n" +
    "The button in the cluster's own interface enables with internal keys whoever held the key before: a refresh shows it " +
    "as a change of `keyProvider`, and encryption that was switched off as a change of `encryptionAtRestState`.",
  calls: [
    {
      methods: [
        "EnableEncryptionAtRest",
        "DisableEncryptionAtRest",
        "GetEncryptionAtRestInfo",
        "ListClusterFaults",
        "ListKeyProvidersKmip",
        "TestKeyProviderKmip",
      ],
    },
    { purpose: "before Element 12.3", methods: ["GetClusterInfo", "ListDrives"] },
  ],
  errors: [
    "EKM_HARDWARE_ENCRYPTION_UNSUPPORTED",
    "EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE",
    "EKM_HARDWARE_ENCRYPTION_FAILED",
    "EKM_HARDWARE_ENCRYPTION_DEADLINE",
    "EKM_KEY_UNAVAILABLE",
    "EKM_CLUSTER_UNHEALTHY",
    "EKM_KEY_SERVER_TEST",
    "EKM_REPLACEMENT_REFUSED",
    "EKM_OBJECT_NOT_FOUND",
  ],
  deletesFirst: true,
  waits: ["create", "update", "delete"],
  arguments: {
    ...onClusterOf("`attachment`"),
    ...holderArgument("the key of hardware encryption"),
    ...takenOver(
      "Takes the key from a provider that this resource did not give it to. Two stacks that both set it would take it from " +
        "each other.",
    ),
    ...adoptableMatch("take over encryption that is on with the declared holder, and change nothing."),
    onDelete: {
      kind: oneOf("internal", "disable", "keep"),
      optional: true,
      filled: "internal",
      doc:
        "What a destroy leaves behind: encryption with internal keys, no encryption, or everything as it is. With " +
        '`"keep"`, retain provider, server and attachment as well ({retain}).\n\n' +
        "Internal keys are the default: whoever destroys a stack has not asked for drives that anybody can read who pulls " +
        "them out, nor for a cluster that depends on a key server which is about to be removed.",
      output: "What a destroy will leave behind.",
    },
  },
  wired: holderName,
  expected: {
    encryptionAtRestState: {
      kind: oneOf("enabled", "enabling", "disabled", "disabling"),
      doc: "Whether encryption is on.",
    },
    ...keyFault,
  },
  outputs: {
    ...ofCluster,
    keyManagementType: {
      kind: oneOf("internal", "external"),
      optional: true,
      doc: "Who holds the key; absent while encryption is off.",
    },
    keyID: { kind: text, optional: true, doc: "UUID of the key, where the cluster tells it." },
    complete: { kind: truth, doc: "False while a change was not seen to end; the next {up} resumes." },
  },
  internal: {
    ...versioned,
    ...observedHolder,
    ...handover,
  },
});

export type HardwareEncryptionInputs = InputsOf<typeof hardwareEncryptionResource>;
export type HardwareEncryptionOutputs = OutputsOf<typeof hardwareEncryptionResource>;
