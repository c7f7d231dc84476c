import { VCenterError } from "../vcenter/errors";
import type { VCenter } from "../vcenter/machine";
import type { KmsCluster, TrustAuthorityCluster, TrustedProvider } from "../vcenter/state";

export function trustAuthorityClusterNamed({ state }: VCenter, cluster: string): TrustAuthorityCluster {
  const found = state.trustAuthorityClusters.find((each) => each.cluster === cluster);
  if (found) return found;
  throw new VCenterError("notFound", `The Trust Authority Cluster ${cluster} does not exist.`);
}

export function trustedProviderIn({ cluster, providers }: TrustAuthorityCluster, name: string): TrustedProvider {
  const found = providers.find((each) => each.name === name);
  if (found) return found;
  throw new VCenterError("notFound", `The key provider ${name} does not exist in Trust Authority Cluster ${cluster}.`);
}

/** A trusted provider of any cluster of this vCenter. */
export const trustedProviderNamed = ({ state }: VCenter, name: string): TrustedProvider | undefined =>
  state.trustAuthorityClusters.flatMap(({ providers }) => providers).find((each) => each.name === name);

export const kmsClusterNamed = ({ state }: VCenter, id: string): KmsCluster | undefined =>
  state.kmsClusters.find(({ name }) => name === id);
