import { ObjectNotFoundError } from "../../../core/object-errors";
import type { Cluster } from "../api/cluster";
import { ElementApiError } from "../api/errors";
import { KeyServerTestError } from "../errors";
import { findKeyProvider } from "./key-providers";

/**
 * Has the cluster try a key server: a create alone proves nothing about reachability.
 *
 * @throws KeyServerTestError
 */
export async function testKeyServer(cluster: Cluster, keyServerID: number, attempt: string): Promise<void> {
  await tryOut(cluster, attempt, () => cluster.call("TestKeyServerKmip", { keyServerID }));
}

/**
 * Has the cluster try a key provider: its server must be usable before a key is made there.
 *
 * @throws KeyServerTestError
 */
export async function testKeyProvider(cluster: Cluster, keyProviderID: number): Promise<void> {
  await tryOut(cluster, `testing key provider ${keyProviderID}`, () =>
    cluster.call("TestKeyProviderKmip", { keyProviderID }),
  );
}

/** Why a test does not pass, for looks that must not fail where a key server is out of service. */
export async function testFailure(test: Promise<void>): Promise<KeyServerTestError | undefined> {
  try {
    await test;
    return undefined;
  } catch (error) {
    if (error instanceof KeyServerTestError) return error;
    throw error;
  }
}

/**
 * Makes sure that a provider exists and that its key server works, before a key is made there.
 *
 * @throws ObjectNotFoundError, KeyServerTestError
 */
export async function assertUsable(cluster: Cluster, keyProviderID: number, attempt: string): Promise<void> {
  const provider = await findKeyProvider(cluster, keyProviderID);
  if (provider === undefined || provider.keyServerIDs.length === 0) {
    throw new ObjectNotFoundError({
      attempt,
      place: cluster.place,
      reason: provider === undefined ? "there is no such key provider" : "no key server is attached to it",
      wayOut: "give the element.KeyServerAttachment as attachment, so that it is attached and tested first",
    });
  }
  await testKeyProvider(cluster, keyProviderID);
}

/**
 * Makes a change for which the cluster contacts the key server first. It changes nothing when that fails.
 *
 * @throws KeyServerTestError
 */
export const contacting = <T>(cluster: Cluster, attempt: string, change: () => Promise<T>): Promise<T> =>
  tryOut(cluster, attempt, change, ({ vendorName }) => OF_THE_CONTACT.test(vendorName));

/** The names of these errors are not documented. An error of any other name is told in the cluster's own words. */
const OF_THE_CONTACT = /^x(?!DB)\w*(Authentication|Connection|KmipServer|Certificate)/;

async function tryOut<T>(
  cluster: Cluster,
  attempt: string,
  contact: () => Promise<T>,
  isOfContact: (error: ElementApiError) => boolean = () => true,
): Promise<T> {
  try {
    return await contact();
  } catch (error) {
    if (!(error instanceof ElementApiError) || !isOfContact(error)) throw error;
    throw new KeyServerTestError(
      {
        attempt,
        place: cluster.place,
        reason: error.explanation.reason,
        wayOut:
          "make sure that the key server is up, that it trusts the authority of clientCertificate, and that caCertificate signed its own certificate; then run again",
      },
      { cause: error },
    );
  }
}
