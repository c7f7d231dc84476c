import * as pulumi from "@pulumi/pulumi";
import { connectionsOf } from "./provider";

/**
 * A look-up for arguments that are outputs, after the resources of the option `dependsOn`. Nothing of a connection is in the
 * result: it is as public as the lists are.
 */
export function lookUpOutput<Args, Result>(
  configurationKey: string,
  args: Args,
  { dependsOn, ...opts }: pulumi.InvokeOutputOptions,
  get: (args: pulumi.Unwrap<Args>, opts: pulumi.InvokeOptions) => Promise<Result>,
): pulumi.Output<Result> {
  // Of no use but to wait until they are known.
  const awaited = pulumi.all([connectionsOf(configurationKey, opts), idsOf(dependsOn)]);
  const result = pulumi.output(args).apply((given) => awaited.apply(() => get(given, opts)));
  return pulumi.unsecret(result) as pulumi.Output<Result>;
}

/** Unknown in a preview as long as one of them is to be made. */
const idsOf = (resources: pulumi.InvokeOutputOptions["dependsOn"]): pulumi.Output<unknown> =>
  pulumi
    .output(Promise.resolve(resources))
    .apply((all) => pulumi.all([all ?? []].flat().map((resource) => ("id" in resource ? resource.id : resource.urn))));
