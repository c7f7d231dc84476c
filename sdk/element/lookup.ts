import * as pulumi from "@pulumi/pulumi";
import type { ConnectionSettings } from "../../provider/systems/element/api/settings";
import { type ClusterConnection, clustersOf } from "../provider";
import type * as onCluster from "./lookup-on-cluster";

/** Arguments of every look-up. */
export interface LookupArgs {
  /**
   * Name of the cluster's connection.
   * @default "default"
   */
  cluster?: string;
  /**
   * How the cluster is reached. Left out, what the {@link Provider} instance in the option `provider` says of the name, or
   * that of the option `parent`, or `EKM_CLUSTERS` in the environment, or `ekm:clusters` in the stack configuration. A
   * look-up runs in the program's own process: of an inline program of the Automation API, `EKM_CLUSTERS` is looked up in
   * `process.env`, which has nothing of the workspace's `envVars`.
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
export const lookUp: typeof onCluster.lookUp = (args, opts, look) =>
  (require("./lookup-on-cluster") as typeof onCluster).lookUp(args, opts, look);

/**
 * The same for arguments that are outputs, after the resources of the option `dependsOn`. Nothing of a connection is in the
 * result: it is as public as the lists are.
 */
export function lookUpOutput<Args, Result>(
  args: Args,
  { dependsOn, ...opts }: pulumi.InvokeOutputOptions,
  get: (args: pulumi.Unwrap<Args>, opts: pulumi.InvokeOptions) => Promise<Result>,
): pulumi.Output<Result> {
  // Of no use but to wait until they are known.
  const awaited = pulumi.all([clustersOf(opts), idsOf(dependsOn)]);
  const result = pulumi.output(args).apply((given) => awaited.apply(() => get(given, opts)));
  return pulumi.unsecret(result) as pulumi.Output<Result>;
}

/** Unknown in a preview as long as one of them is to be made. */
const idsOf = (resources: pulumi.InvokeOutputOptions["dependsOn"]): pulumi.Output<unknown> =>
  pulumi
    .output(Promise.resolve(resources))
    .apply((all) => pulumi.all([all ?? []].flat().map((resource) => ("id" in resource ? resource.id : resource.urn))));
