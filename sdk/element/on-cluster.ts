import type * as pulumi from "@pulumi/pulumi";

/** Arguments of everything that lives on a cluster. */
export interface OnClusterArgs {
  /**
   * Name of the cluster's connection. A name that leads to a cluster of another identity is refused.
   * @default "default"
   */
  cluster?: pulumi.Input<string>;
}

/** Names of the outputs that everything on a cluster has. */
export const ON_CLUSTER_OUTPUTS = ["clusterUniqueID", "tlsVerification"] as const;

export type { TlsVerification } from "../../provider/connections/https/settings";
