import { UnexpectedAnswerError } from "../../../connections/errors";
import { isEkmError } from "../../../core/errors";
import { ClientCertificateMismatchError } from "../../../core/object-errors";
import { publicKeyFingerprint, readCertificateRequest } from "../../../pki";
import type { Cluster } from "../api/cluster";
import { ElementApiError } from "../api/errors";
import type { KeyServerKmip } from "../api/types";

export async function listKeyServers(cluster: Cluster): Promise<KeyServerKmip[]> {
  return (await cluster.call("ListKeyServersKmip", {})).kmipKeyServers;
}

/** Decided by listing: the API has no known error for an id that does not exist. */
export async function findKeyServer(cluster: Cluster, keyServerID: number): Promise<KeyServerKmip | undefined> {
  return (await listKeyServers(cluster)).find((server) => server.keyServerID === keyServerID);
}

/** Fingerprint of the public key of the cluster's key pair; `undefined` before there is one. */
async function clusterKeyFingerprint(cluster: Cluster): Promise<string | undefined> {
  const request = await clusterCertificateRequest(cluster);
  return request === undefined ? undefined : publicKeyFingerprint(request);
}

/**
 * The signing request of the cluster's key pair, as the cluster gives it; `undefined` before there is a pair. No list tells
 * whether there is one, and the error of a cluster without one is not documented: `saysThereIsNone` tells it from others.
 *
 * @throws UnexpectedAnswerError
 */
export async function clusterCertificateRequest(
  cluster: Cluster,
  saysThereIsNone = namesAbsence,
): Promise<string | undefined> {
  try {
    const { clientCertificateSignRequest: pem } = await cluster.call("GetClientCertificateSignRequest", {});
    if (pem !== "") assertReadable(cluster, pem);
    return pem === "" ? undefined : pem;
  } catch (error) {
    if (error instanceof ElementApiError && saysThereIsNone(error)) return undefined;
    throw error;
  }
}

/**
 * Whether the error's name is like those that the API has for missing objects. A pair that existed cannot be deleted.
 */
export const namesAbsence = ({ vendorName }: ElementApiError): boolean =>
  /DoesNotExist|NoSuch|NotFound/.test(vendorName);

/** For a cluster without a pair yet: any error may mean that, but those whose documented names mean something else. */
export const mayNameAbsence = ({ vendorName }: ElementApiError): boolean =>
  !/^x(DB(?!NoSuchPath)|Not|RpcTimeout|AssertionFailure|Unknown|Invalid|Missing|APINotPermitted|ExceededLimit)/.test(
    vendorName,
  );

function assertReadable(cluster: Cluster, pem: string): void {
  try {
    readCertificateRequest(pem);
  } catch (cause) {
    if (!isEkmError(cause)) throw cause;
    throw new UnexpectedAnswerError(
      {
        attempt: "calling GetClientCertificateSignRequest",
        place: cluster.place,
        reason: `result.clientCertificateSignRequest cannot be used (${cause.message})`,
        wayOut:
          "fetch it by hand and look at it with openssl req; a new key pair gives a new one (regenerate of element.KeyPair)",
      },
      { cause },
    );
  }
}

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
    place: cluster.place,
    reason: `clientCertificate is for the public key ${certificateKey}, the cluster's is ${clusterKey ?? "not created yet"}`,
    wayOut: "have the cluster's own certificate signing request signed, and give that certificate",
  });
}
