import type { CheckFailure, Context } from "../lifecycle";
import { isUnknown } from "../unknown";
import type { OnCluster } from "./identity";

/** What exists once on a cluster. */
export type Singleton = "key pair" | "certificate signing request" | "master key" | "hardware encryption";

const keyOf = (kind: Singleton, cluster: string) => `${kind}:${cluster}`;

/** Refuses a second declaration in one program. Whether the cluster's name can be one is checked with the cluster. */
export function checkDeclaredOnce(kind: Singleton, { cluster }: OnCluster, context: Context): CheckFailure[] {
  if (isUnknown(cluster) || typeof cluster !== "string") return [];
  const other = context.declarations.declare(keyOf(kind, cluster), context.urn);
  if (other === undefined) return [];
  return [{ property: "cluster", reason: `a cluster has one ${kind}, and ${other} already declares it: remove one` }];
}

/** The object of a deleted resource now belongs to another resource of the same program: only its logical name changed. */
export const isHandedOver = (kind: Singleton, { cluster }: OnCluster, context: Context): boolean =>
  context.declarations.heir(keyOf(kind, cluster), context.urn) !== undefined;

/** The deleted resource is itself still declared: the delete is half of a replacement. */
export const isReplaced = (kind: Singleton, { cluster }: OnCluster, context: Context): boolean =>
  context.declarations.isDeclared(keyOf(kind, cluster), context.urn);
