import { badge, table } from "../../html/elements";
import { type Content, type Html, html } from "../../html/markup";
import { STATUS_TONES, timeLine } from "../../html/time-line";
import { day } from "../../time";
import { endInWords } from "../../wording";
import { PURPOSE_IN_WORDS } from "../certificate-facts";
import type { CertificateFacts, ClusterFacts } from "../facts";

export function certificatesPart({ certificates, keyPair }: ClusterFacts, now: Date, id: string): Html {
  const pair = keyPair
    ? html`<p>The cluster's key pair is for <strong>${keyPair.subject}</strong>; SHA-256 fingerprint of its public key: <code>${keyPair.publicKeyFingerprint}</code></p>`
    : html`<p>The cluster has no key pair.</p>`;
  if (certificates.length === 0) return html`${pair}<p>No key server has a certificate that can be read.</p>`;
  return html`${timeLine(certificates, now, id)}
${pair}
${table("Certificates", ["Subject", "Purpose", "Validity", "Key servers", "Issuer", "Serial number and SHA-256 fingerprint"], certificates.map(row))}`;
}

const row = (certificate: CertificateFacts): Content[] => [
  html`<strong>${certificate.subject || "no subject"}</strong>`,
  [
    PURPOSE_IN_WORDS[certificate.purpose],
    certificate.isForKeyPair === false && html` ${badge("bad", "not for the cluster's key pair")}`,
  ],
  [
    badge(STATUS_TONES[certificate.status], STATUS_IN_WORDS[certificate.status]),
    ` from ${day(certificate.notBefore)}; ${endInWords(certificate)}`,
  ],
  certificate.keyServers.join(", "),
  certificate.issuer,
  html`<code>${certificate.serialNumber}</code><br><code>${certificate.fingerprint256}</code>`,
];

const STATUS_IN_WORDS: Readonly<Record<CertificateFacts["status"], string>> = {
  valid: "valid",
  endsSoon: "ends soon",
  ended: "ended",
  notYetValid: "not yet valid",
};
