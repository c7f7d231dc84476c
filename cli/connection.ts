import { type RawConfig, SystemConnections } from "../provider/adapters/pulumi/connections";
import { ConnectionNotConfiguredError } from "../provider/connections/errors";
import { Logins } from "../provider/connections/https/login";
import type { Closable, System } from "../provider/core/system";
import type { Cluster } from "../provider/systems/element/api/cluster";
import type { ConnectionSettings } from "../provider/systems/element/api/settings";
import { element } from "../provider/systems/element/system";
import { reading, type Surroundings, UsageError } from "./command";
import { readTextFile } from "./text-file";

/** Options of every command that reads clusters, as `parseArgs` takes them. */
export const CONNECTION_OPTIONS = {
  endpoint: { type: "string" },
  username: { type: "string" },
  fingerprint256: { type: "string" },
  ca: { type: "string" },
} as const;

export const CONNECTION_HELP = `  --endpoint URL          https://HOST[:PORT], the cluster's management address
  --username NAME         of a cluster administrator; the password is EKM_PASSWORD in the environment, or asked for
  --fingerprint256 HEX    SHA-256 fingerprint of the cluster's TLS certificate
  --ca FILE               authorities (PEM) that sign it, instead of the system's own
`;

export type ConnectionOptions = Partial<Record<keyof typeof CONNECTION_OPTIONS, string>>;

/**
 * The cluster that the options name. Connects when first called, and never writes.
 *
 * @throws UsageError, ConnectionNotConfiguredError, ConnectionConfigurationError
 */
export async function connectionTo(
  { cluster, ...given }: ConnectionOptions & { cluster: string },
  surroundings: Surroundings,
): Promise<Cluster & Closable> {
  const settings = await givenConnection(given, surroundings);
  if (settings !== undefined) return onlyConnection(cluster, settings, surroundings).to(element).connection(cluster);
  return configured(readOnlyConnections({}, surroundings), element, cluster);
}

/**
 * The connection that the options themselves give; `undefined` without `--endpoint`.
 *
 * @throws UsageError
 */
export async function givenConnection(
  { endpoint, username, fingerprint256, ca }: ConnectionOptions,
  { environment, askPassword }: Surroundings,
): Promise<ConnectionSettings | undefined> {
  if (endpoint === undefined) {
    const [alone] = Object.entries({ username, fingerprint256, ca }).filter(([, value]) => value !== undefined);
    if (alone !== undefined) throw new UsageError(`--${alone[0]} is of use with --endpoint only`);
    return undefined;
  }
  if (username === undefined) throw new UsageError("--username is missing");
  const caCertificate = ca === undefined ? undefined : reading(() => readTextFile(ca));
  const password = environment.EKM_PASSWORD ?? (await askPassword(`Password of ${username}: `));
  return { endpoint, username, password, fingerprint256, caCertificate };
}

/** Connections of which this one, under its name, is all there is. */
export const onlyConnection = (
  name: string,
  settings: ConnectionSettings,
  surroundings: Surroundings,
): SystemConnections =>
  readOnlyConnections({ clusters: { [name]: settings } }, { ...surroundings, environment: proxiesIn(surroundings) });

/** What the environment says of the way to a cluster, and not of clusters. */
const proxiesIn = ({ environment: { EKM_CLUSTERS: _, ...others } }: Surroundings): NodeJS.ProcessEnv => others;

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
): Connection & Closable {
  try {
    return connections.to(system).connection(name);
  } catch (error) {
    if (!(error instanceof ConnectionNotConfiguredError)) throw error;
    const wayOut = `set ${system.environmentVariable} in the environment, or give --endpoint and --username`;
    throw new ConnectionNotConfiguredError({ ...error.explanation, wayOut });
  }
}
