import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import type { ClusterState, StoredKeyServer } from "../cluster/state";
import { activeProviderIDs, providerView, serversOf } from "./key-provider-activity";
import { verifyKeyServer } from "./key-server-contact";
import { findKeyServer, refuseToLoseLastServer } from "./key-servers";
import type { MethodGroup } from "./method";
import { boolean, integer, optional, required, text } from "./parameters";

type Methods =
  | "CreateKeyProviderKmip"
  | "DeleteKeyProviderKmip"
  | "GetKeyProviderKmip"
  | "ListKeyProvidersKmip"
  | "AddKeyServerToProviderKmip"
  | "RemoveKeyServerFromProviderKmip"
  | "TestKeyProviderKmip";

export const keyProviderMethods: MethodGroup<Methods> = {
  CreateKeyProviderKmip: {
    since: "11.7",
    params: { keyProviderName: required(text) },
    async handle(cluster, { keyProviderName }) {
      const provider = { keyProviderID: cluster.nextID("keyProvider"), keyProviderName };
      cluster.state.keyProviders.push(provider);
      await cluster.save();
      return { kmipKeyProvider: providerView(cluster.state, provider) };
    },
  },

  /** Servers are no obstacle: those of the deleted provider are unassigned afterwards. */
  DeleteKeyProviderKmip: {
    since: "11.7",
    params: { keyProviderID: required(integer) },
    async handle(cluster, { keyProviderID }) {
      const provider = findKeyProvider(cluster, keyProviderID);
      if (activeProviderIDs(cluster.state).has(keyProviderID)) {
        throw new ApiError("keyProviderInUse", `Key provider ${keyProviderID} is active.`);
      }
      for (const server of serversOf(cluster.state, keyProviderID)) server.keyProviderID = null;
      cluster.state.keyProviders = cluster.state.keyProviders.filter((other) => other !== provider);
      await cluster.save();
      return {};
    },
  },

  GetKeyProviderKmip: {
    since: "11.7",
    params: { keyProviderID: required(integer) },
    handle: (cluster, { keyProviderID }) => ({
      kmipKeyProvider: providerView(cluster.state, findKeyProvider(cluster, keyProviderID)),
    }),
  },

  ListKeyProvidersKmip: {
    since: "11.7",
    params: { keyProviderIsActive: optional(boolean), kmipKeyProviderHasServerAssigned: optional(boolean) },
    handle(cluster, { keyProviderIsActive, kmipKeyProviderHasServerAssigned }) {
      const providers = cluster.state.keyProviders
        .map((provider) => providerView(cluster.state, provider))
        .filter((provider) => keyProviderIsActive === undefined || provider.keyProviderIsActive === keyProviderIsActive)
        .filter(
          (provider) =>
            kmipKeyProviderHasServerAssigned === undefined ||
            provider.keyServerIDs.length > 0 === kmipKeyProviderHasServerAssigned,
        );
      return { kmipKeyProviders: providers };
    },
  },

  /** Contacts the key server. */
  AddKeyServerToProviderKmip: {
    since: "11.7",
    params: { keyProviderID: required(integer), keyServerID: required(integer) },
    async handle(cluster, { keyProviderID, keyServerID }) {
      if (checkAssignment(cluster, keyProviderID, keyServerID).keyProviderID === keyProviderID) return {};
      await verifyKeyServer(cluster, findKeyServer(cluster, keyServerID));
      // Another request may have been answered in the meantime.
      checkAssignment(cluster, keyProviderID, keyServerID).keyProviderID = keyProviderID;
      await cluster.save();
      return {};
    },
  },

  RemoveKeyServerFromProviderKmip: {
    since: "11.7",
    params: { keyServerID: required(integer) },
    async handle(cluster, { keyServerID }) {
      const server = findKeyServer(cluster, keyServerID);
      refuseToLoseLastServer(cluster, server);
      server.keyProviderID = null;
      await cluster.save();
      return {};
    },
  },

  TestKeyProviderKmip: {
    since: "11.7",
    params: { keyProviderID: required(integer) },
    async handle(cluster, { keyProviderID }) {
      for (const server of usableServers(cluster, keyProviderID)) await verifyKeyServer(cluster, server);
      return {};
    },
  },
};

export function findKeyProvider(cluster: Cluster, keyProviderID: number): ClusterState["keyProviders"][number] {
  const found = cluster.state.keyProviders.find((provider) => provider.keyProviderID === keyProviderID);
  if (!found) throw new ApiError("keyProviderDoesNotExist", `Key provider ${keyProviderID} does not exist.`);
  return found;
}

/** The servers of a provider that is to be used; there is at least one. */
export function usableServers(cluster: Cluster, keyProviderID: number): StoredKeyServer[] {
  findKeyProvider(cluster, keyProviderID);
  const servers = serversOf(cluster.state, keyProviderID);
  if (servers.length > 0) return servers;
  throw new ApiError("keyProviderHasNoServer", `Key provider ${keyProviderID} has no key server assigned.`);
}

function checkAssignment(cluster: Cluster, keyProviderID: number, keyServerID: number): StoredKeyServer {
  findKeyProvider(cluster, keyProviderID);
  const server = findKeyServer(cluster, keyServerID);
  if (server.keyProviderID === keyProviderID) return server;
  if (server.keyProviderID !== null) {
    throw new ApiError(
      "keyServerAlreadyAssigned",
      `Key server ${keyServerID} is already assigned to key provider ${server.keyProviderID}.`,
    );
  }
  if (!cluster.switches.multipleServersPerProvider && serversOf(cluster.state, keyProviderID).length > 0) {
    throw new ApiError("keyProviderHasServer", `Key provider ${keyProviderID} already has a key server assigned.`);
  }
  return server;
}
