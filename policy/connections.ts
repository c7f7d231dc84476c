import type { PolicyResource, ReportViolation } from "@pulumi/policy";
import { tokenIn } from "../provider/adapters/pulumi/resource-type";
import { known } from "./known";

/** A kind of systems whose connections may be unverified, as its resources and the configuration name it. */
interface ConnectedKind {
  /** The module of its resources. */
  module: "element" | "vsphere";
  /** The argument that names a connection. */
  argument: "cluster" | "vcenter";
  /** Where connections are configured. */
  configured: "clusters" | "vcenters";
  /** As a sentence begins with it. */
  title: string;
}

export const CLUSTERS: ConnectedKind = {
  ...{ module: "element", argument: "cluster", configured: "clusters" },
  title: "Cluster",
};
export const VCENTERS: ConnectedKind = {
  ...{ module: "vsphere", argument: "vcenter", configured: "vcenters" },
  title: "The vCenter",
};

/** What a policy wants to know of a connection. Its password is in there as well, and goes nowhere. */
interface Connection {
  insecure?: boolean;
}

/** A system as the resources of a program name it. */
interface UsedSystem {
  name: string;
  /** The provider instance that connects to it. */
  urn: string;
  /** As the program or the stack configuration says; `undefined` where neither does, and the environment has to. */
  connection: Connection | undefined;
  /** `tlsVerification` of the resource that was recorded last. */
  tlsVerification: string | undefined;
}

/** Reports each system that has its connection from the environment alone. */
export function reportFromEnvironment(kind: ConnectedKind, resources: PolicyResource[], report: ReportViolation): void {
  for (const { name, urn, connection } of usedSystems(kind, resources)) {
    if (connection !== undefined) continue;
    const where = `ekm:${kind.configured} or an ekm.Provider`;
    report(`${kind.title} "${name}" should be in ${where}, not in the environment alone.`, urn);
  }
}

/** Reports each system whose TLS certificate nobody verifies. */
export function reportUnverified(kind: ConnectedKind, resources: PolicyResource[], report: ReportViolation): void {
  for (const { name, urn, connection, tlsVerification } of usedSystems(kind, resources)) {
    const isOff = connection === undefined ? tlsVerification === "off" : connection.insecure === true;
    if (!isOff) continue;
    report(`${kind.title} "${name}" should be verified with caCertificate or fingerprint256 instead of insecure.`, urn);
  }
}

/** The systems that resources name, each once for each connection; those whose connection is not known yet are left out. */
function usedSystems({ module, argument, configured }: ConnectedKind, resources: PolicyResource[]): UsedSystem[] {
  const used = new Map<string, UsedSystem>();
  for (const { type, props, provider } of resources) {
    const { [argument]: name, tlsVerification } = known(props);
    if (!tokenIn(type)?.startsWith(`${module}:`) || typeof name !== "string" || provider === undefined) continue;
    const connections = connectionsOf(provider.props, configured);
    if (connections === undefined) continue;
    const key = `${provider.urn} ${name}`;
    used.set(key, {
      name,
      urn: provider.urn,
      connection: connections[name],
      tlsVerification: tlsVerification ?? used.get(key)?.tlsVerification,
    });
  }
  return [...used.values()];
}

/** An explicit instance has its own connections, the default one those of the stack configuration, as JSON. */
function connectionsOf(
  props: Record<string, unknown>,
  configured: ConnectedKind["configured"],
): Record<string, Connection | undefined> | undefined {
  const { [configured]: given, [`ekm:${configured}`]: text } = known(props) as Record<string, unknown>;
  if (configured in props) return isObject(given) ? given : undefined;
  if (typeof text !== "string") return `ekm:${configured}` in props ? undefined : {};
  return parsed(text);
}

/** The provider's own check refuses what is no JSON. */
function parsed(text: string): Record<string, Connection> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, Connection> => typeof value === "object" && value !== null;
