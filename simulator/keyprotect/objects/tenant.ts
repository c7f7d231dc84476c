import { OperationFailure, operationsOf, type Tenant } from "../../../kmip";
import type { Client } from "../adapters/admission";
import { custodyOf } from "../keys/custody";
import type { Region } from "../region/machine";
import { AdapterObjects } from "./store";

/** All that IBM documents; there is no Query among them. */
const OPERATIONS = operationsOf([
  "Create",
  "Locate",
  "Get",
  "GetAttributes",
  "AddAttribute",
  "Activate",
  "Revoke",
  "Destroy",
  "DiscoverVersions",
]);
const VERSIONS = [{ major: 1, minor: 4 }];

/** An adapter as the KMIP port offers it to a client whose certificate is registered there. */
export function tenantOf(region: Region, client: Client): Tenant {
  const { instance, adapter, certificateID } = client;
  const custody = custodyOf(region, instance, adapter.keyID);
  return {
    store: new AdapterObjects(region, client, certificateID),
    custody,
    operations: OPERATIONS,
    versions: VERSIONS,
    customAttributes: true,
    kept: () => region.save(),
    refusal() {
      if (instance.adapters.includes(adapter)) return custody.refusal();
      return new OperationFailure("PermissionDenied", "the adapter is deleted");
    },
  };
}
