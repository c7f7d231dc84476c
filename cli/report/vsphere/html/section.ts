import { badge, type Tone, table } from "../../html/elements";
import { type Content, type Html, html } from "../../html/markup";
import { systemSection } from "../../html/section";
import { STATUS_TONES } from "../../html/time-line";
import type { ReadCertificate, VcenterReport } from "../../model";
import { onDeleteInWords } from "../../wording";
import type { VcenterFacts, VcenterKeyProviderFacts, VcenterKeyServerFacts } from "../facts";
import { certificateInWords, healthInWords, kindInWords, trustInWords, useInWords } from "../wording";
import { vcenterChain } from "./chain-graph";

/** All that is known of one vCenter; `id` is its own on the page. */
export const vcenterSection = (vcenter: VcenterReport, _now: Date, id: string): Html =>
  systemSection(vcenter, `vCenter ${vcenter.connection}`, id, {
    identity: ({ vcenterUuid, version }) =>
      html`<div><dt>instanceUuid</dt><dd><code>${vcenterUuid}</code></dd></div>
<div><dt>vSphere</dt><dd>${version}</dd></div>`,
    parts: (facts) => parts(facts, vcenter.connection, id),
  });

function parts({ keyProviders }: VcenterFacts, connection: string, id: string): Html {
  if (keyProviders.length === 0) return html`<p>The vCenter has no key provider with key servers.</p>`;
  return html`<h3>Who has keys of which key server</h3>
${vcenterChain(keyProviders, connection, `${id}-chain`)}
${table(
  "Key providers",
  ["Key provider", "Health", "Client certificate", "Validity", "Users", "In a destroy"],
  keyProviders.map(keyProviderRow),
)}
<h3>Key servers</h3>
${table(
  "Key servers",
  ["Key server", "Key provider", "Health", "Certificate", "Validity"],
  keyProviders.flatMap((provider) => provider.servers.map((server) => keyServerRow(server, provider))),
)}`;
}

const HEALTH_TONES: Readonly<Record<VcenterKeyServerFacts["health"], Tone>> = {
  ...{ healthy: "good", degraded: "notice", unhealthy: "bad", unknown: "notice" },
};

const keyProviderRow = (provider: VcenterKeyProviderFacts): Content[] => [
  html`<strong>${provider.name}</strong><br>${kindInWords(provider)}${provider.primaryKeyID !== undefined && html`<br>primary key <code>${provider.primaryKeyID}</code>`}`,
  badge(provider.healthy ? "good" : HEALTH_TONES[provider.health], healthInWords(provider)),
  ...certificateCells(provider.clientCertificate),
  useInWords(provider),
  provider.kind === "trusted" ? onDeleteInWords(provider) : "refused while it is used",
];

const keyServerRow = (server: VcenterKeyServerFacts, { name }: VcenterKeyProviderFacts): Content[] => [
  html`<strong>${server.name}</strong><br>${server.hostname}:${server.port}`,
  name,
  html`${badge(HEALTH_TONES[server.health], trustInWords(server))}${server.details.map((text) => html`<br>${text}`)}`,
  ...certificateCells(server.certificate),
];

/** What a certificate is, and how long. */
const certificateCells = (told: ReadCertificate | undefined): [Content, Content] => {
  const words = certificateInWords(told);
  if (told?.certificate === undefined) return [told?.unreadable ?? "–", badge("bad", words)];
  const { subject, fingerprint256, status } = told.certificate;
  return [html`${subject}<br><code>${fingerprint256}</code>`, badge(STATUS_TONES[status], words)];
};
