import { type KmipEndpoint, OperationFailure, type Peer, startKmipEndpoint, type Tenant } from "../../kmip";
import { clientOf } from "./adapters/admission";
import { tenantOf } from "./objects/tenant";
import type { Region } from "./region/machine";

/**
 * Speaks KMIP for all adapters of a region, with the certificate of its API. Nothing in the protocol says which adapter is meant:
 * the client certificate does, and no authority need have signed it.
 */
export function openKmipPort(region: Region, address: { host?: string; port?: number }): Promise<KmipEndpoint> {
  const { tlsCertificate: cert, tlsPrivateKey: key } = region.secrets;
  return startKmipEndpoint({ ...address, cert, key, clock: region.now, admit: (peer) => admitted(region, peer) });
}

function admitted(region: Region, { certificate }: Peer): Tenant | OperationFailure {
  const client = certificate && clientOf(region, certificate.fingerprint256, region.now());
  if (client !== undefined) return tenantOf(region, client);
  return new OperationFailure("AuthenticationNotSuccessful", "the client certificate is not registered");
}
