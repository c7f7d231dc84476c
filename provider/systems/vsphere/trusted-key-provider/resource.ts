import { keepingAutoName } from "../../../core/ownership";
import { drifting, type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { displayName, listOf, oneOf } from "../../../core/resource/kinds";
import {
  expectedOfProvider,
  internalOfProvider,
  outputsOfProvider,
  providerArguments,
} from "../key-providers/arguments";
import { objectId } from "../kinds";
import { ofVcenter, onVcenter } from "../on-vcenter";

const LASTING = "A trusted provider cannot forget it: leaving it out later is a replacement.";

export const trustedKeyProviderResource = resource({
  token: "vsphere:TrustedKeyProvider",
  doc:
    "A trusted key provider of vSphere Trust Authority: hosts that are attested get keys from a set of KMIP key servers. It is " +
    "of use once a {@link KeyProviderTrust} says that the Trust Authority cluster and the servers trust each other.\n\n" +
    "Trust Authority was removed in vSphere 9.0: use a {@link KeyProvider} there.\n\n" +
    "Who uses it cannot be seen here, for its machines are on other vCenters: a destroy keeps it, unless told otherwise.",
  calls: [
    {
      methods: [
        "listKmsProviders",
        "createKmsProvider",
        "getKmsProvider",
        "updateKmsProvider",
        "deleteKmsProvider",
        "setKmsCredential",
        "listCurrentPeerCerts",
        "getTrustedPeerCerts",
        "updateTrustedPeerCerts",
      ],
    },
    {
      purpose: "to see who uses it, on each of `workloadVcenters`",
      methods: ["ListKeys", "QueryCryptoKeyStatus", "RetrievePropertiesEx"],
    },
    {
      purpose: "to remove what a run that was cut off has made",
      methods: ["getKmsClientCertificate"],
    },
  ],
  errors: [
    "EKM_API_VERSION",
    "EKM_SERVER_CERTIFICATE",
    "EKM_KEY_PROVIDER_IN_USE",
    "EKM_EQUAL_OBJECT_EXISTS",
    "EKM_OBJECT_NOT_FOUND",
    "EKM_PRIMARY_KEY_CHANGED",
    "EKM_REPLACEMENT_REFUSED",
    "EKM_TASK_FAILED",
    "EKM_TASK_DEADLINE",
  ],
  deletesFirst: true,
  arguments: {
    ...onVcenter,
    trustAuthorityCluster: {
      kind: objectId,
      replaces: true,
      doc: "Id of the Trust Authority cluster, such as `domain-c8`.",
    },
    ...providerArguments,
    username: { ...providerArguments.username, doc: `${providerArguments.username.doc} ${LASTING}` },
    proxy: { ...providerArguments.proxy, doc: `${providerArguments.proxy.doc} ${LASTING}` },
    connectionTimeout: {
      ...providerArguments.connectionTimeout,
      doc: `${providerArguments.connectionTimeout.doc} ${LASTING}`,
    },
    primaryKeyID: {
      kind: displayName,
      doc:
        "Id of the key at the key server under which the hosts' keys are wrapped; not its name. Another one is refused unless " +
        "`primaryKeyChange` allows it: what it does to machines that were encrypted before is not documented.",
      output: "Id of the primary key at the key server.",
    },
    primaryKeyChange: {
      kind: oneOf("refuse", "allow"),
      optional: true,
      unseen: true,
      usual: '`"refuse"`',
      doc: "Whether `primaryKeyID` may change in place.",
    },
    description: { kind: displayName, optional: true, doc: "For people." },
    onDelete: {
      kind: oneOf("keep", "delete"),
      optional: true,
      filled: "keep",
      doc:
        "What a destroy does: leave the provider, for which the registration of its client certificate has to stay as well, or " +
        "delete it, once none of `workloadVcenters` uses it. It must be applied before the destroy.",
      output: "What a destroy will do.",
    },
    workloadVcenters: {
      kind: listOf(displayName, { unique: { by: (name) => name, noun: "connection" } }),
      optional: true,
      usual: "none",
      doc: "Connections of the vCenters whose clusters may use the provider: a delete looks at each of them.",
    },
  },
  kept: {
    ...keepingAutoName,
    ...drifting,
    defaults: {
      kind: listOf(oneOf("onDelete")),
      doc: "Arguments that the program left to this package: a reviewer may want them to be decided.",
    },
  },
  expected: expectedOfProvider,
  outputs: { ...ofVcenter, ...outputsOfProvider },
  internal: { ...versioned, ...internalOfProvider },
});

export type TrustedKeyProviderInputs = InputsOf<typeof trustedKeyProviderResource>;
export type TrustedKeyProviderOutputs = OutputsOf<typeof trustedKeyProviderResource>;
