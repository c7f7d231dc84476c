import type { KeyProviderKmip, KeyServerKmip } from "../../../provider/systems/element/api/types";
import type { ClusterState, HeldKey, StoredKeyServer } from "../cluster/state";

/** Providers with outstanding keys: in use, about to be in use, or not yet destroyed. Nothing else makes one active. */
export function activeProviderIDs(state: ClusterState): Set<number> {
  const { softwareEncryption, hardwareEncryption, keysToDestroy } = state;
  const outstanding: (HeldKey | undefined)[] = [
    softwareEncryption.masterKey,
    softwareEncryption.rekey?.newKey,
    softwareEncryption.rekey?.oldKey,
    hardwareEncryption.key,
    ...keysToDestroy,
  ];
  return new Set(outstanding.flatMap((key) => key?.keyProviderID ?? []));
}

/** The server as the API shows it. */
export function serverView(state: ClusterState, server: StoredKeyServer): KeyServerKmip {
  const assigned = server.keyProviderID;
  return {
    ...server,
    kmipKeyServerHostnames: [...server.kmipKeyServerHostnames],
    kmipAssignedProviderIsActive: assigned === null ? null : activeProviderIDs(state).has(assigned),
  };
}

/** The provider as the API shows it. Its servers are the servers that name it, so that the two views cannot disagree. */
export function providerView(state: ClusterState, provider: ClusterState["keyProviders"][number]): KeyProviderKmip {
  return {
    ...provider,
    keyProviderIsActive: activeProviderIDs(state).has(provider.keyProviderID),
    keyServerIDs: serversOf(state, provider.keyProviderID).map((server) => server.keyServerID),
    kmipCapabilities: "SSL",
  };
}

export function serversOf(state: ClusterState, keyProviderID: number): StoredKeyServer[] {
  return state.keyServers.filter((server) => server.keyProviderID === keyProviderID);
}

export function isLastServerOfActiveProvider(state: ClusterState, server: StoredKeyServer): boolean {
  const provider = server.keyProviderID;
  return provider !== null && activeProviderIDs(state).has(provider) && serversOf(state, provider).length === 1;
}
