import { Connections, type Sources } from "../../connections/by-name";
import type { Logins } from "../../connections/https/login";
import type { Place } from "../../core/errors";
import type { ConnectionRuntime, Setting, System } from "../../core/system";
import { configCommand } from "./config-command";

/** Raw configuration of a provider process: explicit instances carry objects, stack configuration carries JSON text. */
export type RawConfig = Readonly<Record<string, unknown>>;

/** The connections of a system that a provider process is configured with: by its instance, environment and stack. */
export const configuredConnections = <Settings extends { endpoint: string }, Connection>(
  system: System<Settings, Connection>,
  config: RawConfig,
  environment: NodeJS.ProcessEnv,
  runtime: ConnectionRuntime,
  logins?: Logins,
): Connections<Settings, Connection> =>
  new Connections(system, sourcesOf(system, config, environment), runtime, logins);

/** The connections of a process to systems of every kind, as it is configured. */
export class SystemConnections {
  /** Connections by the nouns of their systems. */
  private readonly known = new Map<string, Pick<AnyConnections, "dependsOnDeclared" | "close">>();

  /** @param config asked when a system is first met */
  constructor(
    private readonly config: () => RawConfig,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly runtime: ConnectionRuntime,
    private readonly logins?: Logins,
  ) {}

  to<Settings extends { endpoint: string }, Connection>(
    system: System<Settings, Connection>,
  ): Connections<Settings, Connection> {
    const known = this.known.get(system.noun);
    if (known !== undefined) return known as Connections<Settings, Connection>;
    const connections = configuredConnections(system, this.config(), this.environment, this.runtime, this.logins);
    this.known.set(system.noun, connections);
    return connections;
  }

  /** Whether the connection to a place, or any one that was asked for, depends on what a program declares. */
  dependOnDeclared(place: Place | undefined): boolean {
    const asked = [...this.known].filter(([noun]) => place === undefined || place.noun === noun);
    return asked.some(([, connections]) => connections.dependsOnDeclared(place?.name ?? ""));
  }

  async close(): Promise<void> {
    await Promise.all([...this.known.values()].map((connections) => connections.close()));
  }
}

type AnyConnections = Connections<{ endpoint: string }, unknown>;

/** The parts of a system that name its settings to Pulumi. */
type Configured = Pick<System<never, unknown>, "configurationKey" | "environmentVariable"> & {
  settings: Readonly<Record<string, Setting>>;
};

function sourcesOf(
  { configurationKey: key, environmentVariable: variable, settings }: Configured,
  config: RawConfig,
  environment: NodeJS.ProcessEnv,
): Sources {
  return {
    explicit: { label: `the provider instance's ${key}`, value: config[key] },
    environment: {
      label: variable,
      // As it is when somebody asks.
      get value() {
        return environment[variable];
      },
    },
    stack: { label: `the stack configuration ekm:${key}`, value: config[`ekm:${key}`] },
    variables: environment,
    howToConfigure: (name) =>
      `${configCommands(key, settings, name)} (or in ${variable}, or as ${key} of an explicit ekm.Provider)`,
    howToKeepText: (name, member) =>
      configCommand(key, name, member, undefined, settings[member]?.secret ? "--secret" : "--type string"),
  };
}

/** Commands in one line of a shell. They ask for secrets, so that nobody sees these. */
const configCommands = (key: string, settings: Configured["settings"], name: string): string =>
  Object.entries(settings)
    .filter(([, { required }]) => required)
    .map(([member, { placeholder, secret }]) =>
      configCommand(key, name, member, placeholder, ...(secret ? ["--secret"] : [])),
    )
    .join(" && ");
