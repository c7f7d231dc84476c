import { canonicalHost } from "../../core/endpoint";
import { didYouMean } from "../../core/nearest-name";
import {
  asText,
  type Complaint,
  displayName,
  hostname,
  type Kind,
  listOf,
  type Member,
  type ObjectKind,
  objectOf,
  port,
  text,
  truth,
} from "../../core/resource/kinds";
import { isUnknown } from "../../core/unknown";
import type { KeyServerHealth } from "./observed/key-providers";
import { fingerprintOf } from "./observed/pins";
import { type KeyServerAddress, KMIP_PORT, PROXY_PORT, type ProxyServer, serverName } from "./observed/servers";

/** An object that a program gives: each member is judged by its kind, and a member that there is not is refused. */
function givenObject<T>(
  name: string,
  doc: string,
  members: { readonly [Name in keyof Required<T>]: Member },
): ObjectKind<T> {
  return objectOf<T>(name, doc, members, (value) => {
    if (isUnknown(value)) return [];
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return [{ path: "", reason: `must be an object of ${Object.keys(members).join(", ")}` }];
    }
    const unknown = Object.keys(value).find((each) => !Object.hasOwn(members, each));
    if (unknown !== undefined) {
      const hint = didYouMean(unknown, Object.keys(members));
      return [{ path: "", reason: `has no member "${unknown}"${hint === "" ? "" : `.${hint}`}` }];
    }
    return Object.entries<Member>(members).flatMap(([member, { kind, optional }]): Complaint[] => {
      const given: unknown = Object(value)[member];
      if (given === undefined && optional) return [];
      return kind.complaints(given).map(({ path, reason }) => ({ path: `.${member}${path}`, reason }));
    });
  });
}

const namedWithin = (least: RegExp, complaint: string): Kind<string> =>
  asText((value) => {
    const [first] = displayName.complaints(value);
    if (first !== undefined) return first.reason;
    return least.test(String(value)) ? undefined : complaint;
  });

/** A name of a key provider: vCenter knows it by that, and so do ids of this package. */
export const providerName = namedWithin(/^[^/#]{1,80}$/, "must be 1 to 80 characters, without / and #");

/** The id of a resource that is a key provider, or the name of one that is not managed here. */
export const keyProviderReference = namedWithin(
  /^([^/#]+\/)?[^/#]+(#[^/#]+)?$/,
  "must be the name of a key provider, after CLUSTER/ where that is a trusted one",
);

/** A managed object as vCenter identifies it. */
export const objectId = namedWithin(/^[^/#\s]+$/, "must be the id of an object in vCenter, such as domain-c8");

/** An object of the inventory with its type. */
export const entityReference = namedWithin(
  /^[A-Za-z]+:[^/#\s:]+$/,
  "must be the type and the id of an object in vCenter, such as ClusterComputeResource:domain-c8",
);

const keyServerAddress = givenObject<KeyServerAddress>("KeyServerAddress", "A key server of a key provider.", {
  name: { kind: displayName, optional: true, doc: "Name in the provider. Default: `hostname:port`." },
  hostname: { kind: hostname, doc: "Host name or IP address, as vCenter reaches it." },
  port: { kind: port, optional: true, doc: `KMIP port. Default: ${KMIP_PORT}.` },
});

/** What tells servers of one provider apart, in the single spelling that stands for all. */
const serverKey = (server: unknown): unknown => {
  const { name, hostname: host, port: at } = server as KeyServerAddress;
  if ([name, host, at].some(isUnknown)) return server;
  return name ?? serverName({ hostname: canonicalHost(host), port: at });
};

export const keyServers = listOf(keyServerAddress, {
  atLeastOne: "key server",
  unique: { by: serverKey, noun: "key server" },
});

export const proxyServer = givenObject<ProxyServer>(
  "ProxyServer",
  "An HTTP proxy between vCenter and its key servers.",
  {
    hostname: { kind: hostname, doc: "Host name or IP address, as vCenter reaches it." },
    port: { kind: port, optional: true, doc: `Default: ${PROXY_PORT}.` },
  },
);

/** A certificate that is trusted: its SHA-256 fingerprint, or the certificate itself. */
const pin = asText((value) => {
  if (typeof value !== "string") return "must be a string";
  if (fingerprintOf(value) !== undefined) return undefined;
  return "must be the SHA-256 fingerprint of a certificate (64 hexadecimal digits), or one certificate in PEM";
});

export const pins = listOf(pin, {
  atLeastOne: "fingerprint or certificate",
  unique: { by: (each) => fingerprintOf(String(each)), noun: "certificate" },
});

export const serverHealth: ObjectKind<KeyServerHealth> = objectOf<KeyServerHealth>(
  "KeyServerHealth",
  "How vCenter and one key server of a provider get on.",
  {
    name: { kind: text, doc: "Name of the server in the provider." },
    health: { kind: text, doc: "`healthy`, `degraded`, `unhealthy`, or `unknown` before vCenter has looked." },
    serverTrusted: {
      kind: truth,
      optional: true,
      doc: "vCenter trusts the server's certificate; absent where nobody knows.",
    },
    clientTrusted: { kind: truth, optional: true, doc: "The server lets vCenter in; absent where nobody knows." },
    details: { kind: listOf(text), doc: "vCenter's words about it." },
  },
);
