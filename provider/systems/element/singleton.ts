import { meaningOf } from "../../connections/endpoint";
import { ConnectionUnknownError } from "../../connections/sources";
import { isEkmError } from "../../core/errors";
import { type CheckFailure, type Comparing, refusal } from "../../core/lifecycle";
import { isUnknown } from "../../core/unknown";
import type { Cluster } from "./api/cluster";
import type { Identity, OnCluster } from "./cluster";
import { DeclaredTwiceError, type ReplacementRefusedError } from "./errors";
import { isNew } from "./ownership";

/** What exists once on a cluster. */
export type Singleton =
  | "key pair"
  | "certificate signing request"
  | "master key"
  | "hardware encryption"
  | `attachment of key server ${string}`;

/** One cluster may be configured under several names and addresses: each of them stands for it. */
const byName = (kind: Singleton, name: string) => `${kind}:${name}`;
const byEndpoint = (kind: Singleton, endpoint: string) => `${kind} at ${meaningOf(endpoint)}`;
const byIdentity = (kind: Singleton, { clusterUniqueID }: Identity) => `${kind} of ${clusterUniqueID}`;

/** Declares it in this run, by all that is known without a look at the cluster; answers the identity of the resource that did so before. */
export function declaredBefore(kind: Singleton, { cluster }: OnCluster, context: Comparing): string | undefined {
  if (isUnknown(cluster) || typeof cluster !== "string") return undefined;
  const endpoint = endpointOf(cluster, context);
  const keys = [byName(kind, cluster), ...(endpoint === undefined ? [] : [byEndpoint(kind, endpoint)])];
  return keys
    .map((key) => context.declarations.declare(key, context.self.identity))
    .find((other) => other !== undefined);
}

/** As it is configured. Whether the cluster's name can be one, and is configured, is checked with the cluster. */
function endpointOf(name: string, context: Comparing): string | undefined {
  try {
    return context.cluster(name).settings.endpoint;
  } catch (error) {
    if (error instanceof ConnectionUnknownError || isEkmError(error)) return undefined;
    throw error;
  }
}

/** Refuses a second declaration in one program. */
export function checkDeclaredOnce(kind: Singleton, news: OnCluster, context: Comparing): CheckFailure[] {
  const other = declaredBefore(kind, news, context);
  if (other === undefined) return [];
  return [
    {
      property: "cluster",
      reason: `a cluster has one ${kind}, and ${context.inWords(other)} already declares it: remove one`,
    },
  ];
}

/** Of what is in state, the cluster is known: whoever declares the same under another name is to meet it. */
export function recognise(kind: Singleton, olds: Identity, news: OnCluster, { declarations, self }: Comparing): void {
  // A refresh compares what no program declares.
  if (declarations.isDeclared(byName(kind, news.cluster), self.identity)) {
    declarations.declare(byIdentity(kind, olds), self.identity);
  }
}

/**
 * Refuses a second declaration whose connection has another name and address, before anything is written.
 *
 * @throws DeclaredTwiceError
 */
export function assertDeclaredOnce(kind: Singleton, cluster: Cluster, identity: Identity, context: Comparing): void {
  const other = context.declarations.declare(byIdentity(kind, identity), context.self.identity);
  if (other === undefined) return;
  throw new DeclaredTwiceError({
    attempt: `declaring the ${kind}`,
    place: cluster.place,
    reason: `this is the cluster with uniqueID ${identity.clusterUniqueID}, whose ${kind} ${context.inWords(other)} declares through a connection of another name`,
    wayOut: "remove one of the two, and use one name for one cluster",
  });
}

/** The object of a deleted resource now belongs to another resource of the same program: only its names changed. */
export function isHandedOver(kind: Singleton, state: Identity & OnCluster, { declarations, self }: Comparing): boolean {
  const keys = [byName(kind, state.cluster), byIdentity(kind, state)];
  return keys.some((key) => declarations.heir(key, self.identity) !== undefined);
}

/** The deleted resource is itself still declared: the delete is half of a replacement. */
export const isReplaced = (kind: Singleton, { cluster }: OnCluster, context: Comparing): boolean =>
  context.declarations.isDeclared(byName(kind, cluster), context.self.identity);

/**
 * Refuses a replacement at plan time. The engine checks what it is going to replace a second time, as if it were new; the
 * delete, which it plans without asking, is refused as well.
 */
export function checkNotReplaced(
  olds: object,
  { cluster }: OnCluster,
  { declarations, self }: Comparing,
  refused: (state: OnCluster) => ReplacementRefusedError,
): CheckFailure[] {
  const { identity } = self;
  const inState = `${identity} is in state`;
  if (!isNew(olds)) declarations.declare(inState, identity);
  return isNew(olds) && declarations.isDeclared(inState, identity)
    ? [refusal("", refused({ cluster } as OnCluster))]
    : [];
}
