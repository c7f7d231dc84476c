import { integer, text } from "../../chassis/kinds";
import { listOf, type NetworkAddress, networkAddress, oneOf, readStructure, structure } from "../rest/bodies";
import { invalidArgument } from "../vcenter/errors";
import type { KeyServer } from "../vcenter/state";

/** Where KMIP servers listen whose address says nothing of it. */
const KMIP_PORT = 5696;

interface ServerSpec {
  name: string;
  address: Partial<NetworkAddress> & { hostname: string };
}

interface KmipServerSpec {
  servers: ServerSpec[];
  username: string;
}

interface KeyServerSpec {
  type: "KMIP";
  description: string;
  proxy_server: Partial<NetworkAddress> & { hostname: string };
  connection_timeout: number;
  kmip_server: Partial<KmipServerSpec>;
}

interface ProviderSpec {
  provider: string;
  master_key_id: string;
  key_server: Partial<KeyServerSpec>;
}

const kmipServer = structure<KmipServerSpec>({
  servers: listOf(
    structure<ServerSpec, "name" | "address">({ name: text, address: networkAddress }, ["name", "address"]),
  ),
  username: text,
});

const keyServer = structure<KeyServerSpec>({
  type: oneOf("KMIP"),
  description: text,
  proxy_server: networkAddress,
  connection_timeout: integer,
  kmip_server: kmipServer,
});

export function readCreateSpec(body: unknown) {
  const required = ["provider", "master_key_id", "key_server"] as const;
  const spec = readStructure<ProviderSpec, (typeof required)[number]>(
    body,
    { provider: text, master_key_id: text, key_server: keyServer },
    required,
  );
  if (spec.provider === "") throw invalidArgument("provider", "The provider must not be empty.");
  const { type, kmip_server } = spec.key_server;
  if (type === undefined) throw invalidArgument("key_server.type", "key_server.type is required.");
  if (kmip_server?.servers === undefined) {
    throw invalidArgument("key_server.kmip_server", "A key server of type KMIP needs kmip_server with servers.");
  }
  return { ...spec, servers: serversOf(kmip_server.servers) };
}

export function readUpdateSpec(body: unknown) {
  const spec = readStructure<Omit<ProviderSpec, "provider">>(body, { master_key_id: text, key_server: keyServer });
  const { type, kmip_server } = spec.key_server ?? {};
  if (kmip_server !== undefined && type === undefined) {
    throw invalidArgument("key_server.type", "key_server.type is required where kmip_server is given.");
  }
  return { ...spec, servers: kmip_server?.servers && serversOf(kmip_server.servers) };
}

function serversOf(specs: ServerSpec[]): KeyServer[] {
  const names = specs.map(({ name }) => name);
  if (names.includes("")) throw invalidArgument("servers", "The name of a server must not be empty.");
  if (new Set(names).size < names.length) throw invalidArgument("servers", "Two servers have the same name.");
  return specs.map(({ name, address }) => ({ name, host: address.hostname, port: address.port ?? KMIP_PORT }));
}
