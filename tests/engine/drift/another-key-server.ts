import type { Site } from "./site";

/** Somebody makes a second key server, which is in no provider yet. */
export async function makeAnotherKeyServer({ administrator, cluster, west }: Site): Promise<void> {
  const [server] = cluster.state().keyServers;
  await administrator.call("create_key_server_kmip", {
    kmip_ca_certificate: server?.kmipCaCertificate,
    kmip_client_certificate: server?.kmipClientCertificate,
    kmip_key_server_hostnames: ["127.0.0.1"],
    kmip_key_server_name: "by hand",
    kmip_key_server_port: west.settings.port,
  });
}
