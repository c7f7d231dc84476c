import { finding } from "../finding";
import type { Finding } from "../model";
import { endInWords, keyProviderInWords, keyServerInWords } from "../wording";
import { PURPOSE_IN_WORDS } from "./certificate-facts";
import type { CertificateFacts, ClusterFacts, KeyServerFacts } from "./facts";

/** What somebody should look at on a cluster. */
export const clusterFindings = (facts: ClusterFacts): Finding[] => [
  ...facts.faults.map(({ code, severity, details }) =>
    finding("faults", `Open fault ${code} (${severity}): ${details}`),
  ),
  ...rekeyFindings(facts),
  ...facts.keyProviders
    .filter(({ active, keyServers }) => active && keyServers.length === 0)
    .map((it) => finding("faults", `Active ${keyProviderInWords(it)} has no key server: its keys cannot be fetched.`)),
  ...facts.keyServers.flatMap(keyServerFindings),
  ...facts.certificates.flatMap(certificateFindings),
];

function keyServerFindings(server: KeyServerFacts): Finding[] {
  const title = keyServerInWords(server);
  const found = server.unreadable.map((reason) =>
    finding("certificates", `Of ${title}, no certificate can be read: ${reason}`),
  );
  if (!server.usable) found.push(finding("faults", `The cluster cannot use ${title}: ${server.failure}`));
  return found;
}

function certificateFindings(certificate: CertificateFacts): Finding[] {
  const { status, isForKeyPair, purpose, subject, keyServers } = certificate;
  const title = `The ${PURPOSE_IN_WORDS[purpose]} "${subject}" of key server ${keyServers.join(", ")}`;
  const found: Finding[] = [];
  if (status !== "valid") {
    found.push(finding(status === "endsSoon" ? "notice" : "certificates", `${title} ${endInWords(certificate)}.`));
  }
  if (isForKeyPair === false) {
    found.push(finding("certificates", `${title} was not issued for the cluster's key pair.`));
  }
  return found;
}

function rekeyFindings({ softwareEncryption: { lastRekey } }: ClusterFacts): Finding[] {
  if (lastRekey?.state === "running") return [finding("notice", "A rekey of the master key is running.")];
  if (lastRekey?.state !== "failed") return [];
  return [finding("faults", `The last rekey failed, and the old master key is in force: ${lastRekey.error}`)];
}
