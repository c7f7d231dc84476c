import type * as pulumi from "@pulumi/pulumi";
import type { EncryptionInfoResult } from "../../provider/systems/element/lookups";
import { lookUpOnCluster } from "../lookup";
import { lookUpOutput } from "../lookup-output";
import type { LookupArgs, LookupOutputArgs } from "./lookup-args";

/** Result of {@link getEncryptionInfo}. */
export type GetEncryptionInfoResult = EncryptionInfoResult;

/**
 * Software and hardware encryption at rest of a cluster: whether they are on, and who holds their keys. Values are of the
 * moment of the run, and of a preview as well.
 *
 * API methods: `GetSoftwareEncryptionAtRestInfo`, `GetEncryptionAtRestInfo`, before Element 12.3 `GetClusterInfo` and
 * `ListDrives` instead.
 */
export const getEncryptionInfo = (
  args: LookupArgs = {},
  opts: pulumi.InvokeOptions = {},
): Promise<GetEncryptionInfoResult> =>
  lookUpOnCluster(args, opts, (lookups, cluster) => lookups.lookUpEncryptionInfo(cluster));

/** {@link getEncryptionInfo} for arguments that are outputs. */
export const getEncryptionInfoOutput = (
  args: LookupOutputArgs = {},
  opts: pulumi.InvokeOutputOptions = {},
): pulumi.Output<GetEncryptionInfoResult> => lookUpOutput("clusters", args, opts, getEncryptionInfo);
