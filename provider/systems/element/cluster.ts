import { checkConfigured, isConnectionKnown as isConnectionKnownTo } from "../../connections/configured";
import { identityOf } from "../../connections/identity";
import { isEkmError } from "../../core/errors";
import type { CheckFailure, Context, Looking } from "../../core/lifecycle";
import type { FieldsOf, versioned } from "../../core/resource/description";
import type { Words } from "../../core/words";
import type { Cluster } from "./api/cluster";
import { DEFAULT_CLUSTER } from "./default-cluster";
import type { ofCluster } from "./on-cluster";
import { element } from "./system";

/** Inputs of everything that lives on a cluster. */
export interface OnCluster {
  /** Name of the cluster's connection. */
  cluster: string;
}

/** The box that an object is on, whatever its address: outputs of everything that lives on a cluster. */
export type Identity = FieldsOf<typeof ofCluster & typeof versioned>;

type Connecting = Pick<Looking, "connection">;

/** Refuses a cluster that is not configured. */
export const checkCluster = ({ cluster: name }: OnCluster, context: Connecting): CheckFailure[] =>
  checkConfigured(element, name, context);

/** Whether a preview can ask the cluster. */
export const isConnectionKnown = (name: string, context: Connecting): boolean =>
  isConnectionKnownTo(element, name, context);

/**
 * Connects to a cluster and makes sure that it is the recorded one: another box at the same address has empty lists,
 * and would make everything look deleted.
 *
 * @throws ConnectionIdentityError
 */
export const identify = (context: Connecting, name: string, recorded?: Partial<Identity>): Promise<Identified> =>
  identified(context.connection(element, name), recorded);

/** The same for a read. The state of an import has the name of a cluster at most, and no identity. */
export const identifyForRead = (context: Connecting, state: Partial<OnCluster & Identity>): Promise<Identified> =>
  identify(context, state.cluster ?? DEFAULT_CLUSTER, state);

/** The same where the cluster's identity is the resource's id. */
export const identifyById = (
  context: Connecting,
  id: string,
  { cluster, clusterUniqueID = id }: Partial<OnCluster & Identity>,
): Promise<Identified> => identify(context, cluster ?? DEFAULT_CLUSTER, { clusterUniqueID });

/** For looks that a plan can do without: a cluster that does not answer must not hold the plan up. */
export const identifyInAHurry = (context: Connecting, name: string): Promise<Identified> =>
  identified(context.connection(element, name).hurried());

interface Identified {
  cluster: Cluster;
  identity: Identity;
}

async function identified(cluster: Cluster, recorded?: Partial<Identity>): Promise<Identified> {
  const clusterUniqueID = await identityOf(element, cluster, recorded?.clusterUniqueID, ifGone);
  return {
    cluster,
    identity: { stateVersion: 1, clusterUniqueID, tlsVerification: cluster.tlsVerification },
  };
}

const ifGone = ({ forget }: Words): string => `remove its resources with ${forget}`;

/** The result of a look that a plan can do without; `otherwise` where the cluster does not answer. */
export async function ifAnswered<T>(otherwise: T, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (isEkmError(error)) return otherwise;
    throw error;
  }
}

/** Runs a look at the cluster and the write that follows from it while no other run on this machine does so. */
export async function exclusivelyOn<T>(cluster: Cluster, context: Context, work: () => Promise<T>): Promise<T> {
  const { uniqueID } = await cluster.clusterInfo();
  return context.exclusively(`element:${uniqueID}`, work);
}
