import type { Context } from "../../../core/lifecycle";
import type { Cluster } from "../api/cluster";
import { KMIP_PORT } from "../api/results";
import type { KeyServerKmip } from "../api/types";
import { sameHostnames } from "../equality";
import { KeyUnavailableError } from "../errors";
import { FAULTS_ARE_CACHED_MS } from "../observed/faults";
import { lostKeys } from "../observed/key-fault";

/** Where a key server is reached. */
export interface Address {
  hostnames: string[];
  port?: number;
}

export const sameAddress = (a: Address, b: Address): boolean =>
  sameHostnames(a.hostnames, b.hostnames) && (a.port ?? KMIP_PORT) === (b.port ?? KMIP_PORT);

export const addressInWords = ({ hostnames, port = KMIP_PORT }: Address): string =>
  `${hostnames.join(", ")}, port ${port}`;

/**
 * Makes sure that a cluster still gets its keys after the address of a key server has changed. The cluster takes any
 * server that lets it in, also one that has never had its keys, and would find out when it next starts. As soon as it
 * says so, the former address is put back.
 *
 * @throws KeyUnavailableError
 */
export async function assertKeysFollow(
  cluster: Cluster,
  server: KeyServerKmip,
  former: Address,
  { clock, log, signal }: Context,
): Promise<void> {
  if (server.keyProviderID === null) return;
  if ((await lostKeys(cluster, server.keyProviderID)) === undefined) return;
  log.progress("the cluster misses a key: looking again once that is no memory of the former address");
  await clock.sleep(FAULTS_ARE_CACHED_MS + 1_000, signal);
  const lost = await lostKeys(cluster, server.keyProviderID);
  if (lost === undefined) return;
  const present = { hostnames: server.kmipKeyServerHostnames, port: server.kmipKeyServerPort };
  await cluster.call("ModifyKeyServerKmip", {
    keyServerID: server.keyServerID,
    kmipKeyServerHostnames: former.hostnames,
    kmipKeyServerPort: former.port ?? KMIP_PORT,
  });
  throw new KeyUnavailableError({
    attempt: `changing the address of key server ${server.keyServerID} "${server.kmipKeyServerName}" to ${addressInWords(present)}`,
    place: cluster.place,
    reason: `the key server there works, but the cluster cannot get its keys from it: ${lost}. Its former address (${addressInWords(former)}) was put back`,
    wayOut:
      "give the new address of the same key server; to move to another one, give the key provider another name as well, so that the key moves first (README, To move to another key server)",
  });
}
