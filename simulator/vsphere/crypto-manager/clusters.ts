import { randomUUID } from "node:crypto";
import { healthOf, newHealth, verdictOn } from "../providers/health";
import { kmsClusterNamed } from "../providers/lookup";
import { invalidArgumentFault, runtimeFault } from "../soap/faults";
import { method } from "../soap/method";
import { integer, optional, required, text, truth } from "../soap/parameters";
import { List } from "../soap/values";
import type { VCenter } from "../vcenter/machine";
import type { KmsCluster, ManagementType } from "../vcenter/state";
import { isUsed } from "../workload/usage";
import { clusterOf, id, on, type ProviderId } from "./place";
import { clusterInfo } from "./structures";

/** Providers as a whole: a standard one comes with its first server. */
export const clusterMethods = {
  RegisterKmsCluster: method<{ clusterId: ProviderId; managementType?: string }>({
    on,
    params: { clusterId: required(id), managementType: optional(text) },
    async handle({ vcenter }, { clusterId, managementType = "trustAuthority" }) {
      if (managementType !== "trustAuthority") throw invalidArgumentFault("managementType");
      if (clusterId.id === "") throw invalidArgumentFault("clusterId");
      if (kmsClusterNamed(vcenter, clusterId.id)) throw runtimeFault("Already registered");
      vcenter.state.kmsClusters.push(newCluster(vcenter, clusterId.id, managementType));
      await vcenter.save();
    },
  }),

  UnregisterKmsCluster: method<{ clusterId: ProviderId }>({
    on,
    params: { clusterId: required(id) },
    async handle({ vcenter }, { clusterId }) {
      const { switches, state } = vcenter;
      const cluster = clusterOf(vcenter, clusterId);
      const { name } = cluster;
      if (switches.protectsUsedProvider && isUsed(vcenter, name)) {
        throw runtimeFault(`The key provider ${name} is in use`);
      }
      if (switches.protectsDefaultProvider && state.defaultProvider === name) {
        throw runtimeFault(`The key provider ${name} is the default`);
      }
      unregister(vcenter, cluster);
      await vcenter.save();
    },
  }),

  ListKmipServers: method<{ limit?: number }>({
    on,
    params: { limit: optional(integer) },
    handle({ vcenter: { state } }, { limit = Number.POSITIVE_INFINITY }) {
      const listed = state.kmsClusters.slice(0, limit < 0 ? undefined : limit);
      return new List(
        "KmipClusterInfo",
        listed.map((each) => clusterInfo(state, each)),
      );
    },
  }),

  ListKmsClusters: method<{ includeKmsServers?: boolean; managementTypeFilter?: number; statusFilter?: number }>({
    on,
    params: {
      includeKmsServers: optional(truth),
      managementTypeFilter: optional(integer),
      statusFilter: optional(integer),
    },
    async handle({ vcenter }, { includeKmsServers = false, managementTypeFilter, statusFilter }) {
      const listed: KmsCluster[] = [];
      for (const cluster of vcenter.state.kmsClusters) {
        const isOfType = isAmong(managementTypeFilter, managementBits[cluster.managementType]);
        if (isOfType && isAmong(statusFilter, await statusBitOf(vcenter, cluster))) listed.push(cluster);
      }
      return new List(
        "KmipClusterInfo",
        listed.map((each) => clusterInfo(vcenter.state, each, includeKmsServers)),
      );
    },
  }),
};

/** Each kind of provider, and each status, as one bit of a filter. */
const managementBits: Record<ManagementType, number> = { unknown: 1, vCenter: 2, trustAuthority: 4, nativeProvider: 8 };

const isAmong = (filter: number | undefined, bit: number): boolean =>
  filter === undefined || filter === 0 || (filter & bit) !== 0;

async function statusBitOf(vcenter: VCenter, cluster: KmsCluster): Promise<number> {
  const bits = { none: 1, good: 2, mixed: 4, bad: 8 };
  return bits[verdictOn((await healthOf(vcenter, cluster)).servers)];
}

export function newCluster(vcenter: VCenter, name: string, managementType: ManagementType): KmsCluster {
  const nothing = { servers: [], common: {}, trustedCertificates: [], keys: [] };
  return { uuid: randomUUID(), name, managementType, health: newHealth(vcenter), ...nothing };
}

/** The keys that it has made at its key servers stay there. */
export function unregister(vcenter: VCenter, cluster: KmsCluster): void {
  const { state, secrets } = vcenter;
  state.kmsClusters = state.kmsClusters.filter((other) => other !== cluster);
  state.entityDefaults = state.entityDefaults.filter(({ provider }) => provider !== cluster.name);
  if (state.defaultProvider === cluster.name) delete state.defaultProvider;
  delete secrets.providers[cluster.uuid];
}
