import { publicKeyFingerprint } from "../pki";
import type { Cluster } from "./api/cluster";
import { ElementApiError } from "./api/errors";
import type { KeyServerKmip } from "./api/types";
import { ClientCertificateMismatchError } from "./errors";

export async function listKeyServers(cluster: Cluster): Promise<KeyServerKmip[]> {
  return (await cluster.call("ListKeyServersKmip", {})).kmipKeyServers;
}

/** Decided by listing: the API has no known error for an id that does not exist. */
export async function findKeyServer(cluster: Cluster, keyServerID: number): Promise<KeyServerKmip | undefined> {
  return (await listKeyServers(cluster)).find((server) => server.keyServerID === keyServerID);
}

/** Fingerprint of the public key of the cluster's key pair; `undefined` before there is one. */
export async function clusterKeyFingerprint(cluster: Cluster): Promise<string | undefined> {
  const request = await clusterCertificateRequest(cluster);
  return request === undefined ? undefined : publicKeyFingerprint(request);
}

/** The signing request of the cluster's key pair, as the cluster gives it; `undefined` before there is a pair. */
export async function clusterCertificateRequest(cluster: Cluster): Promise<string | undefined> {
  try {
    const { clientCertificateSignRequest } = await cluster.call("GetClientCertificateSignRequest", {});
    return clientCertificateSignRequest === "" ? undefined : clientCertificateSignRequest;
  } catch (error) {
    if (error instanceof ElementApiError && !OTHER_CAUSES.test(error.vendorName)) return undefined;
    throw error;
  }
}

/**
 * No list tells whether there is a key pair, and the error of a cluster without one is not documented. These names are,
 * and mean something else.
 */
const OTHER_CAUSES =
  /^x(DB(?!NoSuchPath)|Not|RpcTimeout|AssertionFailure|Unknown|Invalid|Missing|APINotPermitted|ExceededLimit)/;

/**
 * Makes sure that a client certificate was issued for the cluster's own key: with any other one, the key server refuses
 * the cluster.
 *
 * @throws ClientCertificateMismatchError
 */
export async function assertBelongsToCluster(
  cluster: Cluster,
  clientCertificate: string,
  attempt: string,
): Promise<void> {
  const [certificateKey, clusterKey] = [publicKeyFingerprint(clientCertificate), await clusterKeyFingerprint(cluster)];
  if (certificateKey === clusterKey) return;
  throw new ClientCertificateMismatchError({
    attempt,
    cluster: cluster.name,
    reason: `clientCertificate is for the public key ${certificateKey}, the cluster's is ${clusterKey ?? "not created yet"}`,
    wayOut: "have the cluster's own certificate signing request signed, and give that certificate",
  });
}
