import { readFileSync } from "node:fs";
import type { ClusterRuntime, ConnectedCluster } from "../provider/element/api/cluster";
import { ClusterNotConfiguredError } from "../provider/element/api/errors";
import { Connections } from "../provider/element/connections";
import { DEFAULT_CLUSTER } from "../provider/element/identity";
import { reading, type Surroundings, UsageError } from "./command";

/** Options of every command that reads a cluster, as `parseArgs` takes them. */
export const CONNECTION_OPTIONS = {
  cluster: { type: "string", default: DEFAULT_CLUSTER },
  endpoint: { type: "string" },
  username: { type: "string" },
  fingerprint256: { type: "string" },
  ca: { type: "string" },
} as const;

export const CONNECTION_HELP = `  --cluster NAME          name of the cluster's connection; default "${DEFAULT_CLUSTER}"

The connection of that name is taken from EKM_CLUSTERS in the environment, unless it is given here:

  --endpoint URL          https://HOST[:PORT], the cluster's management address
  --username NAME         of a cluster administrator; the password is EKM_PASSWORD in the environment, or asked for
  --fingerprint256 HEX    SHA-256 fingerprint of the cluster's TLS certificate
  --ca FILE               authorities (PEM) that sign it, instead of the system's own
`;

export type ConnectionOptions = { cluster: string } & Partial<
  Record<Exclude<keyof typeof CONNECTION_OPTIONS, "cluster">, string>
>;

/**
 * The cluster that the options name. Connects when first called, and never writes.
 *
 * @throws UsageError, ClusterNotConfiguredError, ConnectionConfigurationError
 */
export async function connectionTo(given: ConnectionOptions, surroundings: Surroundings): Promise<ConnectedCluster> {
  const { environment, clock } = surroundings;
  const runtime: ClusterRuntime = { clock, signal: new AbortController().signal, assertEngineAlive: refuseToWrite };
  if (given.endpoint === undefined) return fromEnvironment(given, environment, runtime);
  const settings = await settingsFrom(given, surroundings);
  return new Connections({ clusters: { [given.cluster]: settings } }, {}, runtime).cluster(given.cluster);
}

/** Asked before each write. */
const refuseToWrite = () => Promise.reject(new Error("this command only reads"));

function fromEnvironment(
  { cluster, endpoint: _, ...others }: ConnectionOptions,
  environment: NodeJS.ProcessEnv,
  runtime: ClusterRuntime,
): ConnectedCluster {
  const [alone] = Object.entries(others).filter(([, value]) => value !== undefined);
  if (alone !== undefined) throw new UsageError(`--${alone[0]} is of use with --endpoint only`);
  try {
    return new Connections({}, environment, runtime).cluster(cluster);
  } catch (error) {
    if (!(error instanceof ClusterNotConfiguredError)) throw error;
    const wayOut = "set EKM_CLUSTERS in the environment, or give --endpoint and --username";
    throw new ClusterNotConfiguredError({ ...error.explanation, wayOut });
  }
}

async function settingsFrom(
  { endpoint, username, fingerprint256, ca }: ConnectionOptions,
  { environment, askPassword }: Surroundings,
) {
  if (username === undefined) throw new UsageError("--username is missing");
  const caCertificate = ca === undefined ? undefined : reading(() => readFileSync(ca, "utf8"));
  const password = environment.EKM_PASSWORD ?? (await askPassword(`Password of ${username}: `));
  return { endpoint, username, password, fingerprint256, caCertificate };
}
