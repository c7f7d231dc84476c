import type * as pulumi from "@pulumi/pulumi";
import type { ClusterFaultsResult } from "../../provider/systems/element/lookups";
import { given } from "../given";
import { lookUpOnCluster } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { LookupArgs, LookupOutputArgs } from "./lookup-args";

/** Which faults are looked up. */
export type FaultTypes = "current" | "resolved" | "all";

/** Arguments of {@link getClusterFaults}. */
export interface GetClusterFaultsArgs extends LookupArgs {
  /** @default "current" */
  faultTypes?: FaultTypes;
  /**
   * Whether settings that are no best practice are listed as well.
   * @default false
   */
  bestPractices?: boolean;
}

/** Arguments of {@link getClusterFaultsOutput}. */
export interface GetClusterFaultsOutputArgs extends LookupOutputArgs {
  /** @default "current" */
  faultTypes?: pulumi.Input<FaultTypes>;
  /**
   * Whether settings that are no best practice are listed as well.
   * @default false
   */
  bestPractices?: pulumi.Input<boolean>;
}

/** Result of {@link getClusterFaults}. */
export type GetClusterFaultsResult = ClusterFaultsResult;

/**
 * The faults of a cluster. Those of key management are `kmipServerFault` and `kmipCertificateFault`. Values are of the
 * moment of the run, and of a preview as well; the cluster's own list may be half a minute older.
 *
 * API method: `ListClusterFaults`.
 */
export function getClusterFaults(
  args: GetClusterFaultsArgs = {},
  opts: pulumi.InvokeOptions = {},
): Promise<GetClusterFaultsResult> {
  const { faultTypes, bestPractices } = given(args);
  return lookUpOnCluster(args, opts, (lookups, cluster) =>
    lookups.lookUpClusterFaults(cluster, { faultTypes, bestPractices }),
  );
}

/** {@link getClusterFaults} for arguments that are outputs. */
export const getClusterFaultsOutput = (
  args: GetClusterFaultsOutputArgs = {},
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetClusterFaultsResult> => lookUpOutput("clusters", args, opts, getClusterFaults);
