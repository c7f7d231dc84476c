import type { ClusterReport } from "../model";
import { accessInWords, ageInWords, holderInWords } from "../wording";
import type { ClusterFacts, SoftwareEncryptionFacts } from "./facts";

/** What matters most of a cluster. */
export function clusterLines(report: ClusterReport): string[] {
  const { connection, failure, facts } = report;
  const { place, tls } = accessInWords(report);
  if (facts === undefined) return [`Cluster "${connection}"${place}: not read (${failure?.code})`];
  const rows = Object.entries(rowsOf(facts)).map(([title, text]) => `  ${title.padEnd(20)} ${text}`);
  return [`Cluster "${facts.name}" (uniqueID ${facts.uniqueID})${place}${tls}`, ...rows];
}

function rowsOf({ softwareEncryption, hardwareEncryption, keyServers, certificates }: ClusterFacts) {
  const { state, key } = hardwareEncryption;
  const usable = keyServers.filter((server) => server.usable).length;
  return {
    "master key": masterKeyLine(softwareEncryption),
    "hardware encryption": key === undefined ? state : `${state}, key held by ${holderInWords(key.holder)}`,
    "key servers": keyServers.length === 0 ? "none" : `${usable} of ${keyServers.length} usable`,
    certificates: `${certificates.filter(({ status }) => status === "valid" || status === "endsSoon").length} of ${certificates.length} valid`,
  };
}

function masterKeyLine({ state, masterKey }: SoftwareEncryptionFacts): string {
  if (masterKey === undefined)
    return state === "untold" ? "not told before API 12.3" : "none: software encryption is disabled";
  return `${masterKey.keyID}, held by ${holderInWords(masterKey.holder)}, ${ageInWords(masterKey)}`;
}
