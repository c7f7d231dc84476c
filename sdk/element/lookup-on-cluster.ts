import * as pulumi from "@pulumi/pulumi";
import { systemClock } from "../../provider/clock";
import { ConnectionFailures } from "../../provider/connection-failures";
import type { Cluster } from "../../provider/element/api/cluster";
import { Logins } from "../../provider/element/api/login";
import { Connections } from "../../provider/element/connections";
import { DEFAULT_CLUSTER } from "../../provider/element/default-cluster";
import { insecureWarning } from "../../provider/element/identity";
import * as lookups from "../../provider/element/lookups";
import { isEkmError } from "../../provider/errors";
import { given } from "../given";
import type { LookupArgs } from "./lookup";

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
  look: (lookups: Lookups, cluster: Cluster) => Promise<Result>,
): Promise<Result> {
  const { cluster: name = DEFAULT_CLUSTER, connection } = given(args);
  const explicit = connection === undefined ? {} : { clusters: { [name]: connection } };
  const connections = new Connections(
    { ...explicit, "ekm:clusters": await configuredClusters() },
    process.env,
    {
      clock: systemClock,
      signal: new AbortController().signal,
      // It ends with its engine, and writes nothing.
      assertEngineAlive: async () => {},
    },
    logins,
  );
  try {
    const cluster = connections.cluster(name);
    if (cluster.settings.insecure) await pulumi.log.warn(insecureWarning(name));
    return await look(lookups, cluster);
  } catch (error) {
    throw isEkmError(error) ? new pulumi.RunError(failures.inFull(error)) : error;
  } finally {
    await connections.close();
  }
}

/** The stack configuration's connections, as the engine keeps them: JSON. They mostly hold a secret. */
async function configuredClusters(): Promise<string | undefined> {
  const clusters = new pulumi.Config("ekm").getSecret("clusters");
  return clusters && new Promise((resolve) => void clusters.apply(resolve));
}
