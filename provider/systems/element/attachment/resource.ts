import { adoptableMatch } from "../../../core/ownership";
import { drifting, type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { listOf, numericId, text, truth } from "../../../core/resource/kinds";
import { ofCluster, onClusterOf } from "../on-cluster";

export const attachmentResource = resource({
  token: "element:KeyServerAttachment",
  doc:
    "Gives a key provider its key server, and tests the provider. Another provider or server is an update, which is refused " +
    "while the provider is active.",
  calls: [
    {
      methods: [
        "AddKeyServerToProviderKmip",
        "RemoveKeyServerFromProviderKmip",
        "ListKeyServersKmip",
        "TestKeyProviderKmip",
      ],
    },
    {
      purpose: "to see who holds the provider's keys",
      methods: ["ListKeyProvidersKmip", "GetSoftwareEncryptionAtRestInfo", "GetAsyncResult", "GetEncryptionAtRestInfo"],
    },
    { purpose: "before Element 12.3", methods: ["ListDrives"] },
  ],
  errors: ["EKM_PROVIDER_ACTIVE", "EKM_SERVER_ATTACHED_ELSEWHERE", "EKM_UNDECLARED_KEY_SERVER", "EKM_OBJECT_NOT_FOUND"],
  deletesFirst: true,
  waits: ["delete"],
  arguments: {
    ...onClusterOf("the resources that are given"),
    keyProvider: {
      kind: numericId,
      refersTo: { resources: ["element:KeyProvider"] },
      doc: "The key provider that gets the server, or its id where it is not managed in this program.",
      output: "Id of the key provider.",
    },
    keyServer: {
      kind: numericId,
      refersTo: { resources: ["element:KeyServer"] },
      doc: "The key server, or its id where it is not managed in this program. It belongs to one key provider at a time.",
      output: "Id of the key server.",
    },
    otherKeyServers: {
      kind: listOf(numericId),
      optional: true,
      usual: "none",
      doc:
        "Ids of the key servers that the provider may have besides this server, where a cluster lets it have several. Any " +
        "other server of the provider is drift, which is refused because new keys are made there as well.",
      output: "Ids of the provider's other key servers.",
    },
    ...adoptableMatch("take over the attachment that exists, and attach nothing."),
  },
  wired: {
    keyProviderName: {
      kind: text,
      optional: true,
      doc: "Name of the key provider, where the same program declares it.",
    },
    keyServerName: { kind: text, optional: true, doc: "Name of the key server, where the same program declares it." },
  },
  kept: drifting,
  expected: { tested: { kind: truth, doc: "The provider's test passed with this server." } },
  outputs: ofCluster,
  internal: versioned,
});

export type KeyServerAttachmentInputs = InputsOf<typeof attachmentResource>;
export type KeyServerAttachmentOutputs = OutputsOf<typeof attachmentResource>;
