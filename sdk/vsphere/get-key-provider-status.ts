import type * as pulumi from "@pulumi/pulumi";
import type { KeyProviderStatusResult } from "../../provider/systems/vsphere/lookups";
import { lookUpOnVcenter } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { ProviderLookupArgs, ProviderLookupOutputArgs } from "./lookup-args";

/** Result of {@link getKeyProviderStatus}. */
export type GetKeyProviderStatusResult = KeyProviderStatusResult;

/**
 * How vCenter and the servers of a key provider get on, as vCenter found it at its last look.
 *
 * API methods: `ListKmipServers`, `RetrieveKmipServersStatus_Task`; `listKmsProviders`, `getKmsProvider` of a trusted provider.
 */
export const getKeyProviderStatus = (
  args: ProviderLookupArgs,
  opts: pulumi.InvokeOptions = {},
): Promise<GetKeyProviderStatusResult> =>
  lookUpOnVcenter(args, opts, (lookups, vcenter) => lookups.lookUpKeyProviderStatus(vcenter, args.keyProvider));

/** {@link getKeyProviderStatus} for arguments that are outputs. */
export const getKeyProviderStatusOutput = (
  args: ProviderLookupOutputArgs,
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetKeyProviderStatusResult> => lookUpOutput("vcenters", args, opts, getKeyProviderStatus);
