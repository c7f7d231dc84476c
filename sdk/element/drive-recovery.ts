// Made by "npm run generate" from the description of element:DriveRecovery in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import { EkmResource, type Shape, typeOf } from "../resource";

/** Arguments of {@link DriveRecovery}. */
export interface DriveRecoveryArgs {
  /**
   * Name of the cluster's connection. A name that leads to a cluster of another identity is refused.
   * @default "default"
   */
  cluster?: pulumi.Input<string>;
  /**
   * Ids of the drives that were locked and are available again, as the cluster's faults name them. No other drive is
   * added. On nodes with several metadata drives, name all of a node.
   */
  drives: pulumi.Input<pulumi.Input<number>[]>;
  /** A changed or added value asks for another recovery of the same drives. Equal values never do. */
  triggers?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * The recovery after nodes have booted without the key: drives stayed locked, and are available again now that the key
 * server can be reached. Tests the active key providers, adds the named drives in one call, and waits until they are
 * active and the faults `kmipServerFault` and `sliceServiceUnhealthy` are gone, which takes some minutes.
 *
 * A recovery is an action: equal arguments never act again, and a destroy does nothing on the cluster. Drives that are
 * active already are fine, so that a run that was cut off is finished by the next one. `customTimeouts` set the time
 * that it may take (default half an hour); at the deadline the resource is kept as incomplete, and the next `pulumi up`
 * goes on.
 *
 * API methods: `AddDrives`, `ListDrives`, `ListAsyncResults`, `GetAsyncResult`, `ListClusterFaults`,
 * `ListKeyProvidersKmip`, `TestKeyProviderKmip`.
 * Errors: `EKM_KEY_SERVER_TEST`, `EKM_DRIVE_NOT_AVAILABLE`, `EKM_DRIVE_RECOVERY_FAILED`, `EKM_DRIVE_RECOVERY_DEADLINE`,
 * `EKM_OBJECT_NOT_FOUND`.
 */
export class DriveRecovery extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:DriveRecovery");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /** Ids of the drives. */
  declare readonly drives: pulumi.Output<number[]>;
  /** The triggers of the last recovery. */
  declare readonly triggers: pulumi.Output<Record<string, string> | undefined>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** When the drives were active and the faults gone, ISO 8601. */
  declare readonly recoveredTime: pulumi.Output<string | undefined>;
  /** False until the drives were seen active and the faults gone; the next `pulumi up` resumes. */
  declare readonly complete: pulumi.Output<boolean>;

  constructor(name: string, args: DriveRecoveryArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts);
  }
}

const SHAPE: Shape = {
  token: "element:DriveRecovery",
  arguments: { cluster: true, drives: true, triggers: true },
  properties: ["cluster", "drives", "triggers", "clusterUniqueID", "tlsVerification", "recoveredTime", "complete"],
};
