import type * as pulumi from "@pulumi/pulumi";
import type { KmipEndpointResult } from "../../provider/systems/keyprotect/lookups";
import { lookUpInInstance } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { LookupArgs, LookupOutputArgs } from "./lookup-args";

/** Result of {@link getKmipEndpoint}. */
export type GetKmipEndpointResult = KmipEndpointResult;

/**
 * Where an instance's region speaks KMIP, and which certificates it presents at this moment. It is for a person, to compare
 * them with what IBM publishes before one is pinned: a program that trusts what is presented trusts whoever is in the way.
 *
 * Makes no call of the API.
 */
export const getKmipEndpoint = (
  args: LookupArgs = {},
  opts: pulumi.InvokeOptions = {},
): Promise<GetKmipEndpointResult> =>
  lookUpInInstance(args, opts, (lookups, instance) => lookups.lookUpKmipEndpoint(instance));

/** {@link getKmipEndpoint} for arguments that are outputs. */
export const getKmipEndpointOutput = (
  args: LookupOutputArgs = {},
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetKmipEndpointResult> => lookUpOutput("keyProtectInstances", args, opts, getKmipEndpoint);
