import type * as pulumi from "@pulumi/pulumi";
import type { RootKeysResult } from "../../provider/systems/keyprotect/lookups";
import { lookUpInInstance } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { LookupArgs, LookupOutputArgs } from "./lookup-args";

/** Result of {@link getRootKeys}. */
export type GetRootKeysResult = RootKeysResult;

/**
 * The root keys of an instance that are not destroyed, whoever made them. Values are of the moment of the run, and of a
 * preview as well.
 *
 * API method: `getKeys`.
 */
export const getRootKeys = (args: LookupArgs = {}, opts: pulumi.InvokeOptions = {}): Promise<GetRootKeysResult> =>
  lookUpInInstance(args, opts, (lookups, instance) => lookups.lookUpRootKeys(instance));

/** {@link getRootKeys} for arguments that are outputs. */
export const getRootKeysOutput = (
  args: LookupOutputArgs = {},
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetRootKeysResult> => lookUpOutput("keyProtectInstances", args, opts, getRootKeys);
