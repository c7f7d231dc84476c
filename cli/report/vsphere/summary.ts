import type { VcenterReport } from "../model";
import { accessInWords, onDeleteInWords } from "../wording";
import type { VcenterKeyProviderFacts, VcenterKeyServerFacts } from "./facts";
import {
  certificateInWords,
  healthInWords,
  keyProviderInWords,
  keyServerInWords,
  kindInWords,
  trustInWords,
  useInWords,
} from "./wording";

/** Where a vCenter has its keys from, and who uses them. */
export function vcenterLines(report: VcenterReport): string[] {
  const { connection, failure, facts } = report;
  const { place, tls } = accessInWords(report);
  if (facts === undefined) return [`vCenter "${connection}"${place}: not read (${failure?.code})`];
  return [
    `vCenter "${connection}" (instanceUuid ${facts.vcenterUuid})${place}${tls}`,
    ...facts.keyProviders.flatMap(keyProviderLines),
  ];
}

const keyProviderLines = (provider: VcenterKeyProviderFacts): string[] => [
  `  ${keyProviderInWords(provider)} (${kindInWords(provider)}): ${healthInWords(provider)}, ${useInWords(provider)}${provider.kind === "trusted" ? `, ${onDeleteInWords(provider)}` : ""}`,
  ...provider.servers.map(keyServerLine),
  `    client certificate ${subjectOf(provider)}: ${certificateInWords(provider.clientCertificate)}`,
];

const keyServerLine = (server: VcenterKeyServerFacts): string =>
  `    ${keyServerInWords(server)}: ${trustInWords(server)}; certificate: ${certificateInWords(server.certificate)}`;

const subjectOf = ({ clientCertificate }: VcenterKeyProviderFacts): string =>
  `"${clientCertificate?.certificate?.subject ?? ""}"`;
