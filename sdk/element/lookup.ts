import * as pulumi from "@pulumi/pulumi";
import type { ConnectionSettings } from "../../provider/element/api/settings";
import type { ClusterConnection } from "../provider";
import type * as onCluster from "./lookup-on-cluster";

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

/** {@link onCluster.lookUp}, loaded when first needed: it takes longer to load than all resources, and few programs use it. */
export const lookUp: typeof onCluster.lookUp = (args, look) =>
  (require("./lookup-on-cluster") as typeof onCluster).lookUp(args, look);

/** The same for arguments that are outputs. Nothing of a connection is in the result: it is as public as the lists are. */
export const lookUpOutput = <Args, Result>(
  args: Args,
  get: (args: pulumi.Unwrap<Args>) => Promise<Result>,
): pulumi.Output<Result> => pulumi.unsecret(pulumi.output(args).apply(get)) as pulumi.Output<Result>;
