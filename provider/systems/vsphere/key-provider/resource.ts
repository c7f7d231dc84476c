import { keepingAutoName } from "../../../core/ownership";
import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import {
  expectedOfProvider,
  internalOfProvider,
  outputsOfProvider,
  providerArguments,
} from "../key-providers/arguments";
import { ofVcenter, onVcenter } from "../on-vcenter";

export const keyProviderResource = resource({
  token: "vsphere:KeyProvider",
  doc:
    "A standard key provider: a set of KMIP key servers from which a vCenter gives its hosts keys. It is of use once a " +
    "{@link KeyProviderTrust} says that vCenter and the servers trust each other.\n\n" +
    "Deleting it is refused while it is the default, or a virtual machine or a host has a key of it: they could not be " +
    "started again. vCenter destroys no key: those that it has made stay at the key servers.",
  calls: [
    {
      methods: [
        "RegisterKmipServer",
        "UpdateKmipServer",
        "RemoveKmipServer",
        "UnregisterKmsCluster",
        "ListKmipServers",
        "RetrieveKmipServerCert",
        "UploadKmipServerCert",
      ],
    },
    {
      purpose: "to see who uses it",
      methods: ["ListKeys", "QueryCryptoKeyStatus", "RetrievePropertiesEx"],
    },
  ],
  errors: [
    "EKM_SERVER_CERTIFICATE",
    "EKM_KEY_PROVIDER_IN_USE",
    "EKM_KEY_PROVIDER_DEFAULT",
    "EKM_EQUAL_OBJECT_EXISTS",
    "EKM_OBJECT_NOT_FOUND",
    "EKM_REPLACEMENT_REFUSED",
  ],
  deletesFirst: true,
  arguments: { ...onVcenter, ...providerArguments },
  kept: keepingAutoName,
  expected: expectedOfProvider,
  outputs: { ...ofVcenter, ...outputsOfProvider },
  internal: { ...versioned, ...internalOfProvider },
});

export type KeyProviderInputs = InputsOf<typeof keyProviderResource>;
export type KeyProviderOutputs = OutputsOf<typeof keyProviderResource>;
