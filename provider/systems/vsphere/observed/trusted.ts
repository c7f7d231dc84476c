import { ifThere } from "../api/errors";
import type { Health, KmsProviderInfo, LocalizableMessage, NetworkAddress } from "../api/types";
import type { Vcenter } from "../api/vcenter";
import type { Access, Address, HealthWord, KeyProvider, KeyProviders } from "./key-providers";

/** Of KMIP, and of whatever else has an address in this API. */
const KMIP_PORT = 5696;
const HTTPS_PORT = 443;

const HEALTH_WORDS: Readonly<Record<Health, HealthWord>> = {
  NONE: "unknown",
  OK: "healthy",
  WARNING: "degraded",
  ERROR: "unhealthy",
};

/** Managed object IDs of all Trust Authority Clusters of a vCenter. A version without Trust Authority has none. */
export async function trustAuthorityClusters(vcenter: Vcenter): Promise<string[]> {
  if (!(await vcenter.hasTrustAuthority())) return [];
  return (await vcenter.call("listTrustAuthorityClusters", {})).map(({ cluster }) => cluster);
}

/**
 * The key providers of a Trust Authority Cluster.
 *
 * @param cluster its managed object ID
 */
export function trustedKeyProviders(vcenter: Vcenter, cluster: string): KeyProviders {
  const of = (provider: string) => ({ cluster, provider });
  const list = async () => (await vcenter.call("listKmsProviders", { cluster })).map(({ provider }) => provider);
  return {
    family: "trusted",
    list,
    async find(name) {
      // A cluster that is not there has no providers either, and is another failure.
      if (!(await list()).includes(name)) return undefined;
      const info = await ifThere(vcenter.call("getKmsProvider", of(name)));
      return info && providerOf(name, info);
    },
    async peerCertificates({ name }) {
      const presented = await vcenter.call("listCurrentPeerCerts", of(name));
      return presented.map(({ server_name: server, certificate, trusted, error_messages }) => ({
        server,
        certificate,
        isTrusted: trusted,
        details: told(error_messages, certificate === undefined ? "no certificate, and no reason why" : undefined),
      }));
    },
    trustedCertificates: async ({ name }) => (await vcenter.call("getTrustedPeerCerts", of(name))).certificates,
    clientCertificate: (name) => clientCertificate(name),
    // It is in use from the moment at which it is made.
    generatedCertificate: (name) => clientCertificate(name),
    signingRequest: async (name) => (await ifThere(vcenter.call("getKmsCsr", of(name))))?.csr || undefined,
    async health({ name }) {
      const { health, details, servers } = (await vcenter.call("getKmsProvider", of(name))).status;
      return {
        health: HEALTH_WORDS[health],
        details: told(details),
        servers: servers.map((server) => ({
          name: server.name,
          health: HEALTH_WORDS[server.health],
          serverTrusted: server.client_trust_server,
          clientTrusted: server.server_trust_client,
          details: told(server.details),
        })),
      };
    },
  };

  async function clientCertificate(name: string): Promise<string | undefined> {
    return (await ifThere(vcenter.call("getKmsClientCertificate", of(name))))?.certificate || undefined;
  }
}

function providerOf(name: string, { master_key_id: primaryKey, key_server }: KmsProviderInfo): KeyProvider {
  const { kmip_server, proxy_server, connection_timeout: connectionTimeout, description } = key_server;
  const access: Access = {
    // A text that is empty takes a user name away.
    userName: kmip_server.username || undefined,
    proxy: proxy_server && addressOf(proxy_server, HTTPS_PORT),
    connectionTimeout,
  };
  const servers = kmip_server.servers.map((server) => ({
    name: server.name,
    ...addressOf(server.address, KMIP_PORT),
    ...access,
  }));
  return { name, servers, description, primaryKey };
}

const addressOf = ({ hostname, port }: NetworkAddress, usual: number): Address => ({ hostname, port: port ?? usual });

/** Messages in words; `otherwise` where there are none. */
function told(messages: readonly LocalizableMessage[], otherwise?: string): string[] {
  const words = messages.map(({ default_message, id }) => default_message || id);
  return words.length === 0 && otherwise !== undefined ? [otherwise] : words;
}
