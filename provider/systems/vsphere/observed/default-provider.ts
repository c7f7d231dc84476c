import type { ManagedObjectReference } from "../api/types";
import type { Vcenter } from "../api/vcenter";
import { allClusters } from "./standard";

/** Name of the default key provider of a vCenter, or of one of its entities. */
export const defaultKeyProvider = (vcenter: Vcenter, entity?: ManagedObjectReference): Promise<string | undefined> =>
  vcenter.call("GetDefaultKmsCluster", { entity });

/** What a key provider is the default of. */
export interface Defaulting {
  ofVcenter: boolean;
  ofEntities: ManagedObjectReference[];
}

export async function defaultingOf(vcenter: Vcenter, name: string): Promise<Defaulting> {
  const found = (await allClusters(vcenter)).find(({ clusterId }) => clusterId === name);
  return { ofVcenter: found?.useAsDefault ?? false, ofEntities: found?.useAsEntityDefault ?? [] };
}
