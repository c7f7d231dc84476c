import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionSettings } from "../../provider/systems/element/api/settings";
import type { ClusterConnection } from "../provider";

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
