import type { Cluster } from "../api/cluster";
import type { ClusterFault } from "../api/types";
import { ClusterUnhealthyError } from "../errors";

/** Age that an answer of ListClusterFaults may have, in milliseconds. */
export const FAULTS_ARE_CACHED_MS = 30_000;

export async function unresolvedFaults(cluster: Cluster): Promise<ClusterFault[]> {
  const { faults } = await cluster.call("ListClusterFaults", { faultTypes: "current" });
  return faults.filter(({ resolved }) => !resolved);
}

/** Whether a fault has one of these codes: the vendor's documents differ in letter case. */
export const hasCode = ({ code }: ClusterFault, codes: readonly string[]): boolean =>
  codes.some((known) => known.toLowerCase() === code.toLowerCase());

/** Faults in words: code and the cluster's own details. */
export const describeFaults = (faults: ClusterFault[]): string =>
  faults.map(({ code, details }) => `${code} (${details})`).join(", ");

/** Faults of drives and services that serve data, whatever their severity. */
const UNHEALTHY_CODES = ["driveFailed", "sliceServiceUnhealthy", "blockServiceUnhealthy"];
const SERVING: readonly ClusterFault["type"][] = ["node", "drive", "service"];

/**
 * Makes sure that the cluster is healthy: hardware encryption changes on a healthy one only.
 *
 * @throws ClusterUnhealthyError
 */
export async function assertHealthy(cluster: Cluster, attempt: string): Promise<void> {
  const faults = (await unresolvedFaults(cluster)).filter(
    (fault) => hasCode(fault, UNHEALTHY_CODES) || (fault.severity === "critical" && SERVING.includes(fault.type)),
  );
  if (faults.length === 0) return;
  throw new ClusterUnhealthyError({
    attempt,
    place: cluster.place,
    reason: `the cluster is not healthy: ${describeFaults(faults)}`,
    wayOut: "mend what the faults name, and run again once they are resolved, which may show half a minute later",
  });
}
