import { ConnectionConfigurationError, ConnectionNotConfiguredError } from "../connections/errors";
import type { TlsVerification } from "../connections/https/settings";
import { identityOf, insecureWarning } from "../connections/identity";
import { ConnectionUnknownError } from "../connections/sources";
import { isEkmError } from "../errors";
import { type CheckFailure, type Context, type HiddenInputs, refusal } from "../lifecycle";
import { isUnknown } from "../unknown";
import type { Cluster } from "./api/cluster";
import { checkArgument, nameComplaint } from "./arguments";
import { element } from "./system";

/** Inputs of everything that lives on a cluster. */
export interface OnCluster extends HiddenInputs {
  /** Name of the cluster's connection. */
  cluster: string;
}

/** Outputs of everything that lives on a cluster. */
export interface Identity {
  stateVersion: 1;
  /** The cluster's `uniqueID`: the box that this object is on, whatever its address. */
  clusterUniqueID: string;
  tlsVerification: TlsVerification;
}

/** What concerns every resource on a cluster: its place, and the time that a delete, which is told the state alone, may take. */
export const isRelocated = (olds: OnCluster, news: OnCluster): boolean =>
  olds.cluster !== news.cluster || olds.deadlines?.delete !== news.deadlines?.delete;

/** Refuses a cluster that is not configured. */
export function checkCluster({ cluster: name }: OnCluster, context: Context): CheckFailure[] {
  if (isUnknown(name)) return [];
  const complaints = checkArgument("cluster", name, nameComplaint);
  if (complaints.length > 0) return complaints;
  try {
    warnWhereInsecure(context.cluster(name), context);
    return [];
  } catch (error) {
    if (error instanceof ConnectionUnknownError) return [];
    if (error instanceof ConnectionNotConfiguredError || error instanceof ConnectionConfigurationError) {
      return [refusal("cluster", error)];
    }
    throw error;
  }
}

/** Once a run: at the first check, or at the first connection of a refresh or a destroy, which check nothing. */
function warnWhereInsecure({ place, settings }: Cluster, context: Context): void {
  if (settings.insecure && isFirst(`insecure:${place.name}`, context)) context.log.warn(insecureWarning(place));
}

/** The engine checks a resource that is replaced twice. */
const isFirst = (key: string, { declarations, urn }: Context): boolean =>
  !declarations.isDeclared(key, urn) && declarations.declare(key, urn) === undefined;

/** Whether a preview can ask the cluster: its connection may depend on a value that is not known yet. */
export function isConnectionKnown(name: string, context: Context): boolean {
  try {
    context.cluster(name);
    return true;
  } catch (error) {
    if (error instanceof ConnectionUnknownError) return false;
    throw error;
  }
}

/**
 * Connects to a cluster and makes sure that it is the recorded one: another box at the same address has empty lists,
 * and would make everything look deleted.
 *
 * @throws ConnectionIdentityError
 */
export async function identify(
  context: Context,
  name: string,
  recorded?: Identity,
): Promise<{ cluster: Cluster; identity: Identity }> {
  const cluster = context.cluster(name);
  warnWhereInsecure(cluster, context);
  const clusterUniqueID = await identityOf(element, cluster, recorded?.clusterUniqueID, IF_GONE);
  return {
    cluster,
    identity: { stateVersion: 1, clusterUniqueID, tlsVerification: cluster.tlsVerification },
  };
}

const IF_GONE = "remove its resources with pulumi state delete";

/** For looks that a plan can do without: a cluster that is not there must not hold it up. */
export const inAHurry = (context: Context): Context => ({
  ...context,
  cluster: (name) => context.cluster(name).hurried(),
});

/** What a look finds that a plan can do without: of a cluster that does not answer, `otherwise`. */
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
