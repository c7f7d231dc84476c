import { isHealthy, verdictOn } from "../providers/health";
import { messageOf } from "../rest/messages";
import type { VCenter } from "../vcenter/machine";
import type { ObservedServer, TrustedProvider } from "../vcenter/state";

type Health = "NONE" | "OK" | "WARNING" | "ERROR";

export function healthNamed({ switches }: VCenter, servers: ObservedServer[] | undefined): Health {
  const names = { none: "NONE", good: "OK", mixed: switches.mixedHealth, bad: "ERROR" } as const;
  return names[verdictOn(servers)];
}

/** A provider as the API shows it: with neither its name nor any secret. */
export function infoOf(vcenter: VCenter, provider: TrustedProvider, observed: ObservedServer[] | undefined): object {
  const { description, common, servers, primaryKeyID } = provider;
  const { userName, proxy, timeoutSeconds } = common;
  const health = healthNamed(vcenter, observed);
  return {
    master_key_id: primaryKeyID,
    key_server: {
      type: "KMIP",
      description,
      ...(proxy && { proxy_server: { hostname: proxy.host, port: proxy.port } }),
      ...(timeoutSeconds !== undefined && { connection_timeout: timeoutSeconds }),
      kmip_server: {
        servers: servers.map(({ name, host, port }) => ({ name, address: { hostname: host, port } })),
        ...(userName !== undefined && { username: userName }),
      },
    },
    status: {
      health,
      details: health === "OK" ? [] : [messageOf(`health.${health}`, sentences[health])],
      servers: servers.map(({ name }) =>
        serverInfo(
          name,
          observed?.find((server) => server.name === name),
        ),
      ),
    },
  };
}

const sentences: Record<Exclude<Health, "OK">, string> = {
  NONE: "The status of the key provider is not known yet.",
  WARNING: "Some key servers of the key provider cannot be used.",
  ERROR: "No key server of the key provider can be used.",
};

function serverInfo(name: string, observed: ObservedServer | undefined): object {
  const { clientTrustServer = false, serverTrustClient = false, complaints = [] } = observed ?? {};
  return {
    name,
    health: observed === undefined ? "NONE" : isHealthy(observed) ? "OK" : "ERROR",
    details: complaints.map((complaint) => messageOf("server", complaint)),
    client_trust_server: clientTrustServer,
    server_trust_client: serverTrustClient,
  };
}
