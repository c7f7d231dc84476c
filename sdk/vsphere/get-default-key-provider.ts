import type * as pulumi from "@pulumi/pulumi";
import type { DefaultKeyProviderResult } from "../../provider/systems/vsphere/lookups";
import { given } from "../given";
import { lookUpOnVcenter } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { LookupArgs, LookupOutputArgs } from "./lookup-args";

/** Arguments of {@link getDefaultKeyProvider}. */
export interface GetDefaultKeyProviderArgs extends LookupArgs {
  /**
   * Type and id of an entity of the inventory, such as `ClusterComputeResource:domain-c8`.
   * @default the vCenter itself
   */
  entity?: string;
}

/** Arguments of {@link getDefaultKeyProviderOutput}. */
export interface GetDefaultKeyProviderOutputArgs extends LookupOutputArgs {
  /**
   * Type and id of an entity of the inventory, such as `ClusterComputeResource:domain-c8`.
   * @default the vCenter itself
   */
  entity?: pulumi.Input<string>;
}

/** Result of {@link getDefaultKeyProvider}. */
export type GetDefaultKeyProviderResult = DefaultKeyProviderResult;

/**
 * The key provider from which a vCenter, or an entity of its inventory, takes keys where nothing else is said.
 *
 * API method: `GetDefaultKmsCluster`.
 */
export function getDefaultKeyProvider(
  args: GetDefaultKeyProviderArgs = {},
  opts: pulumi.InvokeOptions = {},
): Promise<GetDefaultKeyProviderResult> {
  const { entity } = given(args);
  return lookUpOnVcenter(args, opts, (lookups, vcenter) => lookups.lookUpDefaultKeyProvider(vcenter, entity));
}

/** {@link getDefaultKeyProvider} for arguments that are outputs. */
export const getDefaultKeyProviderOutput = (
  args: GetDefaultKeyProviderOutputArgs = {},
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetDefaultKeyProviderResult> => lookUpOutput("vcenters", args, opts, getDefaultKeyProvider);
