import type { PolicyResource } from "@pulumi/policy";
import { tokenIn } from "../provider/adapters/pulumi/resource-type";
import { known } from "./known";

/** What a policy wants to know of a cluster's connection. Its password is in there as well, and goes nowhere. */
interface Connection {
  insecure?: boolean;
}

/** A cluster as the resources of a program name it. */
export interface UsedCluster {
  name: string;
  /** The provider instance that connects to it. */
  urn: string;
  /** As the program or the stack configuration says; `undefined` where neither does, and the environment has to. */
  connection: Connection | undefined;
  /** `tlsVerification` of the resource that was recorded last. */
  tlsVerification: string | undefined;
}

/** The clusters that resources name, each once for each connection; those whose connection is not known yet are left out. */
export function usedClusters(resources: PolicyResource[]): UsedCluster[] {
  const used = new Map<string, UsedCluster>();
  for (const { type, props, provider } of resources) {
    const { cluster: name, tlsVerification } = known(props);
    if (!tokenIn(type)?.startsWith("element:") || typeof name !== "string" || provider === undefined) continue;
    const connections = connectionsOf(provider.props);
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
function connectionsOf(props: Record<string, unknown>): Record<string, Connection | undefined> | undefined {
  const { clusters, "ekm:clusters": configured } = known(props) as Record<string, unknown>;
  if ("clusters" in props) return isObject(clusters) ? clusters : undefined;
  if (typeof configured !== "string") return "ekm:clusters" in props ? undefined : {};
  return parsed(configured);
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
