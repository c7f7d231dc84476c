import {
  IN_CLEAR,
  type KmipEndpoint,
  OperationFailure,
  operationsOf,
  type Peer,
  startKmipEndpoint,
  type Tenant,
} from "../../kmip";
import { clientOf } from "./adapters/admission";
import { AdapterObjects } from "./objects/store";
import type { Region } from "./region/machine";

/** All that IBM documents; there is no Query among them. */
const OPERATIONS = operationsOf([
  "DiscoverVersions",
  "Create",
  "Locate",
  "Get",
  "GetAttributes",
  "AddAttribute",
  "Activate",
  "Revoke",
  "Destroy",
]);
const VERSIONS = [{ major: 1, minor: 4 }];

/**
 * Speaks KMIP for all adapters of a region, with the certificate of its API. Nothing in the protocol says which adapter is meant:
 * the client certificate does, and no authority need have signed it.
 */
export function openKmipPort(region: Region, address: { host?: string; port?: number }): Promise<KmipEndpoint> {
  const { tlsCertificate: cert, tlsPrivateKey: key } = region.secrets;
  return startKmipEndpoint({ ...address, cert, key, clock: region.now, admit: (peer) => tenantOf(region, peer) });
}

function tenantOf(region: Region, { certificate }: Peer): Tenant | OperationFailure {
  const client = certificate && clientOf(region, certificate.fingerprint256, region.now());
  if (client === undefined) {
    return new OperationFailure("AuthenticationNotSuccessful", "the client certificate is not registered");
  }
  return {
    store: new AdapterObjects(region, client, client.certificateID),
    // The store seals and opens by itself: with each object it says by which version of the root key.
    custody: IN_CLEAR,
    operations: OPERATIONS,
    versions: VERSIONS,
    customAttributes: true,
    kept: () => region.save(),
  };
}
