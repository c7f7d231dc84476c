/**
 * A host in the single spelling that stands for all of its spellings: letter case, a final dot, the many ways to write an IPv6
 * address. An IPv4 address that is mapped into IPv6 is reached as what it is.
 */
export function canonicalHost(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, "");
  const ipv6 = name.includes(":") ? URL.parse(`http://[${name.replace(/^\[|\]$/g, "")}]`)?.hostname : undefined;
  if (ipv6 === undefined) return name;
  const [, high, low] = MAPPED_IPV4.exec(ipv6) ?? [];
  return high === undefined ? ipv6.slice(1, -1) : dotted(high, low);
}

const MAPPED_IPV4 = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/;

const dotted = (...groups: (string | undefined)[]): string =>
  groups
    .map((group) => Number.parseInt(group ?? "0", 16))
    .flatMap((group) => [group >> 8, group & 0xff])
    .join(".");

/** An endpoint in the single spelling that stands for all of its spellings. */
export function meaningOf(endpoint: unknown): string | undefined {
  const url = URL.parse(String(endpoint));
  return url === null ? undefined : [url.protocol, canonicalHost(url.hostname), url.port].join();
}

/** Endpoints are shown without other parts of an address: it may hold a password. */
export const originOf = (endpoint: unknown): string => URL.parse(String(endpoint))?.origin ?? "none";
