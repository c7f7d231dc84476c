import { adoptableMatch } from "../../../core/ownership";
import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { text } from "../../../core/resource/kinds";
import { entityReference, keyProviderReference } from "../kinds";
import { inTheSameVcenter, ofVcenter } from "../on-vcenter";

export const defaultKeyProviderResource = resource({
  token: "vsphere:DefaultKeyProvider",
  single: true,
  doc:
    "The key provider from which a vCenter, or one entity of its inventory, takes keys where nothing else is said. There is one " +
    "for each: another one is set back to the declared one.\n\n" +
    "A destroy sets the former default again where that is still there and healthy, and none otherwise; a default that somebody " +
    "else has set meanwhile stays.",
  calls: [
    { methods: ["ListKmipServers", "GetDefaultKmsCluster", "SetDefaultKmsCluster"] },
    { purpose: "to see whether it is healthy", methods: ["RetrieveKmipServersStatus_Task"] },
    {
      purpose: "to remove what a run that was cut off has made",
      methods: ["ListKeys", "QueryCryptoKeyStatus", "RetrievePropertiesEx", "UnregisterKmsCluster"],
    },
  ],
  errors: ["EKM_KEY_PROVIDER_UNHEALTHY", "EKM_OBJECT_NOT_FOUND"],
  deletesFirst: true,
  arguments: {
    ...inTheSameVcenter,
    keyProvider: {
      kind: keyProviderReference,
      refersTo: { resources: ["vsphere:KeyProviderTrust"] },
      doc: "The provider of this trust, so that it is the default once it is healthy; or the name of one that is not managed here.",
      output: "Id of the key provider.",
    },
    entity: {
      kind: entityReference,
      optional: true,
      replaces: true,
      usual: "the vCenter",
      doc: "Type and id of an entity, such as `ClusterComputeResource:domain-c8`. Needs vSphere 7.0.",
    },
    ...adoptableMatch("take over the default as it is."),
  },
  outputs: {
    ...ofVcenter,
    previous: {
      kind: text,
      optional: true,
      doc: "Name of the provider that was the default before; a destroy goes back to it.",
    },
  },
  internal: versioned,
});

export type DefaultKeyProviderInputs = InputsOf<typeof defaultKeyProviderResource>;
export type DefaultKeyProviderOutputs = OutputsOf<typeof defaultKeyProviderResource>;
