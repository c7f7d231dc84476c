import type * as pulumi from "@pulumi/pulumi";
import type { KmipObjectsResult } from "../../provider/systems/keyprotect/lookups";
import { given } from "../given";
import { lookUpInInstance } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { LookupArgs, LookupOutputArgs } from "./lookup-args";

/** State of a key, by its name in KMIP. */
export type KmipObjectStates =
  | "preActive"
  | "active"
  | "deactivated"
  | "compromised"
  | "destroyed"
  | "destroyedCompromised";

/** Arguments of {@link getKmipObjects}. */
export interface GetKmipObjectsArgs extends LookupArgs {
  /** ID of the adapter. */
  adapter: string;
  /**
   * States of the keys that are wanted.
   * @default those in which there still is a key: all but the destroyed ones
   */
  states?: KmipObjectStates[];
}

/** Arguments of {@link getKmipObjectsOutput}. */
export interface GetKmipObjectsOutputArgs extends LookupOutputArgs {
  /** ID of the adapter. */
  adapter: pulumi.Input<string>;
  /**
   * States of the keys that are wanted.
   * @default those in which there still is a key: all but the destroyed ones
   */
  states?: pulumi.Input<pulumi.Input<KmipObjectStates>[]>;
}

/** Result of {@link getKmipObjects}. */
export type GetKmipObjectsResult = KmipObjectsResult;

/**
 * The keys that clients have made in a KMIP adapter. Values are of the moment of the run, and of a preview as well.
 *
 * API method: `getKmipObjects`.
 */
export function getKmipObjects(
  args: GetKmipObjectsArgs,
  opts: pulumi.InvokeOptions = {},
): Promise<GetKmipObjectsResult> {
  const { adapter, states } = given(args);
  return lookUpInInstance(args, opts, (lookups, instance) => lookups.lookUpKmipObjects(instance, adapter, states));
}

/** {@link getKmipObjects} for arguments that are outputs. */
export const getKmipObjectsOutput = (
  args: GetKmipObjectsOutputArgs,
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetKmipObjectsResult> => lookUpOutput("keyProtectInstances", args, opts, getKmipObjects);
