import type { ClusterSimulator } from "../../../../simulator";

/** The methods called so far that change a cluster, in order. */
export const writesOn = (cluster: ClusterSimulator): string[] =>
  cluster
    .calls()
    .map(({ method }) => method)
    .filter((method) => !/^(Get|List|Test)/.test(method));

/** Everything that a plan must not change behind anyone's back. */
export function configurationOf(cluster: ClusterSimulator) {
  const { keyPair, keyServers, keyProviders, softwareEncryption } = cluster.state();
  return { keyPair, keyServers, keyProviders, softwareEncryption };
}

export const rekeysOf = (cluster: ClusterSimulator): number => cluster.state().softwareEncryption.rekeys;

export const masterKeyOf = (cluster: ClusterSimulator) => cluster.state().softwareEncryption.masterKey;

/** Resolves when the cluster has come to a state that a test waits for. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
