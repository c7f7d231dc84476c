import type * as pulumi from "@pulumi/pulumi";
import type { VcenterConnection } from "../provider";

/** Arguments of every look-up. */
export interface LookupArgs {
  /**
   * Name of the vCenter's connection.
   * @default "default"
   */
  vcenter?: string;
  /**
   * How the vCenter is reached. Left out, what the {@link Provider} instance in the option `provider` says of the name, or
   * that of the option `parent`, or `EKM_VCENTERS` in the environment, or `ekm:vcenters` in the stack configuration. A look-up
   * runs in the program's own process: of an inline program of the Automation API, the variable is looked up in `process.env`,
   * which has nothing of the workspace's `envVars`.
   */
  connection?: pulumi.Unwrap<VcenterConnection>;
}

/** Arguments of every look-up whose values may be outputs. It waits for the resources that they come from. */
export interface LookupOutputArgs {
  /**
   * Name of the vCenter's connection. Taken from a resource, the look-up comes after it.
   * @default "default"
   */
  vcenter?: pulumi.Input<string>;
  /** How the vCenter is reached, as in {@link LookupArgs}. */
  connection?: pulumi.Input<VcenterConnection>;
}

/** Arguments of look-ups that are about one key provider. */
export interface ProviderLookupArgs extends LookupArgs {
  /** Id of a key provider's resource, or the name of one that is not managed here (`CLUSTER/NAME` of a trusted one). */
  keyProvider: string;
}

/** The same, whose values may be outputs. */
export interface ProviderLookupOutputArgs extends LookupOutputArgs {
  /** Id of a key provider's resource, or the name of one that is not managed here (`CLUSTER/NAME` of a trusted one). */
  keyProvider: pulumi.Input<string>;
}
