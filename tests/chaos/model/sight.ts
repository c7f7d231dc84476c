import type { ClusterState, HeldKey } from "../../../simulator/element/cluster/state";
import type { StateResource } from "../../engine/harness";
import type { Kind } from "./declaration";
import { kindOf } from "./stack";
import type { World } from "./world";

/** Everything that there is at one moment: what the cluster and the key servers have, and what each stack's state knows. */
export interface Sight {
  cluster: ClusterState;
  /** The cluster's names of the keys that the key servers would use. */
  activeKeys: string[];
  unwraps: boolean;
  resources: readonly [StateResource[], StateResource[]];
  now: number;
}

export async function look(world: World): Promise<Sight> {
  await world.rekeyIsOver();
  const { cluster, east, west } = world.installation;
  const [first, second] = world.stacks;
  return {
    unwraps: await cluster.unwrapDataKey(),
    cluster: cluster.state(),
    activeKeys: [...east.keys.active, ...west.keys.active],
    resources: [first.resources(), second.resources()],
    now: world.clock.now().getTime(),
  };
}

/** The key that is in force once a rekey that runs has ended. */
export function comingKey({ cluster }: Sight): HeldKey {
  const { masterKey, rekey } = cluster.softwareEncryption;
  const key = rekey?.newKey ?? masterKey;
  if (key === undefined) throw new Error("the cluster has no master key");
  return key;
}

export const rekeysStarted = ({ cluster }: Sight): number => cluster.lastIDs.asyncResult;

export const pairsMade = ({ cluster }: Sight): number => cluster.keyPair?.generation ?? 0;

export const ofKind = (resources: readonly StateResource[], kind: Kind): StateResource[] =>
  resources.filter(({ urn }) => kindOf(urn) === kind);
