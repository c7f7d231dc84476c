import type * as pulumi from "@pulumi/pulumi";
import type { KeyServersResult } from "../../provider/systems/element/lookups";
import { lookUpOnCluster } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { LookupArgs, LookupOutputArgs } from "./lookup-args";

/** Result of {@link getKeyServers}. */
export type GetKeyServersResult = KeyServersResult;

/**
 * The key servers that a cluster knows, whoever made them, with their certificates in words. Values are of the moment of
 * the run, and of a preview as well.
 *
 * API method: `ListKeyServersKmip`.
 */
export const getKeyServers = (args: LookupArgs = {}, opts: pulumi.InvokeOptions = {}): Promise<GetKeyServersResult> =>
  lookUpOnCluster(args, opts, (lookups, cluster) => lookups.lookUpKeyServers(cluster));

/** {@link getKeyServers} for arguments that are outputs. */
export const getKeyServersOutput = (
  args: LookupOutputArgs = {},
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetKeyServersResult> => lookUpOutput("clusters", args, opts, getKeyServers);
