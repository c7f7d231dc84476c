import { ApiError, UnexpectedAnswerError } from "../../../connections/errors";
import { VsphereApiError } from "../api/errors";
import type { EntityStatus, KmipClusterInfo, KmipServerInfo, KmipServerStatus } from "../api/types";
import type { Vcenter } from "../api/vcenter";
import type {
  HealthWord,
  KeyProvider,
  KeyProviders,
  KeyServer,
  KeyServerHealth,
  PeerCertificate,
} from "./key-providers";

/** Of a proxy whose port is left out. */
const HTTPS_PORT = 443;

const HEALTH_WORDS: Readonly<Record<EntityStatus, HealthWord>> = {
  gray: "unknown",
  green: "healthy",
  yellow: "degraded",
  red: "unhealthy",
};

/** The key providers that a vCenter keeps by itself. */
export function standardKeyProviders(vcenter: Vcenter): KeyProviders {
  return {
    family: "standard",
    list: async () => (await standardClusters(vcenter)).map(({ clusterId }) => clusterId),
    async find(name) {
      const cluster = await findCluster(vcenter, name);
      return cluster && providerOf(cluster);
    },
    peerCertificates: ({ name, servers }) =>
      Promise.all(servers.map((server) => peerCertificateOf(vcenter, name, server))),
    // The list itself is shown to nobody.
    async trustedCertificates(provider) {
      const presented = await Promise.all(
        provider.servers.map((server) => peerCertificateOf(vcenter, provider.name, server)),
      );
      return presented.flatMap(({ certificate, isTrusted }) =>
        certificate !== undefined && isTrusted ? [certificate] : [],
      );
    },
    clientCertificate: (cluster) => ifMade(vcenter, cluster, vcenter.call("RetrieveClientCert", { cluster })),
    generatedCertificate: (cluster) =>
      ifMade(vcenter, cluster, vcenter.call("RetrieveSelfSignedClientCert", { cluster })),
    signingRequest: (cluster) => ifMade(vcenter, cluster, vcenter.call("RetrieveClientCsr", { cluster })),
    async health({ name }) {
      const cluster = await findCluster(vcenter, name);
      const statuses = await vcenter.call("RetrieveKmipServersStatus_Task", {
        clusters: cluster === undefined ? [] : [cluster],
      });
      const status = statuses.find(({ clusterId }) => clusterId === name);
      if (cluster === undefined || status === undefined) throw noStatus(vcenter, name);
      return {
        health: HEALTH_WORDS[status.overallStatus ?? "gray"],
        details: [],
        servers: status.servers.map(serverHealthOf),
      };
    },
  };
}

/** Faults by which a vCenter may say that there is none: these methods have no fault of their own. */
const NONE = new Set(["NotFound", "RuntimeFault"]);

/** A certificate or a request of a provider that is there, as far as it has been made. */
async function ifMade(vcenter: Vcenter, name: string, look: Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await look;
  } catch (error) {
    if (!(error instanceof VsphereApiError) || !NONE.has(error.vendorName)) throw error;
    if ((await findCluster(vcenter, name)) === undefined) throw error;
    return undefined;
  }
}

/** Providers of every kind, whose names must all differ. */
export const allClusters = (vcenter: Vcenter): Promise<KmipClusterInfo[]> => vcenter.call("ListKmipServers", {});

/** Those of vCenter itself: before there were others, it did not say so. */
const standardClusters = async (vcenter: Vcenter): Promise<KmipClusterInfo[]> =>
  (await allClusters(vcenter)).filter(({ managementType = "vCenter" }) => managementType === "vCenter");

export const findCluster = async (vcenter: Vcenter, name: string): Promise<KmipClusterInfo | undefined> =>
  (await standardClusters(vcenter)).find(({ clusterId }) => clusterId === name);

const providerOf = ({ clusterId: name, servers }: KmipClusterInfo): KeyProvider => ({
  name,
  servers: servers.map(serverOf),
});

const serverOf = (server: KmipServerInfo): KeyServer => ({
  ...{ name: server.name, hostname: server.address, port: server.port },
  userName: server.userName,
  proxy:
    server.proxyAddress === undefined
      ? undefined
      : { hostname: server.proxyAddress, port: server.proxyPort ?? HTTPS_PORT },
  connectionTimeout: server.timeout,
});

/** A server as this API has it. */
export const infoOf = ({ name, hostname, port, userName, proxy, connectionTimeout }: KeyServer): KmipServerInfo => ({
  ...{ name, address: hostname, port },
  ...{ proxyAddress: proxy?.hostname, proxyPort: proxy?.port },
  ...{ timeout: connectionTimeout, userName },
});

async function peerCertificateOf(vcenter: Vcenter, keyProvider: string, server: KeyServer): Promise<PeerCertificate> {
  try {
    const found = await vcenter.call("RetrieveKmipServerCert", { keyProvider, server: infoOf(server) });
    const { certificate, clientTrustServer = false } = found;
    return { server: server.name, certificate, isTrusted: clientTrustServer, details: [] };
  } catch (error) {
    // A server that is down is no failure of the vCenter.
    if (!(error instanceof ApiError)) throw error;
    return { server: server.name, isTrusted: false, details: [error.explanation.reason] };
  }
}

const serverHealthOf = (server: KmipServerStatus): KeyServerHealth => ({
  name: server.name,
  health: HEALTH_WORDS[server.status],
  serverTrusted: server.clientTrustServer,
  clientTrusted: server.serverTrustClient,
  details: server.connectionStatus === "" ? [] : [server.connectionStatus],
});

const noStatus = ({ place }: Vcenter, name: string): UnexpectedAnswerError =>
  new UnexpectedAnswerError({
    attempt: `asking for the status of key provider "${name}"`,
    place,
    reason: "the vCenter gave none of it",
    wayOut: "see in the vSphere Client whether the provider is still there, then run again",
  });
