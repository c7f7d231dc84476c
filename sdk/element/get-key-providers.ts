import type * as pulumi from "@pulumi/pulumi";
import type { KeyProvidersResult } from "../../provider/systems/element/lookups";
import { lookUpOnCluster } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { LookupArgs, LookupOutputArgs } from "./lookup-args";

/** Result of {@link getKeyProviders}. */
export type GetKeyProvidersResult = KeyProvidersResult;

/**
 * The key providers of a cluster, whoever made them: which servers they have, and whether keys of theirs are in use.
 * Values are of the moment of the run, and of a preview as well.
 *
 * API method: `ListKeyProvidersKmip`.
 */
export const getKeyProviders = (
  args: LookupArgs = {},
  opts: pulumi.InvokeOptions = {},
): Promise<GetKeyProvidersResult> =>
  lookUpOnCluster(args, opts, (lookups, cluster) => lookups.lookUpKeyProviders(cluster));

/** {@link getKeyProviders} for arguments that are outputs. */
export const getKeyProvidersOutput = (
  args: LookupOutputArgs = {},
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetKeyProvidersResult> => lookUpOutput("clusters", args, opts, getKeyProviders);
