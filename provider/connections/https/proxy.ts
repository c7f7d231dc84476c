import { BlockList, isIP } from "node:net";
import type { HttpProxy } from "../../core/system";

/** A variable of the environment names a proxy that cannot be used. */
export class ProxyAddressError extends Error {}

/** In curl's order; of one variable, the spelling in lower case first. */
const VARIABLES = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/**
 * The proxy that the environment names for an endpoint, as curl and other tools take it. `NO_PROXY` alone exempts an
 * endpoint, one on this machine too.
 *
 * @throws ProxyAddressError
 */
export function proxyFor(endpoint: string, environment: NodeJS.ProcessEnv): HttpProxy | undefined {
  const variable = VARIABLES.find((name) => environment[name]?.trim());
  if (variable === undefined || isExempt(new URL(endpoint), environment)) return undefined;
  const address = environment[variable]?.trim() ?? "";
  const url = URL.parse(address.includes("://") ? address : `http://${address}`);
  if (url === null || url.hostname === "") throw new ProxyAddressError(`${variable} is no address of a proxy`);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new ProxyAddressError(`${variable} names a proxy of the kind ${url.protocol.slice(0, -1)}`);
  }
  return { origin: url.origin, authorization: authorizationOf(url), variable };
}

function authorizationOf({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  return `Basic ${Buffer.from(`${unescaped(username)}:${unescaped(password)}`).toString("base64")}`;
}

/** A percent sign that escapes nothing stands for itself. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isExempt({ hostname, port }: URL, { no_proxy, NO_PROXY }: NodeJS.ProcessEnv): boolean {
  const host = bare(hostname);
  return (no_proxy || NO_PROXY || "")
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => entry === "*" || isOf(entry, host, port || "443"));
}

/** Without the brackets of an IPv6 address and the dot of a full name. */
const bare = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.$/g, "");

/** A host, its domain, an address or a range of addresses; perhaps for one port alone. */
function isOf(entry: string, host: string, port: string): boolean {
  const [, name = entry, only = port] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  if (only !== port) return false;
  const wanted = bare(name.replace(/^\*?\./, ""));
  if (isIP(host) !== 0) return wanted === host || isInRange(wanted, host);
  return host === wanted || host.endsWith(`.${wanted}`);
}

function isInRange(range: string, host: string): boolean {
  const [network = "", bits = isIP(network) === 6 ? "128" : "32"] = range.split("/");
  const [family, ofHost] = [familyOf(network), familyOf(host)];
  if (family === undefined || ofHost === undefined || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === "ipv6" ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family);
  return list.check(host, ofHost);
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 6 ? "ipv6" : "ipv4";
}
