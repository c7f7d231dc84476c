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

/** How the servers of a provider are reached: each of them in the same way, unless somebody has changed one. */
export const accessOf = ({ servers: [first] }: KeyProvider): Access => ({
  userName: first?.userName,
  proxy: first?.proxy,
  connectionTimeout: first?.connectionTimeout,
});

export const isSameProxy = (one: ProxyServer | undefined, other: ProxyServer | undefined): boolean =>
  !holdsUnknown(other) && isDeepStrictEqual(one && proxyKey(one), other && proxyKey(other));

const proxyKey = ({ hostname, port = PROXY_PORT }: ProxyServer) => [canonicalHost(hostname), port];
