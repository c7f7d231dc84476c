import { type RawConfig, SystemConnections } from "../provider/adapters/pulumi/connections";
import { ConnectionNotConfiguredError } from "../provider/connections/errors";
import { Logins } from "../provider/connections/https/login";
import type { Closable, System } from "../provider/core/system";
import { reading, type Surroundings, UsageError } from "./command";
import { readTextFile } from "./text-file";

/** What options of a command line say, as far as they are texts. */
export type TextOptions = Readonly<Partial<Record<string, string>>>;

/** How options of a command give the connection to a system of one kind. */
export interface GivenConnection<Settings, Option extends string = string> {
  /** Names of the options besides `endpoint`, without which none of them is of use. */
  options: readonly Option[];
  /** Lines about them and `endpoint`. */
  help: string;
  /** @throws UsageError */
  settings(values: TextOptions & { endpoint: string }, surroundings: Surroundings): Promise<Partial<Settings>>;
}

/** The options as `parseArgs` takes them. */
export const optionsOf = <Option extends string>({ options }: { options: readonly Option[] }) =>
  textOptions(["endpoint", ...options]);

export const textOptions = <Name extends string>(names: readonly Name[]): Record<Name, { type: "string" }> =>
  Object.fromEntries(names.map((name) => [name, { type: "string" }])) as Record<Name, { type: "string" }>;

/**
 * The connection that the options themselves give; `undefined` without `--endpoint`.
 *
 * @throws UsageError
 */
export async function givenConnection<Settings>(
  given: GivenConnection<Settings>,
  values: TextOptions,
  surroundings: Surroundings,
): Promise<Partial<Settings> | undefined> {
  const { endpoint } = values;
  if (endpoint !== undefined) return given.settings({ ...values, endpoint }, surroundings);
  const alone = given.options.find((name) => values[name] !== undefined);
  if (alone !== undefined) throw new UsageError(`--${alone} is of use with --endpoint only`);
  return undefined;
}

/** The authorities of a file that an option names. @throws UsageError */
export const authoritiesIn = (file: string | undefined): string | undefined =>
  file === undefined ? undefined : reading(() => readTextFile(file));

/**
 * The connection that the options give, or else the configured one of that name. Connects when first called, and never writes.
 *
 * @throws UsageError, ConnectionNotConfiguredError, ConnectionConfigurationError
 */
export async function connectionTo<Settings extends { endpoint: string }, Connection>(
  system: System<Settings, Connection>,
  given: GivenConnection<Settings>,
  { name, ...values }: TextOptions & { name: string },
  surroundings: Surroundings,
): Promise<Connection & Closable> {
  const settings = await givenConnection(given, values, surroundings);
  return settings === undefined
    ? configured(readOnlyConnections({}, surroundings), system, name, given)
    : onlyConnection(system, name, settings, surroundings).to(system).connection(name);
}

/** Connections of which this one, under its name, is all there is of its system. */
export function onlyConnection<Settings extends { endpoint: string }>(
  {
    configurationKey,
    environmentVariable,
  }: Pick<System<Settings, unknown>, "configurationKey" | "environmentVariable">,
  name: string,
  settings: Partial<Settings>,
  surroundings: Surroundings,
): SystemConnections {
  // What the environment says of the way there stays, and what it says of such systems does not.
  const { [environmentVariable]: _, ...environment } = surroundings.environment;
  return readOnlyConnections({ [configurationKey]: { [name]: settings } }, { ...surroundings, environment });
}

/** The connections of a provider's configuration and of the environment. */
export const readOnlyConnections = (
  config: RawConfig,
  { environment, clock }: Surroundings,
  logins = new Logins(),
): SystemConnections =>
  new SystemConnections(
    () => config,
    environment,
    { clock, signal: new AbortController().signal, assertHostAlive: refuseToWrite },
    logins,
  );

/** Asked before each write. */
const refuseToWrite = () => Promise.reject(new Error("this command only reads"));

/** @throws ConnectionNotConfiguredError with the way out that a command has */
export function configured<Settings extends { endpoint: string }, Connection>(
  connections: SystemConnections,
  system: System<Settings, Connection>,
  name: string,
  given?: { options: readonly string[] },
): Connection & Closable {
  try {
    return connections.to(system).connection(name);
  } catch (error) {
    if (!(error instanceof ConnectionNotConfiguredError)) throw error;
    const orGive = given === undefined ? "" : `, or give --endpoint and --${given.options[0]}`;
    const wayOut = `set ${system.environmentVariable} in the environment${orGive}`;
    throw new ConnectionNotConfiguredError({ ...error.explanation, wayOut });
  }
}
