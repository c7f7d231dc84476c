import type * as pulumi from "@pulumi/pulumi";
import type { KeyProtectInstanceConnection } from "../provider";

/** Arguments of every look-up. */
export interface LookupArgs {
  /**
   * Name of the instance's connection.
   * @default "default"
   */
  instance?: string;
  /**
   * How the instance is reached. Left out, what the {@link Provider} instance in the option `provider` says of the name, or
   * that of the option `parent`, or `EKM_KEY_PROTECT_INSTANCES` in the environment, or `ekm:keyProtectInstances` in the stack
   * configuration. A look-up runs in the program's own process: of an inline program of the Automation API, the variable is
   * looked up in `process.env`, which has nothing of the workspace's `envVars`.
   */
  connection?: pulumi.Unwrap<KeyProtectInstanceConnection>;
}

/** Arguments of every look-up whose values may be outputs. It waits for the resources that they come from. */
export interface LookupOutputArgs {
  /**
   * Name of the instance's connection. Taken from a resource, the look-up comes after it.
   * @default "default"
   */
  instance?: pulumi.Input<string>;
  /** How the instance is reached, as in {@link LookupArgs}. */
  connection?: pulumi.Input<KeyProtectInstanceConnection>;
}
