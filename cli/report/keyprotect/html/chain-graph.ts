import { capitalised } from "../../../../provider/core/errors";
import { countOf } from "../../../count";
import { type ChainGraph, type ChainNode, chain } from "../../html/chain";
import type { Html } from "../../html/markup";
import { endInWords } from "../../wording";
import type { AdapterFacts, ClientFacts, InstanceFacts, RootKeyFacts } from "../facts";
import { adapterInWords, rootKeyInWords, usersInWords } from "../wording";

/** The chain from the root keys to the data of the systems that have their keys under them, drawn. */
export const instanceChain = (facts: InstanceFacts, connection: string, id: string): Html =>
  chain(chainGraph(facts), id, `What the root keys of ${connection} protect`, chainInWords(facts));

/** What the drawing shows, for whoever does not see it. */
const chainInWords = ({ rootKeys, adapters }: InstanceFacts): string =>
  adapters
    .map((adapter) => {
      const key = rootKeys.find(({ id }) => id === adapter.rootKey);
      const clients = adapter.clients.map((client) => `"${client.name}" (${usersInWords(client)})`).join(" and ");
      const wrapped = key === undefined ? "a key" : `the ${rootKeyInWords(key)}`;
      return `The keys of ${adapterInWords(adapter)} are wrapped by ${wrapped}; its clients are ${clients || "none"}.`;
    })
    .join(" ");

const RANKS = ["Root key (CRK)", "KMIP adapter (KEK)", "Client certificate", "What is protected (DEK)"];

type Part = Omit<ChainGraph, "ranks">;

function chainGraph({ rootKeys, adapters }: InstanceFacts): ChainGraph {
  const parts = adapters.flatMap((adapter) => [
    adapterPart(adapter),
    ...adapter.clients.map((it) => clientPart(it, adapter)),
  ]);
  return {
    ranks: RANKS,
    nodes: [...rootKeys.map(rootKeyNode), ...parts.flatMap(({ nodes }) => nodes)],
    edges: parts.flatMap(({ edges }) => edges),
  };
}

function rootKeyNode({ id, name, state, ageDays }: RootKeyFacts): ChainNode {
  const age = ageDays === undefined ? state : `${state} · ${countOf(ageDays, "day")} old`;
  return { id, rank: 0, title: "Root key", lines: [name || id, age], tone: state === "active" ? "good" : "bad" };
}

const adapterPart = ({ id, name, rootKey, keys }: AdapterFacts): Part => ({
  nodes: [
    { id, rank: 1, title: "KMIP adapter", lines: [name, countOf(keys, "key")], tone: keys > 0 ? "good" : "plain" },
  ],
  edges: [{ from: rootKey, to: id }],
});

function clientPart(client: ClientFacts, { id: adapter }: AdapterFacts): Part {
  const { id, name, certificate, superseded, users } = client;
  const [user] = users;
  const end = certificate === undefined ? "cannot be read" : endInWords(certificate);
  const own: ChainNode = {
    ...{ id, rank: 2, title: user === undefined ? "Client" : capitalised(user.system) },
    lines: [user?.client ?? name, superseded ? "superseded" : end],
    tone: certificate?.status === "valid" && !superseded ? "good" : "notice",
  };
  const keys = users.flatMap((each) => each.keys);
  const data = keys.map(
    ({ title, protects, keyID }, index): ChainNode => ({
      ...{ id: `${id}-${index}`, rank: 3, title: capitalised(protects.replace(/^the /, "")), tone: "good" },
      lines: keyID === undefined ? [title] : [title, keyID],
    }),
  );
  return {
    nodes: [own, ...data],
    edges: [{ from: adapter, to: id }, ...data.map((node) => ({ from: id, to: node.id }))],
  };
}
