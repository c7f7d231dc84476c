import type * as pulumi from "@pulumi/pulumi";
import type { KmipAdaptersResult } from "../../provider/systems/keyprotect/lookups";
import { lookUpInInstance } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { LookupArgs, LookupOutputArgs } from "./lookup-args";

/** Result of {@link getKmipAdapters}. */
export type GetKmipAdaptersResult = KmipAdaptersResult;

/**
 * The KMIP adapters of an instance, whoever made them, with the names of their clients' certificates. Values are of the
 * moment of the run, and of a preview as well.
 *
 * API methods: `getKmipAdapters`, `getKmipClientCertificates`.
 */
export const getKmipAdapters = (
  args: LookupArgs = {},
  opts: pulumi.InvokeOptions = {},
): Promise<GetKmipAdaptersResult> =>
  lookUpInInstance(args, opts, (lookups, instance) => lookups.lookUpKmipAdapters(instance));

/** {@link getKmipAdapters} for arguments that are outputs. */
export const getKmipAdaptersOutput = (
  args: LookupOutputArgs = {},
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetKmipAdaptersResult> => lookUpOutput("keyProtectInstances", args, opts, getKmipAdapters);
