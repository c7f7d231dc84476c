import type { SystemConnections } from "../../provider/adapters/pulumi/connections";
import { ConnectionConfigurationError, ConnectionNotConfiguredError } from "../../provider/connections/errors";
import { Logins } from "../../provider/connections/https/login";
import { type EkmError, isEkmError, placeInWords } from "../../provider/core/errors";
import type { Comparing } from "../../provider/core/lifecycle";
import { systemName } from "../../provider/core/system";
import type { Cluster } from "../../provider/systems/element/api/cluster";
import type { ConnectionSettings } from "../../provider/systems/element/api/settings";
import { DEFAULT_CLUSTER } from "../../provider/systems/element/default-cluster";
import { element } from "../../provider/systems/element/system";
import type { Surroundings } from "../command";
import { configured, onlyConnection, readOnlyConnections } from "../connection";
import { givenCluster } from "../element/given-connection";
import { type ProviderInstance, type RecordedResource, type State, StateError } from "./state";

/** What a report is to be made of. */
export interface Sources {
  /** Each connection once. */
  targets: Target[];
  /** The resources to compare, each with the connections that its own provider has. */
  resources: { resource: RecordedResource; connection: Comparing["connection"] }[];
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
  given?: Partial<ConnectionSettings>;
}

/** Finds the connections of a report: a given one, or those of each provider instance in a state and of the environment. */
export function sourcesOf({ state, given, ...wanted }: Wanted, surroundings: Surroundings): Sources {
  const only = given && onlyConnection(element, wanted.clusters?.[0] ?? DEFAULT_CLUSTER, given, surroundings);
  const clusters = wanted.clusters ?? only?.to(element).names();
  const isWanted = (name: string | undefined) =>
    clusters === undefined || name === undefined || clusters.includes(name);
  const logins = new Logins();
  const recorded = state?.instances ?? [];
  // The environment's connections are there without any instance.
  const instances = (recorded.length > 0 ? recorded : [NO_INSTANCE]).map((instance) => {
    const connections = only ?? readOnlyConnections(instance.config, surroundings, logins);
    const resources = instance.resources.filter((resource) => isWanted(clusterOf(resource)));
    return { connections, connection: lookupIn(connections, instance), resources };
  });
  const known = instances.flatMap(({ connections, connection, resources }) =>
    namesIn(connections, resources)
      .filter(isWanted)
      .map((name) => targetOf(name, connection)),
  );
  const compared = instances.flatMap(({ connection, resources }) =>
    resources.map((resource) => ({ resource, connection })),
  );
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

const namesIn = (connections: SystemConnections, resources: ProviderInstance["resources"]): string[] => [
  ...new Set([...connections.to(element).names(), ...resources.map(clusterOf).filter((name) => name !== undefined)]),
];

/** Where the state has encrypted what is missing of a connection, that is why it cannot be used. */
const lookupIn =
  (connections: SystemConnections, { encrypted }: ProviderInstance): Comparing["connection"] =>
  (system, name) => {
    try {
      return configured(connections, system, name, givenCluster);
    } catch (error) {
      if (encrypted.size === 0 || !isIncomplete(error)) throw error;
      throw new StateError({
        attempt: `looking up the connection to ${placeInWords({ noun: system.noun, name })}`,
        reason: "the state has it encrypted",
        wayOut: `give what "pulumi stack export --show-secrets" writes; or set the whole connection in ${system.environmentVariable} in the environment`,
      });
    }
  };

const isIncomplete = (error: unknown): boolean =>
  error instanceof ConnectionNotConfiguredError ||
  (error instanceof ConnectionConfigurationError && error.explanation.reason.endsWith("is missing"));

function targetOf(name: string, connection: Comparing["connection"]): Target {
  try {
    return { connection: name, cluster: connection(element, name) };
  } catch (error) {
    if (!isEkmError(error)) throw error;
    return { connection: name, cluster: error };
  }
}

/** The name of the cluster's connection, of what is on a cluster. */
function clusterOf({ outputs }: RecordedResource): string | undefined {
  const name = systemName(element, outputs);
  return typeof name === "string" ? name : undefined;
}

/** Provider instances may know the same cluster by the same name. */
function unique(targets: readonly Target[]): Target[] {
  const key = ({ connection, cluster }: Target) =>
    JSON.stringify([connection, isEkmError(cluster) ? cluster.message : cluster.settings.endpoint]);
  return [...new Map(targets.map((target) => [key(target), target])).values()];
}
