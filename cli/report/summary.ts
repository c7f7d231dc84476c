import { withoutControlCharacters } from "../../provider/core/display";
import type { ClusterFacts, ClusterReport, Finding, Report, SoftwareEncryptionFacts } from "./model";
import { ageInWords, comparedInWords, holderInWords, TLS_IN_WORDS } from "./wording";

/** A report on a terminal: what matters most of each cluster, all that is found, and where the rest is. */
export function summaryOf(report: Report, files: readonly string[]): string {
  const { clusters, drift, findings } = report;
  const compared = drift && [`Stack "${drift.stack}" of project "${drift.project}": ${comparedInWords(drift)}`, ""];
  const paragraphs = [
    ...clusters.flatMap((cluster) => [...clusterLines(cluster), ""]),
    ...(compared ?? []),
    ...(findings.length === 0 ? [] : ["Look at:", ...findings.map((finding) => `  - ${findingLine(finding)}`), ""]),
    `Written: ${files.join(", ")}`,
    "",
  ];
  return paragraphs.map(withoutControlCharacters).join("\n");
}

function clusterLines({ connection, endpoint, tlsVerification, failure, facts }: ClusterReport): string[] {
  const place = endpoint === undefined ? "" : ` at ${endpoint}`;
  if (facts === undefined) return [`Cluster "${connection}"${place}: not read (${failure?.code})`];
  const tls = tlsVerification === undefined ? "" : `, TLS ${TLS_IN_WORDS[tlsVerification]}`;
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

const findingLine = ({ kind, cluster, text }: Finding): string =>
  `${kind === "notice" ? "" : `${kind.toUpperCase()} `}${cluster === undefined ? "" : `[${cluster}] `}${text}`;
