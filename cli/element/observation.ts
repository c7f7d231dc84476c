import type { Cluster } from "../../provider/systems/element/api/cluster";
import type { AsyncResult, ClusterFault } from "../../provider/systems/element/api/types";
import { type ClusterInfoResult, lookUpClusterInfo } from "../../provider/systems/element/lookups";
import { unresolvedFaults } from "../../provider/systems/element/observed/faults";
import { look } from "../../provider/systems/element/observed/jobs";
import { type Inventory, takeInventory } from "./inventory";

/** Everything that is read of a cluster for a report. */
export interface Observation {
  inventory: Inventory;
  info: Pick<ClusterInfoResult, "clusterVersion" | "clusterAPIVersion">;
  faults: ClusterFault[];
  /** The running or latest rekey, where the cluster has a record of it. */
  rekey?: AsyncResult;
}

export async function observe(cluster: Cluster): Promise<Observation> {
  const inventory = await takeInventory(cluster);
  const { masterKey } = inventory;
  const handle = typeof masterKey === "string" ? undefined : masterKey.asyncHandle;
  return {
    inventory,
    info: await lookUpClusterInfo(cluster),
    faults: await unresolvedFaults(cluster),
    rekey: handle === undefined ? undefined : await look(cluster, handle),
  };
}
