import type { Cluster } from "../api/cluster";
import type { ClusterFault } from "../api/types";
import { KeyUnavailableError } from "../errors";
import { testFailure, testKeyProvider } from "./connectivity";
import { describeFaults, hasCode, unresolvedFaults } from "./faults";
import type { Holder } from "./holder";

const KEY_SERVER_FAULT = ["kmipServerFault"];
/**
 * Two of the fault's three documented conditions are faults of the server. They stay listed for up to half a minute.
 */
const OF_THE_SERVER = /connection|authentication/i;

/**
 * The cluster's words about a key that its key server does not give out although the server works; `undefined` where
 * there is no such fault. The resource of a server that does not work says so itself.
 */
export async function keyFault(
  cluster: Cluster,
  { holder, keyID }: { holder?: Holder; keyID?: string },
): Promise<string | undefined> {
  if (holder === undefined || holder === "internal") return undefined;
  const faults = (await faultsOfKeys(cluster, holder)).filter(({ data }) => (data?.keyID ?? keyID) === keyID);
  if (faults.length === 0) return undefined;
  return (await testFailure(testKeyProvider(cluster, holder))) ? undefined : describeFaults(faults);
}

/**
 * The cluster's words about keys that the working key servers of a provider do not give out; `undefined` without any.
 */
export async function lostKeys(cluster: Cluster, keyProviderID: number): Promise<string | undefined> {
  const faults = await faultsOfKeys(cluster, keyProviderID);
  return faults.length === 0 ? undefined : describeFaults(faults);
}

const faultsOfKeys = async (cluster: Cluster, keyProviderID: number): Promise<ClusterFault[]> =>
  (await unresolvedFaults(cluster)).filter(
    (fault) =>
      hasCode(fault, KEY_SERVER_FAULT) &&
      !OF_THE_SERVER.test(fault.details) &&
      (fault.data?.keyProviderID ?? keyProviderID) === keyProviderID,
  );

/** @param successor how to get another key in its place */
export const keyUnavailable = (cluster: Cluster, key: string, fault: string, successor: string) =>
  new KeyUnavailableError({
    attempt: `looking for ${key} on its key server`,
    place: cluster.place,
    reason: `the key server works, but the cluster cannot get the key: ${fault}`,
    wayOut: `restart no node: it could not unlock its drives. Activate the key again on the key server, or restore it there from a backup; if that cannot be, ${successor}, as long as the cluster still has the old one open. A fault that is over may be listed for another half a minute`,
  });
