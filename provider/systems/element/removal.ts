import type { Comparing } from "../../core/lifecycle";
import type { Cluster } from "./api/cluster";
import { type Identity, identify, ifAnswered, type OnCluster } from "./cluster";

/**
 * Whether a delete that was cut off has removed an object that the program declares again. State still has it, and an
 * update could not bring it back. Looks at the cluster only after such a delete; the update meets a cluster that does
 * not answer.
 */
export async function wasRemoved(
  state: Identity & OnCluster,
  find: (cluster: Cluster) => Promise<object | undefined>,
  context: Comparing,
): Promise<boolean> {
  // An object that never came to its cluster has no recorded identity, and no delete has removed it.
  const { clusterUniqueID: system }: Partial<Identity> = state;
  if (system === undefined || !context.history.of(system).wasRemoval) return false;
  return ifAnswered(false, async () => {
    const { cluster } = await identify(context, state.cluster, state);
    return (await find(cluster)) === undefined;
  });
}
