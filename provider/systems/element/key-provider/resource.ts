import { adoptable, keepingAutoName, named } from "../../../core/ownership";
import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { integer } from "../../../core/resource/kinds";
import { ofCluster, onCluster, removingLeftovers } from "../on-cluster";

export const keyProviderResource = resource({
  token: "element:KeyProvider",
  doc:
    "The object under which a cluster creates keys. It needs a {@link KeyServerAttachment} before it can hold keys.\n\n" +
    "Deleting it waits until no key of it is outstanding, and fails with the name of whoever holds a key otherwise.",
  calls: [
    { methods: ["CreateKeyProviderKmip", "DeleteKeyProviderKmip", "ListKeyProvidersKmip"] },
    {
      purpose: "to see who holds its keys",
      methods: ["GetSoftwareEncryptionAtRestInfo", "GetAsyncResult", "GetEncryptionAtRestInfo"],
    },
    { purpose: "before Element 12.3", methods: ["ListDrives"] },
    removingLeftovers,
  ],
  errors: ["EKM_PROVIDER_ACTIVE", "EKM_EQUAL_OBJECT_EXISTS", "EKM_AMBIGUOUS_OBJECT", "EKM_OBJECT_NOT_FOUND"],
  deletesFirst: true,
  waits: ["delete"],
  arguments: {
    ...onCluster,
    name: {
      ...named(
        "Name for display. Element cannot rename a provider: another name is a replacement, refused while it is active.",
      ).name,
      replaces: true,
    },
    ...adoptable(
      'Id of an existing key provider to take over, or `"match"` for the provider that has the declared name.',
    ),
  },
  kept: keepingAutoName,
  outputs: {
    ...ofCluster,
    keyProviderID: {
      kind: integer(1),
      stable: true,
      doc: "The cluster's id of the provider; the resource's id is the same as text.",
    },
  },
  internal: versioned,
});

export type KeyProviderInputs = InputsOf<typeof keyProviderResource>;
export type KeyProviderOutputs = OutputsOf<typeof keyProviderResource>;
