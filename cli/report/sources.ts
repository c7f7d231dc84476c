import type { Cluster } from "../../provider/element/api/cluster";
import { Logins } from "../../provider/element/api/login";
import type { ConnectionSettings } from "../../provider/element/api/settings";
import type { Connections } from "../../provider/element/connections";
import { DEFAULT_CLUSTER } from "../../provider/element/default-cluster";
import { type EkmError, isEkmError } from "../../provider/errors";
import type { Surroundings } from "../command";
import { configured, onlyConnection, readOnlyConnections } from "../connection";
import { clusterOf } from "./drift";
import type { ProviderInstance, RecordedResource, State } from "./state";

/** What a report is to be made of. */
export interface Sources {
  /** Each connection once. */
  targets: Target[];
  /** The resources to compare, each with the connections of its own provider. */
  resources: { resource: RecordedResource; connections: Connections }[];
  close(): Promise<void>;
}

/** A connection by its name: a cluster, or why there is none. */
export interface Target {
  connection: string;
  cluster: Cluster | EkmError;
}

export interface Wanted {
  state?: State;
  /** Names of connections; all where it is left out. */
  clusters?: readonly string[];
  /** The connection that was given instead of the configured ones, which must then be one alone. */
  given?: ConnectionSettings;
}

/** Finds the connections of a report: a given one, or those of each provider instance in a state and of the environment. */
export function sourcesOf({ state, given, ...wanted }: Wanted, surroundings: Surroundings): Sources {
  const only = given && onlyConnection(wanted.clusters?.[0] ?? DEFAULT_CLUSTER, given, surroundings);
  const clusters = wanted.clusters ?? only?.names();
  const isWanted = (name: string | undefined) =>
    clusters === undefined || name === undefined || clusters.includes(name);
  const logins = new Logins();
  const recorded = state?.instances ?? [];
  // The environment's connections are there without any instance.
  const instances = (recorded.length > 0 ? recorded : [NO_INSTANCE]).map(({ config, resources }) => ({
    connections: only ?? readOnlyConnections(config, surroundings, logins),
    resources: resources.filter((resource) => isWanted(clusterOf(resource))),
  }));
  const known = instances.flatMap(({ connections, resources }) =>
    namesIn(connections, resources)
      .filter(isWanted)
      .map((name) => targetOf(connections, name)),
  );
  const unknown = (clusters ?? (known.length === 0 ? [DEFAULT_CLUSTER] : [])).filter(
    (name) => !known.some(({ connection }) => connection === name),
  );
  return {
    targets: unique([
      ...known,
      ...unknown.map((name) => targetOf(readOnlyConnections({}, surroundings, logins), name)),
    ]),
    resources: instances.flatMap(({ connections, resources }) =>
      resources.map((resource) => ({ resource, connections })),
    ),
    close: async () => {
      await Promise.all(instances.map(({ connections }) => connections.close()));
    },
  };
}

/** Where there is no state, or none with resources of this package. */
const NO_INSTANCE: ProviderInstance = { config: {}, resources: [] };

const namesIn = (connections: Connections, resources: ProviderInstance["resources"]): string[] => [
  ...new Set([...connections.names(), ...resources.map(clusterOf).filter((name) => name !== undefined)]),
];

function targetOf(connections: Connections, connection: string): Target {
  try {
    return { connection, cluster: configured(connections, connection) };
  } catch (error) {
    if (!isEkmError(error)) throw error;
    return { connection, cluster: error };
  }
}

/** Provider instances may know the same cluster by the same name. */
function unique(targets: readonly Target[]): Target[] {
  const key = ({ connection, cluster }: Target) =>
    JSON.stringify([connection, isEkmError(cluster) ? cluster.message : cluster.settings.endpoint]);
  return [...new Map(targets.map((target) => [key(target), target])).values()];
}
