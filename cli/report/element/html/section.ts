import { badge } from "../../html/elements";
import { type Html, html } from "../../html/markup";
import type { ClusterReport } from "../../model";
import { TLS_IN_WORDS } from "../../wording";
import type { ClusterFacts } from "../facts";
import { certificatesPart } from "./certificates";
import { clusterChain } from "./chain-graph";
import { faultsTable } from "./faults";
import { keyServersTable } from "./key-servers";
import { keysTable } from "./keys";

/** All that is known of one cluster; `id` is its own on the page. */
export function clusterSection(cluster: ClusterReport, now: Date, id: string): Html {
  const { connection, endpoint, tlsVerification, failure, facts } = cluster;
  return html`<section class="cluster" aria-labelledby="${id}"><h2 id="${id}">Cluster ${facts?.name ?? connection}</h2>
<dl>
<div><dt>Connection</dt><dd>${connection}</dd></div>
${endpoint === undefined ? "" : html`<div><dt>Endpoint</dt><dd>${endpoint}</dd></div>`}
${tlsVerification === undefined ? "" : html`<div><dt>TLS</dt><dd>${badge(tlsVerification === "off" ? "bad" : "good", TLS_IN_WORDS[tlsVerification])}</dd></div>`}
${facts === undefined ? "" : identity(facts)}
</dl>
${facts === undefined ? html`<p>${badge("bad", "not read")} ${failure?.message}</p>` : parts(facts, now, id)}
</section>`;
}

const identity = ({ uniqueID, clusterVersion, apiVersion }: ClusterFacts): Html =>
  html`<div><dt>Identity</dt><dd><code>${uniqueID}</code></dd></div>
<div><dt>Element</dt><dd>${clusterVersion}, API ${apiVersion}</dd></div>`;

const parts = (facts: ClusterFacts, now: Date, id: string): Html =>
  html`<h3>Who holds the keys</h3>
${clusterChain(facts, `${id}-chain`)}
${keysTable(facts)}
<h3>Key servers</h3>
${keyServersTable(facts)}
<h3>Certificates</h3>
${certificatesPart(facts, now, `${id}-time-line`)}
<h3>Open faults</h3>
${faultsTable(facts.faults)}`;
