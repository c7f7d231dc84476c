import { countOf } from "../../count";
import type { InstanceReport } from "../model";
import { accessInWords, endInWords, onDeleteInWords } from "../wording";
import type { AdapterFacts, ClientFacts, InstanceFacts, RootKeyFacts } from "./facts";
import { adapterInWords, rootKeyInWords, usersInWords, versionInWords } from "./wording";

/** Who has keys in an instance, from the root keys down. */
export function instanceLines(report: InstanceReport): string[] {
  const { connection, failure, facts } = report;
  const { place, tls } = accessInWords(report);
  if (facts === undefined) return [`Instance "${connection}"${place}: not read (${failure?.code})`];
  return [
    `Instance "${connection}" (GUID ${facts.instanceID})${place}${tls}`,
    ...facts.rootKeys.flatMap((key) => rootKeyLines(key, facts)),
  ];
}

const rootKeyLines = (key: RootKeyFacts, { adapters }: InstanceFacts): string[] => [
  `  ${rootKeyInWords(key)}${key.state === "gone" ? "" : `: ${key.state}, ${versionInWords(key)}, ${onDeleteInWords(key)}`}`,
  ...adapters.filter(({ rootKey }) => rootKey === key.id).flatMap(adapterLines),
];

const adapterLines = (adapter: AdapterFacts): string[] => [
  `    ${adapterInWords(adapter)}: ${countOf(adapter.keys, "key")}, ${onDeleteInWords(adapter)}`,
  ...adapter.clients.map(clientLine),
];

function clientLine(client: ClientFacts): string {
  const { name, certificate, superseded } = client;
  const end = certificate === undefined ? "cannot be read" : endInWords(certificate);
  return `      client "${name}"${superseded ? " (superseded)" : ""}: ${end}; ${usersInWords(client)}`;
}
