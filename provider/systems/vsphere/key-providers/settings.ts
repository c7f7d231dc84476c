import { isDeepStrictEqual } from "node:util";
import { canonicalHost } from "../../../core/endpoint";
import { holdsUnknown } from "../../../core/unknown";
import type { Access, KeyProvider } from "../observed/key-providers";
import { completed, PROXY_PORT, type ProxyServer } from "../observed/servers";
import type { ProviderInputs } from "./family";

/** How servers are reached, as a program declares it. */
const accessIn = ({ username, proxy, connectionTimeout }: ProviderInputs): Access => ({
  userName: username,
  proxy: proxy && { hostname: proxy.hostname, port: proxy.port ?? PROXY_PORT },
  connectionTimeout,
});

/** The provider that a program declares. */
export const declaredProvider = (name: string, inputs: ProviderInputs): KeyProvider => {
  const { servers, description, primaryKeyID } = inputs;
  const access = accessIn(inputs);
  return {
    name,
    servers: servers.map((each) => ({ ...completed(each), ...access })),
    description,
    primaryKey: primaryKeyID,
  };
};

/**
 * How the servers of a provider are reached: each of them in the same way, unless somebody has changed one. That one tells it
 * then.
 *
 * @param state what a program has declared; nothing where a provider is imported
 */
export function accessOf({ servers }: KeyProvider, state: Partial<ProviderInputs>): Access {
  const [first] = servers;
  const changed = state.servers === undefined ? undefined : servers.find((each) => !isReachedAs(each, state));
  const { userName, proxy, connectionTimeout }: Access = changed ?? first ?? {};
  return { userName, proxy, connectionTimeout };
}

const isReachedAs = ({ userName, proxy, connectionTimeout }: Access, declared: Partial<ProviderInputs>): boolean =>
  userName === declared.username &&
  connectionTimeout === declared.connectionTimeout &&
  isSameProxy(proxy, declared.proxy);

export const isSameProxy = (one: ProxyServer | undefined, other: ProxyServer | undefined): boolean =>
  !holdsUnknown(other) && isDeepStrictEqual(one && proxyKey(one), other && proxyKey(other));

const proxyKey = ({ hostname, port = PROXY_PORT }: ProxyServer) => [canonicalHost(hostname), port];
