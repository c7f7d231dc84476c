import { insecureWarning } from "../../provider/connections/identity";
import { clusterPlace } from "../../provider/systems/element/api/peer";
import { countOf } from "../count";
import { PURPOSE_IN_WORDS } from "./element/certificate-facts";
import type {
  CertificateFacts,
  ClusterFacts,
  ClusterReport,
  DriftReport,
  Finding,
  KeyServerFacts,
  ResourceReport,
} from "./model";
import { endInWords, keyProviderInWords, keyServerInWords, resourceInWords } from "./wording";

/** What somebody should look at, the worst first. */
export function findingsOf(clusters: readonly ClusterReport[], drift: DriftReport | undefined): Finding[] {
  const found = [
    ...clusters.flatMap((cluster) => clusterFindings(cluster).map((it) => ({ ...it, cluster: cluster.connection }))),
    ...(drift === undefined ? [NOT_COMPARED] : driftFindings(drift)),
  ];
  return ORDER.flatMap((kind) => found.filter((finding) => finding.kind === kind));
}

const ORDER: readonly Finding["kind"][] = ["unread", "drift", "faults", "certificates", "notice"];

const NOT_COMPARED: Finding = {
  kind: "notice",
  text: 'Nothing was compared with the last "pulumi up": no state was given.',
};

function driftFindings({ resources, leftOut }: DriftReport): Finding[] {
  const found = resources.flatMap(resourceFindings);
  if (leftOut === undefined) return found;
  const left = `${countOf(leftOut, "resource")} of other clusters ${leftOut === 1 ? "was" : "were"} not compared.`;
  return [...found, finding("notice", left)];
}

function clusterFindings({ connection, tlsVerification, failure, facts }: ClusterReport): Finding[] {
  const found = facts === undefined ? [] : factsFindings(facts);
  if (failure !== undefined) found.push(finding("unread", `The cluster could not be read: ${failure.message}`));
  if (tlsVerification === "off") found.push(finding("notice", insecureWarning(clusterPlace(connection))));
  return found;
}

const finding = (kind: Finding["kind"], text: string): Finding => ({ kind, text });

const factsFindings = (facts: ClusterFacts): Finding[] => [
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
