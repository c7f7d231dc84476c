import type * as pulumi from "@pulumi/pulumi";
import type { ClusterInfoResult } from "../../provider/systems/element/lookups";
import { lookUpOnCluster } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { LookupArgs, LookupOutputArgs } from "./lookup-args";

/** Result of {@link getClusterInfo}. */
export type GetClusterInfoResult = ClusterInfoResult;

/**
 * A cluster's name, identity, addresses and versions. Values are of the moment of the run, and of a preview as well.
 *
 * API methods: `GetClusterInfo`, `GetClusterVersionInfo`.
 */
export const getClusterInfo = (args: LookupArgs = {}, opts: pulumi.InvokeOptions = {}): Promise<GetClusterInfoResult> =>
  lookUpOnCluster(args, opts, (lookups, cluster) => lookups.lookUpClusterInfo(cluster));

/** {@link getClusterInfo} for arguments that are outputs. */
export const getClusterInfoOutput = (
  args: LookupOutputArgs = {},
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetClusterInfoResult> => lookUpOutput("clusters", args, opts, getClusterInfo);
