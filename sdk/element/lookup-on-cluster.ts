import * as pulumi from "@pulumi/pulumi";
import { ConnectionFailures } from "../../provider/adapters/pulumi/connection-failures";
import { configuredConnections, type RawConfig } from "../../provider/adapters/pulumi/connections";
import { ConnectionNotConfiguredError } from "../../provider/connections/errors";
import { Logins } from "../../provider/connections/https/login";
import { insecureWarning } from "../../provider/connections/identity";
import { systemClock } from "../../provider/core/clock";
import { isEkmError } from "../../provider/core/errors";
import type { Cluster } from "../../provider/systems/element/api/cluster";
import { DEFAULT_CLUSTER } from "../../provider/systems/element/default-cluster";
import * as lookups from "../../provider/systems/element/lookups";
import { element } from "../../provider/systems/element/system";
import { given } from "../given";
import { clustersOf } from "../provider";
import type { LookupArgs } from "./lookup-args";

type Lookups = typeof lookups;

/** Of all look-ups of the program: each has a connection of its own, and accounts are locked for a few refused logins. */
const logins = new Logins();
const failures = new ConnectionFailures();

/**
 * Looks at a cluster from the program's own process: Pulumi asks no dynamic provider for values. The connection is made
 * for this look alone and closed after it, or the program would not end.
 */
export async function lookUp<Result>(
  args: LookupArgs,
  opts: pulumi.InvokeOptions,
  look: (lookups: Lookups, cluster: Cluster) => Promise<Result>,
): Promise<Result> {
  const { cluster: name = DEFAULT_CLUSTER, connection } = given(args);
  const connections = configuredConnections(
    element,
    await configurationOf(name, connection, opts),
    process.env,
    {
      clock: systemClock,
      signal: new AbortController().signal,
      // It ends with its engine, and writes nothing.
      assertHostAlive: async () => {},
    },
    logins,
  );
  try {
    const cluster = connections.connection(name);
    if (cluster.settings.insecure) await pulumi.log.warn(insecureWarning(cluster.place));
    return await look(lookups, cluster);
  } catch (error) {
    if (!isEkmError(error)) throw error;
    const told = failures.inFull(error);
    throw new pulumi.RunError(error instanceof ConnectionNotConfiguredError ? `${told} ${WHERE}` : told);
  } finally {
    await connections.close();
  }
}

/** A workspace's variables reach the engine and the resources, and not the process that they are the workspace of. */
const WHERE =
  "A look-up runs in the program's own process, and takes EKM_CLUSTERS from its process.env: what a workspace of the " +
  'Automation API has in envVars does not reach an inline program. It also takes the argument "connection", and an ' +
  'ekm.Provider as the option "provider".';

/** What a provider process would be told of the connection. */
async function configurationOf(
  name: string,
  connection: LookupArgs["connection"],
  opts: pulumi.InvokeOptions,
): Promise<RawConfig> {
  if (connection !== undefined) return { clusters: { [name]: connection } };
  const ofInstance = clustersOf(opts);
  if (ofInstance !== undefined) return { clusters: await known(ofInstance) };
  return { "ekm:clusters": await configuredClusters() };
}

async function known<T>(output: pulumi.Output<T>): Promise<T> {
  // A promise cannot say that its value is not known yet: it would never be fulfilled.
  const { isKnown } = output as unknown as { isKnown: Promise<boolean> };
  if (await isKnown) return new Promise((resolve) => void output.apply((value) => resolve(value as T)));
  throw new pulumi.RunError(
    "the connections of this provider instance are not known yet: use the look-up's variant whose name ends in Output",
  );
}

/** The stack configuration's connections, as the engine keeps them: JSON. They mostly hold a secret. */
async function configuredClusters(): Promise<string | undefined> {
  const clusters = new pulumi.Config("ekm").getSecret("clusters");
  return clusters && new Promise((resolve) => void clusters.apply(resolve));
}
