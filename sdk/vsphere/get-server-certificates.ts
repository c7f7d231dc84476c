import type * as pulumi from "@pulumi/pulumi";
import type { ServerCertificatesResult } from "../../provider/systems/vsphere/lookups";
import { lookUpOnVcenter } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { ProviderLookupArgs, ProviderLookupOutputArgs } from "./lookup-args";

/** Result of {@link getServerCertificates}. */
export type GetServerCertificatesResult = ServerCertificatesResult;

/**
 * The certificates that the servers of a key provider present to vCenter at this moment. It is for a person, to compare them
 * with the key servers' own before they are pinned: a program that trusts what is presented trusts whoever is in the way.
 *
 * API methods: `ListKmipServers`, `RetrieveKmipServerCert`; `listKmsProviders`, `getKmsProvider`, `listCurrentPeerCerts` of a trusted provider.
 */
export const getServerCertificates = (
  args: ProviderLookupArgs,
  opts: pulumi.InvokeOptions = {},
): Promise<GetServerCertificatesResult> =>
  lookUpOnVcenter(args, opts, (lookups, vcenter) => lookups.lookUpServerCertificates(vcenter, args.keyProvider));

/** {@link getServerCertificates} for arguments that are outputs. */
export const getServerCertificatesOutput = (
  args: ProviderLookupOutputArgs,
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetServerCertificatesResult> => lookUpOutput("vcenters", args, opts, getServerCertificates);
