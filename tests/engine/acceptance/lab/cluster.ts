import type { ClusterSimulator } from "../../../../simulator";
import type { scenarios } from "../../../../simulator/element/scenarios";

/** The methods called so far that change a cluster, in order. */
export const writesOn = (cluster: ClusterSimulator): string[] =>
  cluster
    .calls()
    .map(({ method }) => method)
    .filter((method) => !/^(Get|List|Test)/.test(method));

/** Everything that a plan must not change behind anyone's back. */
export function configurationOf(cluster: ClusterSimulator) {
  const { keyPair, keyServers, keyProviders, softwareEncryption, hardwareEncryption } = cluster.state();
  return { keyPair, keyServers, keyProviders, softwareEncryption, hardwareEncryption };
}

export const rekeysOf = (cluster: ClusterSimulator): number => cluster.state().softwareEncryption.rekeys;

export const masterKeyOf = (cluster: ClusterSimulator) => cluster.state().softwareEncryption.masterKey;

export const encryptionOf = (cluster: ClusterSimulator) => cluster.state().hardwareEncryption;

/** Somebody else does something to a cluster that was started with its control endpoint, past the API. */
export async function somebody(cluster: ClusterSimulator, action: keyof typeof scenarios): Promise<void> {
  const body = JSON.stringify({ action });
  const answer = await fetch(`${cluster.controlEndpoint}/mutate`, { method: "POST", body });
  if (!answer.ok) throw new Error(`${action}: ${await answer.text()}`);
}

/** Resolves when the cluster has come to a state that a test waits for. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
