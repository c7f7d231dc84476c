import type { SystemConnections } from "../../provider/adapters/pulumi/connections";
import { ConnectionConfigurationError, ConnectionNotConfiguredError } from "../../provider/connections/errors";
import { Logins } from "../../provider/connections/https/login";
import { type EkmError, isEkmError, placeInWords } from "../../provider/core/errors";
import type { Comparing } from "../../provider/core/lifecycle";
import { systemName } from "../../provider/core/system";
import type { ConnectionSettings } from "../../provider/systems/element/api/settings";
import { DEFAULT_CLUSTER } from "../../provider/systems/element/default-cluster";
import { element } from "../../provider/systems/element/system";
import type { Surroundings } from "../command";
import { configured, onlyConnection, readOnlyConnections } from "../connection";
import { givenCluster } from "../element/given-connection";
import type { SystemReports } from "./model";
import type { ReportedConnection } from "./reporter";
import { type ProviderInstance, type RecordedResource, type State, StateError } from "./state";
import { reported, reporters } from "./systems";

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

/** A connection by its name: a system, or why there is none. */
export interface Target {
  kind: keyof SystemReports;
  connection: string;
  opened: ReportedConnection | EkmError;
  /** The resources of the state that are on it. */
  recorded: readonly RecordedResource[];
}

/** Names of connections, by what their systems are called. */
export type Names = Readonly<Partial<Record<string, readonly string[]>>>;

export interface Wanted {
  state?: State;
  /** All where none is named. */
  names: Names;
  /** The connection to a cluster that was given instead of the configured ones, which must then be one alone. */
  given?: Partial<ConnectionSettings>;
}

/** Finds the connections of a report: a given one, or those of each provider instance in a state and of the environment. */
export function sourcesOf({ state, given, names: named }: Wanted, surroundings: Surroundings): Sources {
  const [own = DEFAULT_CLUSTER] = named[element.noun] ?? [];
  const only = given && onlyConnection(element, own, given, surroundings);
  const wanted = new WantedNames(only === undefined ? named : { [element.noun]: [own] });
  const logins = new Logins();
  const recorded = state?.instances ?? [];
  // The environment's connections are there without any instance.
  const instances = (recorded.length > 0 ? recorded : [NO_INSTANCE]).map((instance) => {
    const connections = only ?? readOnlyConnections(instance.config, surroundings, logins);
    const resources = instance.resources.filter((resource) => wanted.haveSystemOf(resource));
    return { connections, connection: lookupIn(connections, instance), resources };
  });
  const known = instances.flatMap(({ connections, connection, resources }) =>
    reported.flatMap((kind) =>
      namesIn(kind, connections, resources)
        .filter((name) => wanted.have(kind, name))
        .map((name) => targetOf(kind, name, connection, resources)),
    ),
  );
  const compared = instances.flatMap(({ connection, resources }) =>
    resources.map((resource) => ({ resource, connection })),
  );
  const nowhere = lookupIn(readOnlyConnections({}, surroundings, logins), NO_INSTANCE);
  const isKnown = (kind: keyof SystemReports, name: string) =>
    known.some((target) => target.kind === kind && target.connection === name);
  const unknown = reported.flatMap((kind) =>
    wanted
      .of(kind, known.length === 0)
      .filter((name) => !isKnown(kind, name))
      .map((name) => targetOf(kind, name, nowhere, [])),
  );
  return {
    targets: unique([...known, ...unknown]),
    resources: compared,
    leftOut: recorded.flatMap(({ resources }) => resources).length - compared.length,
    close: async () => {
      await Promise.all(instances.map(({ connections }) => connections.close()));
    },
  };
}

/** Whoever names a system wants no others. */
class WantedNames {
  private readonly areAll: boolean;

  constructor(private readonly named: Names) {
    this.areAll = Object.values(named).every((names) => names === undefined);
  }

  have(kind: keyof SystemReports, name: string): boolean {
    return this.areAll || this.namedOf(kind).includes(name);
  }

  /** What is on no system is wanted. */
  haveSystemOf(resource: RecordedResource): boolean {
    const places = reported.flatMap((kind) => {
      const name = nameIn(kind, resource);
      return name === undefined ? [] : [{ kind, name }];
    });
    return places.every(({ kind, name }) => this.have(kind, name));
  }

  /** Those that a report is about, whether they are configured or not. */
  of(kind: keyof SystemReports, isNothingKnown: boolean): readonly string[] {
    if (!this.areAll) return this.namedOf(kind);
    return isNothingKnown && kind === reported[0] ? [reporters[kind].defaultConnection] : [];
  }

  private namedOf(kind: keyof SystemReports): readonly string[] {
    return this.named[reporters[kind].system.noun] ?? [];
  }
}

/** Where there is no state, or none with resources of this package. */
const NO_INSTANCE: ProviderInstance = { config: {}, encrypted: new Set(), resources: [] };

const namesIn = (
  kind: keyof SystemReports,
  connections: SystemConnections,
  resources: ProviderInstance["resources"],
): string[] => [
  ...new Set([
    ...reporters[kind].names(connections),
    ...resources.map((resource) => nameIn(kind, resource)).filter((name) => name !== undefined),
  ]),
];

/** Where the state has encrypted what is missing of a connection, that is why it cannot be used. */
const lookupIn =
  (connections: SystemConnections, { encrypted }: ProviderInstance): Comparing["connection"] =>
  (system, name) => {
    try {
      return configured(connections, system, name, system.noun === element.noun ? givenCluster : undefined);
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

function targetOf(
  kind: keyof SystemReports,
  name: string,
  connection: Comparing["connection"],
  resources: readonly RecordedResource[],
): Target {
  const recorded = resources.filter((resource) => nameIn(kind, resource) === name);
  try {
    return { kind, connection: name, opened: reporters[kind].connect(connection, name), recorded };
  } catch (error) {
    if (!isEkmError(error)) throw error;
    return { kind, connection: name, opened: error, recorded };
  }
}

/** The name of the connection, of what is on such a system. */
function nameIn(kind: keyof SystemReports, { outputs }: RecordedResource): string | undefined {
  const name = systemName(reporters[kind].system, outputs);
  return typeof name === "string" ? name : undefined;
}

/** Provider instances may know the same system by the same name. */
function unique(targets: readonly Target[]): Target[] {
  const key = ({ kind, connection, opened }: Target) =>
    JSON.stringify([kind, connection, isEkmError(opened) ? opened.message : opened.settings.endpoint]);
  const found = new Map<string, Target>();
  for (const target of targets) {
    const known = found.get(key(target));
    found.set(key(target), known ? { ...known, recorded: [...known.recorded, ...target.recorded] } : target);
  }
  return [...found.values()];
}
