import * as pulumi from "@pulumi/pulumi";
import { clustersOf } from "../provider";
import type * as onCluster from "./lookup-on-cluster";

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
