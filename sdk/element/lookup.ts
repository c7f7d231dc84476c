import * as pulumi from "@pulumi/pulumi";
import { systemClock } from "../../provider/clock";
import type { Cluster } from "../../provider/element/api/cluster";
import type { ConnectionSettings } from "../../provider/element/api/settings";
import { Connections } from "../../provider/element/connections";
import { DEFAULT_CLUSTER, insecureWarning } from "../../provider/element/identity";
import { inFull, isEkmError } from "../../provider/errors";
import type { ClusterConnection } from "../provider";

/** Arguments of every look-up. */
export interface LookupArgs {
  /**
   * Name of the cluster's connection.
   * @default "default"
   */
  cluster?: string;
  /**
   * How the cluster is reached. Left out, what `EKM_CLUSTERS` in the environment or `ekm:clusters` in the stack
   * configuration say of the name, as for resources; a {@link Provider} instance is not asked.
   */
  connection?: ConnectionSettings;
}

/** Arguments of every look-up whose values may be outputs. It waits for the resources that they come from. */
export interface LookupOutputArgs {
  /**
   * Name of the cluster's connection. Taken from a resource, the look-up comes after it.
   * @default "default"
   */
  cluster?: pulumi.Input<string>;
  /** How the cluster is reached, as in {@link LookupArgs}. */
  connection?: pulumi.Input<ClusterConnection>;
}

/**
 * Looks at a cluster from the program's own process: Pulumi asks no dynamic provider for values. The connection is made
 * for this look alone and closed after it, or the program would not end.
 */
export async function lookUp<Result>(
  { cluster: name = DEFAULT_CLUSTER, connection }: LookupArgs,
  look: (cluster: Cluster) => Promise<Result>,
): Promise<Result> {
  const explicit = connection === undefined ? {} : { clusters: { [name]: connection } };
  const connections = new Connections({ ...explicit, "ekm:clusters": await configuredClusters() }, process.env, {
    clock: systemClock,
    signal: new AbortController().signal,
    // It ends with its engine, and writes nothing.
    assertEngineAlive: async () => {},
  });
  try {
    const cluster = connections.cluster(name);
    if (cluster.settings.insecure) await pulumi.log.warn(insecureWarning(name));
    return await look(cluster);
  } catch (error) {
    throw isEkmError(error) ? new pulumi.RunError(inFull(error)) : error;
  } finally {
    await connections.close();
  }
}

/** The same for arguments that are outputs. Nothing of a connection is in the result: it is as public as the lists are. */
export const lookUpOutput = <Args, Result>(
  args: Args,
  get: (args: pulumi.Unwrap<Args>) => Promise<Result>,
): pulumi.Output<Result> => pulumi.unsecret(pulumi.output(args).apply(get)) as pulumi.Output<Result>;

/** The stack configuration's connections, as the engine keeps them: JSON. They mostly hold a secret. */
async function configuredClusters(): Promise<string | undefined> {
  const clusters = new pulumi.Config("ekm").getSecret("clusters");
  return clusters && new Promise((resolve) => void clusters.apply(resolve));
}
