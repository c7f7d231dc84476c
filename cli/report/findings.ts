import { insecureWarning } from "../../provider/element/identity";
import { PURPOSE_IN_WORDS } from "./certificate-facts";
import type { CertificateFacts, ClusterFacts, ClusterReport, DriftReport, Finding, ResourceReport } from "./model";
import { endInWords, keyProviderInWords, keyServerInWords, resourceInWords } from "./wording";

/** What somebody should look at, the worst first. */
export function findingsOf(clusters: readonly ClusterReport[], drift: DriftReport | undefined): Finding[] {
  const found = [
    ...clusters.flatMap((cluster) => clusterFindings(cluster).map((it) => ({ ...it, cluster: cluster.connection }))),
    ...(drift === undefined ? [NOT_COMPARED] : drift.resources.flatMap(resourceFindings)),
  ];
  return ORDER.flatMap((kind) => found.filter((finding) => finding.kind === kind));
}

const ORDER: readonly Finding["kind"][] = ["unread", "drift", "faults", "certificates", "notice"];

const NOT_COMPARED: Finding = {
  kind: "notice",
  text: 'Nothing was compared with the last "pulumi up": no state was given.',
};

function clusterFindings({ connection, tlsVerification, failure, facts }: ClusterReport): Finding[] {
  return [
    ...(failure === undefined ? [] : [{ kind: "unread", text: `The cluster could not be read: ${failure.message}` }]),
    ...(tlsVerification === "off" ? [{ kind: "notice", text: insecureWarning(connection) }] : []),
    ...(facts === undefined ? [] : factsFindings(facts)),
  ] as Finding[];
}

const factsFindings = (facts: ClusterFacts): Finding[] => [
  ...facts.faults.map(
    ({ code, severity, details }): Finding => ({
      kind: "faults",
      text: `Open fault ${code} (${severity}): ${details}`,
    }),
  ),
  ...facts.keyServers.flatMap((server): Finding[] => [
    ...(server.failure === undefined
      ? []
      : [{ kind: "faults", text: `The cluster cannot use ${keyServerInWords(server)}: ${server.failure}` } as const]),
    ...server.unreadable.map(
      (reason): Finding => ({
        kind: "certificates",
        text: `Of ${keyServerInWords(server)}, no certificate can be read: ${reason}`,
      }),
    ),
  ]),
  ...facts.certificates.flatMap(certificateFindings),
  ...rekeyFindings(facts),
  ...facts.keyProviders
    .filter(({ active, keyServers }) => active && keyServers.length === 0)
    .map(
      (provider): Finding => ({
        kind: "faults",
        text: `Active ${keyProviderInWords(provider)} has no key server: its keys cannot be fetched.`,
      }),
    ),
];

function certificateFindings(certificate: CertificateFacts): Finding[] {
  const { status, isForKeyPair, purpose, subject, keyServers } = certificate;
  const title = `The ${PURPOSE_IN_WORDS[purpose]} "${subject}" of key server ${keyServers.join(", ")}`;
  const found: Finding[] = [];
  if (status !== "valid") {
    found.push({
      kind: status === "endsSoon" ? "notice" : "certificates",
      text: `${title} ${endInWords(certificate)}.`,
    });
  }
  if (isForKeyPair === false) {
    found.push({ kind: "certificates", text: `${title} was not issued for the cluster's key pair.` });
  }
  return found;
}

function rekeyFindings({ softwareEncryption: { lastRekey } }: ClusterFacts): Finding[] {
  if (lastRekey?.state === "running") return [{ kind: "notice", text: "A rekey of the master key is running." }];
  if (lastRekey?.state !== "failed") return [];
  return [{ kind: "faults", text: `The last rekey failed, and the old master key is in force: ${lastRekey.error}` }];
}

function resourceFindings(resource: ResourceReport): Finding[] {
  const { verdict, cluster, differences, failure, plan } = resource;
  const title = resourceInWords(resource);
  switch (verdict) {
    case "same":
      return [];
    case "unread":
      return [{ kind: "unread", cluster, text: `${title} could not be compared: ${failure?.message}` }];
    case "missing":
      return [{ kind: "drift", cluster, text: `${title} is gone.` }];
    case "changed": {
      const properties = differences.map(({ property }) => property).join(", ");
      return [{ kind: "drift", cluster, text: `${title} was changed: ${properties}.` }];
    }
    case "due":
      return [{ kind: "notice", cluster, text: [`The next "pulumi up" will update ${title}.`, ...plan].join(" ") }];
  }
}
