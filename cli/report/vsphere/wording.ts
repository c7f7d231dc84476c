import { serverInWords } from "../../../provider/systems/vsphere/observed/servers";
import { countOf } from "../../count";
import type { ReadCertificate } from "../certificate-life";
import { endInWords } from "../wording";
import type { VcenterKeyProviderFacts, VcenterKeyServerFacts } from "./facts";

export const keyProviderInWords = ({ name }: Pick<VcenterKeyProviderFacts, "name">): string => `key provider "${name}"`;

export const keyServerInWords = (server: VcenterKeyServerFacts): string => `key server ${serverInWords(server)}`;

/** Whose provider it is, and what takes its keys from it where nothing else is said. */
export function kindInWords({ kind, trustAuthorityCluster, defaultOf }: VcenterKeyProviderFacts): string {
  const defaults = [...(defaultOf.vcenter ? ["the vCenter"] : []), ...defaultOf.entities].join(" and ");
  const whose = trustAuthorityCluster === undefined ? kind : `${kind}, of ${trustAuthorityCluster}`;
  return defaults === "" ? whose : `${whose}, default of ${defaults}`;
}

/** How many servers are healthy. */
export function healthInWords({ health, servers }: VcenterKeyProviderFacts): string {
  const healthy = servers.filter((server) => server.health === "healthy").length;
  return `${health}, ${healthy} of ${countOf(servers.length, "key server")} healthy`;
}

export const keysInWords = ({ use }: VcenterKeyProviderFacts): string => countOf(use?.keys ?? 0, "key");

/** Who has keys of a provider; `undefined` where that is nobody, as far as is known. */
export function usersInWords({ use }: VcenterKeyProviderFacts): string | undefined {
  if (use === undefined) return undefined;
  const { virtualMachines, hosts, others } = use;
  const users = [
    ...(virtualMachines > 0 ? [countOf(virtualMachines, "virtual machine")] : []),
    ...(hosts > 0 ? [countOf(hosts, "host")] : []),
    ...others,
  ];
  return users.length === 0 ? undefined : users.join(" and ");
}

/** The same as a sentence about the provider has it. */
export const useInWords = (provider: VcenterKeyProviderFacts): string =>
  provider.use === undefined
    ? "who uses it is on other vCenters"
    : `used by ${usersInWords(provider) ?? "nobody"} (${keysInWords(provider)})`;

/** What becomes of a certificate that may be none. */
export function certificateInWords(told: ReadCertificate | undefined): string {
  if (told === undefined) return "none";
  return told.certificate === undefined ? "cannot be read" : endInWords(told.certificate);
}

/** How vCenter and a server get on. */
export function trustInWords({ health, serverTrusted, clientTrusted, pinned }: VcenterKeyServerFacts): string {
  return [
    health,
    ...(serverTrusted === false ? ["not trusted by vCenter"] : []),
    ...(clientTrusted === false ? ["does not let vCenter in"] : []),
    ...(pinned === false ? ["not pinned"] : []),
  ].join(", ");
}
