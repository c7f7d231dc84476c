import { type ChainGraph, type ChainNode, chain } from "../../html/chain";
import type { Html } from "../../html/markup";
import { ageInWords, holderInWords, keyProviderInWords, keyServerInWords } from "../../wording";
import type { ClusterFacts, HolderFacts, KeyFacts } from "../facts";

/** The chain from the data to the key servers, drawn. */
export const clusterChain = (facts: ClusterFacts, id: string): Html =>
  chain(chainGraph(facts), id, `Who holds the keys of ${facts.name}`, chainInWords(facts));

/** What the drawing shows, for whoever does not see it. */
function chainInWords({ softwareEncryption, hardwareEncryption, keyProviders, keyServers }: ClusterFacts): string {
  const { masterKey } = softwareEncryption;
  const { key } = hardwareEncryption;
  return [
    masterKey
      ? `The data encryption keys are wrapped by the master key, ${ageInWords(masterKey)}, which is held by ${holderInWords(masterKey.holder)}.`
      : `Software encryption is ${softwareEncryption.state}.`,
    key
      ? `The drives are unlocked by a key that is held by ${holderInWords(key.holder)}.`
      : `Hardware encryption is ${hardwareEncryption.state}.`,
    ...keyProviders.map((provider) => {
      const servers = keyServers.filter(({ keyProvider }) => keyProvider === provider.id).map(keyServerInWords);
      return `The keys of ${keyProviderInWords(provider)} are on ${servers.join(" and ") || "no key server"}.`;
    }),
  ].join(" ");
}

const INTERNAL = "internal";

type Part = Omit<ChainGraph, "ranks">;

const RANKS = ["What is protected", "Its key", "Who holds the key", "Where the key is"];

function chainGraph(facts: ClusterFacts): ChainGraph {
  const { softwareEncryption, hardwareEncryption } = facts;
  const parts = [
    keyBranch("software", SOFTWARE, softwareEncryption.masterKey, "Master key", softwareEncryption.state),
    keyBranch("hardware", HARDWARE, hardwareEncryption.key, "Key of the drives", hardwareEncryption.state),
    holders(facts),
    keyServers(facts),
  ];
  return {
    ranks: RANKS,
    nodes: parts.flatMap(({ nodes }) => nodes),
    edges: parts.flatMap(({ edges }) => edges),
  };
}

const SOFTWARE = ["Data encryption keys", "of all volumes"] as const;
const HARDWARE = ["Encrypting drives", "hardware encryption"] as const;

function keyBranch(
  id: string,
  [title, line]: readonly [string, string],
  key: KeyFacts | undefined,
  keyTitle: string,
  state: string,
): Part {
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

function holders({ softwareEncryption, hardwareEncryption, keyProviders }: ClusterFacts): Part {
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

const keyServers = ({ keyServers, keyProviders }: ClusterFacts): Part => ({
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
