import type { ClusterFault } from "../../../provider/systems/element/api/types";
import type { Cluster } from "../cluster/machine";
import { unlockDrives } from "./drives";
import { certificateConditions, driveConditions, type FaultCondition, keyServerConditions } from "./fault-conditions";
import { destroyDiscardedKeys } from "./key-custody";
import type { MethodGroup } from "./method";
import { boolean, oneOf, optional } from "./parameters";

const faultTypes = oneOf("current", "resolved", "all");

export const clusterFaultMethods: MethodGroup<"ListClusterFaults" | "ClearClusterFaults"> = {
  ListClusterFaults: {
    since: "1.0",
    params: { bestPractices: optional(boolean), faultTypes: optional(faultTypes) },
    async handle(cluster, { faultTypes = "all" }) {
      const age = cluster.now().getTime() - (cluster.faultsEvaluatedAt ?? Number.NEGATIVE_INFINITY);
      if (age >= cluster.switches.faultCacheSeconds * 1000) await evaluateFaults(cluster);
      return { faults: structuredClone(cluster.state.faults.filter((fault) => isOfType(fault, faultTypes))) };
    },
  },

  /** Clears what is listed; a condition that still holds comes back at the next look. */
  ClearClusterFaults: {
    since: "1.0",
    params: { faultTypes: optional(faultTypes) },
    async handle(cluster, { faultTypes = "resolved" }) {
      cluster.state.faults = cluster.state.faults.filter((fault) => !isOfType(fault, faultTypes));
      await cluster.save();
      return {};
    },
  },
};

/** Looks at every condition: new ones become faults, faults whose condition is gone become resolved. */
export async function evaluateFaults(cluster: Cluster): Promise<void> {
  await unlockDrives(cluster);
  const keyServers = await keyServerConditions(cluster);
  const conditions = [...keyServers, ...certificateConditions(cluster), ...driveConditions(cluster)];
  const date = cluster.now().toISOString().replace("Z", "000Z");
  for (const condition of conditions) {
    const known = unresolved(cluster).find((fault) => matches(fault, condition));
    if (known) known.details = condition.details;
    else cluster.state.faults.push(newFault(cluster, condition, date));
  }
  for (const fault of unresolved(cluster)) {
    if (conditions.some((condition) => matches(fault, condition))) continue;
    fault.resolved = true;
    fault.resolvedDate = date;
  }
  cluster.faultsEvaluatedAt = cluster.now().getTime();
  await cluster.save();
  if (keyServers.length === 0) await destroyDiscardedKeys(cluster);
}

function unresolved(cluster: Cluster): ClusterFault[] {
  return cluster.state.faults.filter((fault) => !fault.resolved);
}

function matches(fault: ClusterFault, condition: FaultCondition): boolean {
  return fault.code === condition.code && JSON.stringify(fault.data) === JSON.stringify(condition.data);
}

function newFault(cluster: Cluster, condition: FaultCondition, date: string): ClusterFault {
  const { driveIDs = [], ...rest } = condition;
  return {
    clusterFaultID: cluster.nextID("fault"),
    ...rest,
    date,
    resolved: false,
    resolvedDate: "",
    nodeID: 0,
    nodeHardwareFaultID: 0,
    serviceID: 0,
    driveID: driveIDs[0] ?? 0,
    driveIDs,
    blocksUpgrade: condition.severity !== "warning",
    externalSource: "",
    networkInterface: "",
  };
}

function isOfType(fault: ClusterFault, type: "current" | "resolved" | "all"): boolean {
  return type === "all" || fault.resolved === (type === "resolved");
}
