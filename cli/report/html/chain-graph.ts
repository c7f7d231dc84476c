import type { ClusterFacts, HolderFacts, KeyFacts } from "../model";
import type { Tone } from "./elements";

/** What is drawn of who holds the keys: from what they protect, over the keys and their holders, to the key servers. */
export interface ChainGraph {
  nodes: ChainNode[];
  edges: { from: string; to: string }[];
}

export interface ChainNode {
  id: string;
  rank: Rank;
  title: string;
  /** Two at most. */
  lines: string[];
  tone: Tone;
}

export const RANKS = ["What is protected", "Its key", "Who holds the key", "Where the key is"] as const;
export type Rank = 0 | 1 | 2 | 3;

const INTERNAL = "internal";

export function chainGraph(facts: ClusterFacts): ChainGraph {
  const { softwareEncryption, hardwareEncryption } = facts;
  return joined([
    keyBranch("software", SOFTWARE, softwareEncryption.masterKey, "Master key", softwareEncryption.state),
    keyBranch("hardware", HARDWARE, hardwareEncryption.key, "Key of the drives", hardwareEncryption.state),
    holders(facts),
    keyServers(facts),
  ]);
}

const SOFTWARE = ["Data encryption keys", "of all volumes"] as const;
const HARDWARE = ["Encrypting drives", "hardware encryption"] as const;

const joined = (parts: ChainGraph[]): ChainGraph => ({
  nodes: parts.flatMap(({ nodes }) => nodes),
  edges: parts.flatMap(({ edges }) => edges),
});

function keyBranch(
  id: string,
  [title, line]: readonly [string, string],
  key: KeyFacts | undefined,
  keyTitle: string,
  state: string,
): ChainGraph {
  const isOn = key !== undefined;
  const protectedData: ChainNode = { id, rank: 0, title, lines: [line, state], tone: isOn ? "good" : "plain" };
  if (!isOn) return { nodes: [protectedData], edges: [] };
  const age = key.ageDays === undefined ? "of unknown age" : `${key.ageDays} days old`;
  const keyNode: ChainNode = {
    ...{ id: `${id}-key`, rank: 1, title: keyTitle, tone: "good" },
    lines: [key.keyID === undefined ? "id not told" : key.keyID.slice(0, KEY_ID_START), age],
  };
  return {
    nodes: [protectedData, keyNode],
    edges: [
      { from: id, to: keyNode.id },
      { from: keyNode.id, to: holderNode(key.holder) },
    ],
  };
}

/** As much of a key's UUID as tells it from others. */
const KEY_ID_START = 13;

const holderNode = (holder: HolderFacts): string => (holder.kind === "internal" ? INTERNAL : providerNode(holder.id));
const providerNode = (id: number): string => `provider-${id}`;
const serverNode = (id: number): string => `server-${id}`;

function holders({ softwareEncryption, hardwareEncryption, keyProviders }: ClusterFacts): ChainGraph {
  const inUse = [softwareEncryption.masterKey, hardwareEncryption.key].flatMap((key) => (key ? [key.holder] : []));
  const nodes: ChainNode[] = [];
  if (inUse.some(({ kind }) => kind === "internal")) {
    nodes.push({
      ...{ id: INTERNAL, rank: 2, title: "Internal keys", tone: "notice" },
      lines: ["on the cluster itself", "no key server needed"],
    });
  }
  for (const { id, name, active } of keyProviders) {
    nodes.push({
      ...{ id: providerNode(id), rank: 2, title: `Key provider ${id}`, tone: active ? "good" : "plain" },
      lines: [name, active ? "active" : "not in use"],
    });
  }
  for (const holder of inUse) {
    if (holder.kind === "internal" || nodes.some(({ id }) => id === holderNode(holder))) continue;
    nodes.push({
      ...{ id: holderNode(holder), rank: 2, title: `Key provider ${holder.id}`, tone: "bad" },
      lines: ["not listed by the cluster"],
    });
  }
  return { nodes, edges: [] };
}

const keyServers = ({ keyServers, keyProviders }: ClusterFacts): ChainGraph => ({
  nodes: keyServers.map(
    ({ id, name, hostnames, port, usable }): ChainNode => ({
      ...{ id: serverNode(id), rank: 3, title: `Key server ${id}`, tone: usable ? "good" : "bad" },
      lines: [`${hostnames.join(", ")}:${port}`, `${usable ? "usable" : "not usable"} · ${name}`],
    }),
  ),
  edges: keyServers.flatMap(({ id, keyProvider }) =>
    keyProviders.some((provider) => provider.id === keyProvider)
      ? [{ from: providerNode(Number(keyProvider)), to: serverNode(id) }]
      : [],
  ),
});
