import { ConnectionConfigurationError, ConnectionNotConfiguredError } from "../../provider/connections/errors";
import { Logins } from "../../provider/connections/https/login";
import { type EkmError, isEkmError } from "../../provider/core/errors";
import type { Cluster } from "../../provider/systems/element/api/cluster";
import type { ConnectionSettings } from "../../provider/systems/element/api/settings";
import { DEFAULT_CLUSTER } from "../../provider/systems/element/default-cluster";
import type { ElementConnections } from "../../provider/systems/element/system";
import type { Surroundings } from "../command";
import { configured, onlyConnection, readOnlyConnections } from "../connection";
import { clusterOf, type Lookup } from "./drift";
import { type ProviderInstance, type RecordedResource, type State, StateError } from "./state";

/** What a report is to be made of. */
export interface Sources {
  /** Each connection once. */
  targets: Target[];
  /** The resources to compare, each with the clusters that its own provider knows. */
  resources: { resource: RecordedResource; cluster: Lookup }[];
  /** How many resources of the state are not asked for. */
  leftOut: number;
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
  const instances = (recorded.length > 0 ? recorded : [NO_INSTANCE]).map((instance) => {
    const connections = only ?? readOnlyConnections(instance.config, surroundings, logins);
    const resources = instance.resources.filter((resource) => isWanted(clusterOf(resource)));
    return { connections, cluster: lookupIn(connections, instance), resources };
  });
  const known = instances.flatMap(({ connections, cluster, resources }) =>
    namesIn(connections, resources)
      .filter(isWanted)
      .map((name) => targetOf(name, cluster)),
  );
  const compared = instances.flatMap(({ cluster, resources }) => resources.map((resource) => ({ resource, cluster })));
  const unknown = (clusters ?? (known.length === 0 ? [DEFAULT_CLUSTER] : [])).filter(
    (name) => !known.some(({ connection }) => connection === name),
  );
  return {
    targets: unique([
      ...known,
      ...unknown.map((name) => targetOf(name, lookupIn(readOnlyConnections({}, surroundings, logins), NO_INSTANCE))),
    ]),
    resources: compared,
    leftOut: recorded.flatMap(({ resources }) => resources).length - compared.length,
    close: async () => {
      await Promise.all(instances.map(({ connections }) => connections.close()));
    },
  };
}

/** Where there is no state, or none with resources of this package. */
const NO_INSTANCE: ProviderInstance = { config: {}, encrypted: new Set(), resources: [] };

const namesIn = (connections: ElementConnections, resources: ProviderInstance["resources"]): string[] => [
  ...new Set([...connections.names(), ...resources.map(clusterOf).filter((name) => name !== undefined)]),
];

/** Where the state has encrypted what is missing of a connection, that is why it cannot be used. */
const lookupIn =
  (connections: ElementConnections, { encrypted }: ProviderInstance): Lookup =>
  (name) => {
    try {
      return configured(connections, name);
    } catch (error) {
      if (encrypted.size === 0 || !isIncomplete(error)) throw error;
      throw new StateError({
        attempt: `looking up the connection to cluster "${name}"`,
        reason: "the state has it encrypted",
        wayOut:
          'give what "pulumi stack export --show-secrets" writes; or set the whole connection in EKM_CLUSTERS in the environment',
      });
    }
  };

const isIncomplete = (error: unknown): boolean =>
  error instanceof ConnectionNotConfiguredError ||
  (error instanceof ConnectionConfigurationError && error.explanation.reason.endsWith("is missing"));

function targetOf(connection: string, cluster: Lookup): Target {
  try {
    return { connection, cluster: cluster(connection) };
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
