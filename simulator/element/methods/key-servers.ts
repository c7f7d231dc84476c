import { createPublicKey, X509Certificate } from "node:crypto";
import type { KeyServerParams } from "../../../provider/systems/element/api/types";
import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import type { StoredKeyServer } from "../cluster/state";
import { isLastServerOfActiveProvider, serverView } from "./key-provider-activity";
import { verifyKeyServer } from "./key-server-contact";
import type { MethodGroup } from "./method";
import { boolean, integer, listOf, optional, required, text } from "./parameters";

type Methods =
  | "CreateKeyServerKmip"
  | "ModifyKeyServerKmip"
  | "DeleteKeyServerKmip"
  | "GetKeyServerKmip"
  | "ListKeyServersKmip"
  | "TestKeyServerKmip";

const defaultPort = 5696;

export const keyServerMethods: MethodGroup<Methods> = {
  /** Never contacts the key server. */
  CreateKeyServerKmip: {
    since: "11.7",
    params: {
      kmipCaCertificate: required(text),
      kmipClientCertificate: required(text),
      kmipKeyServerHostnames: required(listOf(text)),
      kmipKeyServerName: required(text),
      kmipKeyServerPort: optional(integer),
    },
    async handle(cluster, params) {
      checkCertificates(cluster, params);
      const server: StoredKeyServer = {
        keyServerID: cluster.nextID("keyServer"),
        kmipKeyServerName: params.kmipKeyServerName,
        kmipKeyServerHostnames: params.kmipKeyServerHostnames,
        kmipKeyServerPort: params.kmipKeyServerPort ?? defaultPort,
        kmipCaCertificate: params.kmipCaCertificate,
        kmipClientCertificate: params.kmipClientCertificate,
        keyProviderID: null,
      };
      cluster.state.keyServers.push(server);
      await cluster.save();
      return { kmipKeyServer: serverView(cluster.state, server) };
    },
  },

  /** Contacts the key server with the new values first, and changes nothing when it does not function. */
  ModifyKeyServerKmip: {
    since: "11.7",
    params: {
      keyServerID: required(integer),
      kmipCaCertificate: optional(text),
      kmipClientCertificate: optional(text),
      kmipKeyServerHostnames: optional(listOf(text)),
      kmipKeyServerName: optional(text),
      kmipKeyServerPort: optional(integer),
    },
    async handle(cluster, { keyServerID, ...changes }) {
      const before = findKeyServer(cluster, keyServerID);
      if (Object.keys(changes).length === 0) return { kmipKeyServer: serverView(cluster.state, before) };
      checkCertificates(cluster, changes);
      await verifyKeyServer(cluster, { ...before, ...changes });
      const server = findKeyServer(cluster, keyServerID);
      Object.assign(server, changes);
      await cluster.save();
      return { kmipKeyServer: serverView(cluster.state, server) };
    },
  },

  DeleteKeyServerKmip: {
    since: "11.7",
    params: { keyServerID: required(integer) },
    async handle(cluster, { keyServerID }) {
      const server = findKeyServer(cluster, keyServerID);
      refuseToLoseLastServer(cluster, server);
      cluster.state.keyServers = cluster.state.keyServers.filter((other) => other !== server);
      await cluster.save();
      return {};
    },
  },

  GetKeyServerKmip: {
    since: "11.7",
    params: { keyServerID: required(integer) },
    handle: (cluster, { keyServerID }) => ({
      kmipKeyServer: serverView(cluster.state, findKeyServer(cluster, keyServerID)),
    }),
  },

  ListKeyServersKmip: {
    since: "11.7",
    params: {
      keyProviderID: optional(integer),
      kmipAssignedProviderIsActive: optional(boolean),
      kmipHasProviderAssigned: optional(boolean),
    },
    handle(cluster, { keyProviderID, kmipAssignedProviderIsActive, kmipHasProviderAssigned }) {
      const servers = cluster.state.keyServers
        .map((server) => serverView(cluster.state, server))
        .filter((server) => keyProviderID === undefined || server.keyProviderID === keyProviderID)
        // `false` lists what can be deleted, so a server without a provider counts as not active.
        .filter(
          (server) =>
            kmipAssignedProviderIsActive === undefined ||
            (server.kmipAssignedProviderIsActive ?? false) === kmipAssignedProviderIsActive,
        )
        .filter(
          (server) =>
            kmipHasProviderAssigned === undefined || (server.keyProviderID !== null) === kmipHasProviderAssigned,
        );
      return { kmipKeyServers: servers };
    },
  },

  TestKeyServerKmip: {
    since: "11.7",
    params: { keyServerID: required(integer) },
    async handle(cluster, { keyServerID }) {
      await verifyKeyServer(cluster, findKeyServer(cluster, keyServerID));
      return {};
    },
  },
};

export function findKeyServer(cluster: Cluster, keyServerID: number): StoredKeyServer {
  const found = cluster.state.keyServers.find((server) => server.keyServerID === keyServerID);
  if (!found) throw new ApiError("keyServerDoesNotExist", `Key server ${keyServerID} does not exist.`);
  return found;
}

export function refuseToLoseLastServer(cluster: Cluster, server: StoredKeyServer): void {
  if (!isLastServerOfActiveProvider(cluster.state, server)) return;
  throw new ApiError(
    "keyServerInUse",
    `Key server ${server.keyServerID} is the last one of active key provider ${server.keyProviderID}.`,
  );
}

function checkCertificates(cluster: Cluster, given: Partial<KeyServerParams>): void {
  if (cluster.switches.certificateValidation === "none") return;
  for (const name of ["kmipCaCertificate", "kmipClientCertificate"] as const) {
    const pem = given[name];
    if (pem !== undefined && !isCertificate(pem)) {
      throw new ApiError("invalidParameter", `${name} is not a PEM certificate`);
    }
  }
  const { kmipClientCertificate } = given;
  const privateKey = cluster.secrets.keyPairPrivateKey;
  if (cluster.switches.certificateValidation !== "keyPair" || kmipClientCertificate === undefined) return;
  const certified = new X509Certificate(kmipClientCertificate).publicKey;
  if (!privateKey || !certified.equals(createPublicKey(privateKey))) {
    throw new ApiError("invalidParameter", "kmipClientCertificate does not belong to the cluster's key pair");
  }
}

function isCertificate(pem: string): boolean {
  try {
    return pem.includes("-----BEGIN CERTIFICATE-----") && new X509Certificate(pem).serialNumber !== "";
  } catch {
    return false;
  }
}
