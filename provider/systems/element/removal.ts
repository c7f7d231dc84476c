import type { Comparing } from "../../core/lifecycle";
import type { Cluster } from "./api/cluster";
import { type Identity, identify, ifAnswered, type OnCluster } from "./cluster";

/**
 * Whether a delete that was cut off has removed what the program declares again: state does not know it, and an update
 * could not bring it back. Looks at the cluster only after such a delete; one that does not answer is met by the update.
 */
export async function wasRemoved(
  state: Identity & OnCluster,
  find: (cluster: Cluster) => Promise<object | undefined>,
  context: Comparing,
): Promise<boolean> {
  // What never came to its cluster has no identity, and nothing was removed of it.
  const { clusterUniqueID: system }: Partial<Identity> = state;
  if (system === undefined || !context.history.of(system).wasRemoval) return false;
  return ifAnswered(false, async () => {
    const { cluster } = await identify(context, state.cluster, state);
    return (await find(cluster)) === undefined;
  });
}
