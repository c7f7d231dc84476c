import type * as pulumi from "@pulumi/pulumi";
import { DEFAULT_CLUSTER } from "../../provider/element/default-cluster";
import { KeyServerAttachment } from "./key-server-attachment";
import type { OnClusterArgs } from "./on-cluster";

interface HeldArgs extends OnClusterArgs {
  keyProvider?: KeyServerAttachment | pulumi.Input<string>;
}

/**
 * Cluster and provider of a key by the arguments that say who holds it. Of an attachment, its own inputs: they stay known
 * in a preview while it is being updated. The provider's name is known before its id is.
 */
export function holderProps({ cluster, keyProvider: holder }: HeldArgs) {
  return holder instanceof KeyServerAttachment
    ? {
        cluster: cluster ?? holder.cluster,
        keyProvider: holder.keyProvider,
        keyProviderName: holder.keyProviderName,
      }
    : { cluster: cluster ?? DEFAULT_CLUSTER, keyProvider: holder, keyProviderName: undefined };
}
