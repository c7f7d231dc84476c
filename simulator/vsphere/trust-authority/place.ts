import { trustAuthorityClusterNamed, trustedProviderIn } from "../providers/lookup";
import type { RestRequest } from "../rest/route";
import type { EntityReference, TrustAuthorityCluster, TrustedProvider } from "../vcenter/state";

/** Where the key providers of a Trust Authority cluster are. */
export const PROVIDERS = "/vcenter/trusted-infrastructure/trust-authority-clusters/{cluster}/kms/providers";

/** VMware's full name of a service of Trust Authority clusters. */
export const serviceBelow = (name: string): string =>
  `com.vmware.vcenter.trusted_infrastructure.trust_authority_clusters${name}`;

/** The provider that a path names, and its cluster. */
export function placeOf({ vcenter, slots: { cluster = "", provider = "" } }: RestRequest): {
  cluster: TrustAuthorityCluster;
  provider: TrustedProvider;
} {
  const found = trustAuthorityClusterNamed(vcenter, cluster);
  return { cluster: found, provider: trustedProviderIn(found, provider) };
}

export const targetOf = ({ cluster = "" }: Record<string, string>): EntityReference => ({
  type: "ClusterComputeResource",
  value: cluster,
});
