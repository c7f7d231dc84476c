import type * as pulumi from "@pulumi/pulumi";
import { DEFAULT_CLUSTER } from "../../provider/element/default-cluster";
import type { DriveRecoveryInputs } from "../../provider/element/drive-recovery-state";
import { given } from "../given";
import { assertKnown, type Names } from "../known-arguments";
import { EkmResource, type Props, typeOf } from "../resource";
import { ON_CLUSTER_OUTPUTS, type OnClusterArgs, type TlsVerification } from "./on-cluster";

/** Arguments of {@link DriveRecovery}. */
export interface DriveRecoveryArgs extends OnClusterArgs {
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
 * It is an action: equal arguments never act again, and a destroy does nothing on the cluster. Drives that are active
 * already are fine, so that a run that was cut off is finished by the next one. `customTimeouts` set the time that it may
 * take (default half an hour); at the deadline the resource is kept as incomplete, and the next `pulumi up` goes on.
 *
 * API methods: `AddDrives`, `ListDrives`, `ListAsyncResults`, `GetAsyncResult`, `ListClusterFaults`,
 * `ListKeyProvidersKmip`, `TestKeyProviderKmip`. Errors: `EKM_KEY_SERVER_TEST`, `EKM_DRIVE_NOT_AVAILABLE`,
 * `EKM_DRIVE_RECOVERY_FAILED`, `EKM_DRIVE_RECOVERY_DEADLINE`, `EKM_OBJECT_NOT_FOUND`.
 */
export class DriveRecovery extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:DriveRecovery");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<TlsVerification>;
  /** Ids of the drives. */
  declare readonly drives: pulumi.Output<number[]>;
  /** When the drives were active and the faults gone, ISO 8601. */
  declare readonly recoveredTime: pulumi.Output<string | undefined>;
  /** False while that was not seen; the next `pulumi up` resumes. */
  declare readonly complete: pulumi.Output<boolean>;

  constructor(name: string, args: DriveRecoveryArgs, opts: pulumi.CustomResourceOptions = {}) {
    assertKnown(`element.DriveRecovery "${name}"`, args, ARGUMENTS);
    const { cluster = DEFAULT_CLUSTER, drives, triggers } = given(args);
    const props: Props<DriveRecoveryInputs> = { cluster, drives, triggers };
    super(DriveRecovery, name, props, OUTPUTS, opts);
  }
}

const ARGUMENTS: Names<DriveRecoveryArgs> = {
  cluster: true,
  drives: true,
  triggers: true,
};

const OUTPUTS = [...ON_CLUSTER_OUTPUTS, "recoveredTime", "complete"];
