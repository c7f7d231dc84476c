import { VsphereApiError } from "../api/errors";
import type { KmipClusterInfo, ManagedObjectReference } from "../api/types";
import type { Vcenter } from "../api/vcenter";
import { allClusters } from "./standard";

/** An entity by its type and id, such as `ClusterComputeResource:domain-c8`. */
export function entityIn(reference: string | undefined): ManagedObjectReference | undefined {
  const [type, value] = reference?.split(":") ?? [];
  return type === undefined || value === undefined ? undefined : { type, value };
}

/** Name of the default key provider of a vCenter, or of one of its entities. */
export async function defaultKeyProvider(
  vcenter: Vcenter,
  entity?: ManagedObjectReference,
): Promise<string | undefined> {
  try {
    return await vcenter.call("GetDefaultKmsCluster", { entity });
  } catch (error) {
    // Some say by a fault of no kind of its own that there is none; the list tells whether that is so.
    if (!(error instanceof VsphereApiError) || (await allClusters(vcenter)).some(isDefaultOf(entity))) throw error;
    return undefined;
  }
}

const isDefaultOf =
  (entity: ManagedObjectReference | undefined) =>
  ({ useAsDefault, useAsEntityDefault }: KmipClusterInfo): boolean =>
    entity === undefined ? useAsDefault : useAsEntityDefault.some(({ value }) => value === entity.value);

/** What a key provider is the default of. */
export interface Defaulting {
  ofVcenter: boolean;
  ofEntities: ManagedObjectReference[];
}

export async function defaultingOf(vcenter: Vcenter, name: string): Promise<Defaulting> {
  const found = (await allClusters(vcenter)).find(({ clusterId }) => clusterId === name);
  return { ofVcenter: found?.useAsDefault ?? false, ofEntities: found?.useAsEntityDefault ?? [] };
}
