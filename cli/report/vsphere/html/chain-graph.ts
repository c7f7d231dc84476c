import { type ChainGraph, type ChainNode, chain } from "../../html/chain";
import type { Tone } from "../../html/elements";
import type { Html } from "../../html/markup";
import type { VcenterKeyProviderFacts, VcenterKeyServerFacts } from "../facts";
import { certificateInWords, keyProviderInWords, keysInWords, trustInWords, usersInWords } from "../wording";

/** The chain from the key servers over the key providers to whoever has keys of them, drawn. */
export const vcenterChain = (providers: readonly VcenterKeyProviderFacts[], connection: string, id: string): Html =>
  chain(chainGraph(providers), id, `Where vCenter ${connection} has its keys from`, chainInWords(providers));

/** What the drawing shows, for whoever does not see it. */
const chainInWords = (providers: readonly VcenterKeyProviderFacts[]): string =>
  providers
    .map((provider) => {
      const servers = provider.servers.map(({ name, health }) => `"${name}" (${health})`).join(" and ");
      return `The ${keyProviderInWords(provider)} has its keys from ${servers}; ${protectedBy(provider)}.`;
    })
    .join(" ");

const protectedBy = (provider: VcenterKeyProviderFacts): string =>
  provider.kind === "trusted"
    ? "who uses it is on other vCenters"
    : `they encrypt ${usersInWords(provider) ?? "nothing"}`;

const RANKS = ["Key server", "Key provider", "What is encrypted"];

type Part = Omit<ChainGraph, "ranks">;

function chainGraph(providers: readonly VcenterKeyProviderFacts[]): ChainGraph {
  const parts = providers.map(providerPart);
  return {
    ranks: RANKS,
    nodes: parts.flatMap(({ nodes }) => nodes),
    edges: parts.flatMap(({ edges }) => edges),
  };
}

function providerPart(provider: VcenterKeyProviderFacts, index: number): Part {
  const own: ChainNode = {
    ...{ id: `${index}`, rank: 1, title: provider.name, tone: provider.healthy ? "good" : "bad" },
    lines: [provider.kind, `certificate ${certificateInWords(provider.clientCertificate)}`],
  };
  const servers = provider.servers.map((server, number): ChainNode => serverNode(server, `${index}-${number}`));
  const users = usersInWords(provider);
  const data: ChainNode[] =
    users === undefined
      ? []
      : [{ id: `${index}-users`, rank: 2, title: users, lines: [keysInWords(provider)], tone: own.tone }];
  return {
    nodes: [...servers, own, ...data],
    edges: [
      ...servers.map(({ id }) => ({ from: id, to: own.id })),
      ...data.map(({ id }) => ({ from: own.id, to: id })),
    ],
  };
}

const TONES: Readonly<Record<VcenterKeyServerFacts["health"], Tone>> = {
  ...{ healthy: "good", degraded: "notice", unhealthy: "bad", unknown: "plain" },
};

const serverNode = (server: VcenterKeyServerFacts, id: string): ChainNode => ({
  ...{ id, rank: 0, title: server.name, tone: TONES[server.health] },
  lines: [`${server.hostname}:${server.port}`, trustInWords(server)],
});
