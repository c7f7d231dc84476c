import { canonicalHost } from "../../../core/endpoint";

/** The port of KMIP: vCenter takes it for a key server without one. */
export const KMIP_PORT = 5696;

/** Port of a proxy that none is given of. */
export const PROXY_PORT = 443;

/** A key server of a provider. */
export interface KeyServerAddress {
  /** Name in the provider. Default: `hostname:port`. */
  name?: string;
  /** Host name or IP address, as vCenter reaches it. */
  hostname: string;
  /** KMIP port. Default: 5696. */
  port?: number;
}

/** A proxy between vCenter and its key servers. */
export interface ProxyServer {
  /** Host name or IP address, as vCenter reaches it. */
  hostname: string;
  /** Default: 443. */
  port?: number;
}

/** The name of a key server within its provider. */
export const serverName = ({ name, hostname: host, port: at = KMIP_PORT }: KeyServerAddress): string =>
  name ?? `${host.includes(":") ? `[${host}]` : host}:${at}`;

/** Where a server of a provider is. */
export type ServerAddress = Required<KeyServerAddress>;

/** A declared server with what is left out of it. */
export const completed = (server: KeyServerAddress): ServerAddress => ({
  name: serverName(server),
  hostname: server.hostname,
  port: server.port ?? KMIP_PORT,
});

const isAt = (one: ServerAddress, other: ServerAddress): boolean =>
  canonicalHost(one.hostname) === canonicalHost(other.hostname) && one.port === other.port;

/** What leads from the present servers of a provider to the wanted ones. */
export interface ServerChanges<Present> {
  added: ServerAddress[];
  /** Of the same name, elsewhere. */
  moved: ServerAddress[];
  removed: Present[];
}

export function serverChanges<Present extends ServerAddress>(
  present: readonly Present[],
  wanted: readonly ServerAddress[],
): ServerChanges<Present> {
  const bearer = ({ name }: ServerAddress) => present.find((each) => each.name === name);
  return {
    added: wanted.filter((each) => bearer(each) === undefined),
    moved: wanted.filter((each) => {
      const former = bearer(each);
      return former !== undefined && !isAt(former, each);
    }),
    removed: present.filter(({ name }) => !wanted.some((each) => each.name === name)),
  };
}

/** Whether two lists are the same servers, in whatever order and spelling. */
export function sameServers(some: readonly KeyServerAddress[], others: readonly KeyServerAddress[]): boolean {
  const { added, moved, removed } = serverChanges(some.map(completed), others.map(completed));
  return added.length + moved.length + removed.length === 0;
}

export const serverInWords = ({ name, hostname, port }: ServerAddress): string => {
  const address = serverName({ hostname, port });
  return name === address ? address : `"${name}" (${address})`;
};
