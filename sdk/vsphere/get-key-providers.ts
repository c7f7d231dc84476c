import type * as pulumi from "@pulumi/pulumi";
import type { KeyProvidersResult } from "../../provider/systems/vsphere/lookups";
import { lookUpOnVcenter } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { LookupArgs, LookupOutputArgs } from "./lookup-args";

/** Result of {@link getKeyProviders}. */
export type GetKeyProvidersResult = KeyProvidersResult;

/**
 * The key providers of a vCenter, whoever made them: standard ones, and the trusted ones of its Trust Authority clusters, where
 * its version has them. Values are of the moment of the run, and of a preview as well.
 *
 * API methods: `ListKmipServers`, `listTrustAuthorityClusters`, `listKmsProviders`, `getKmsProvider`.
 */
export const getKeyProviders = (
  args: LookupArgs = {},
  opts: pulumi.InvokeOptions = {},
): Promise<GetKeyProvidersResult> =>
  lookUpOnVcenter(args, opts, (lookups, vcenter) => lookups.lookUpKeyProviders(vcenter));

/** {@link getKeyProviders} for arguments that are outputs. */
export const getKeyProvidersOutput = (
  args: LookupOutputArgs = {},
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetKeyProvidersResult> => lookUpOutput("vcenters", args, opts, getKeyProviders);
