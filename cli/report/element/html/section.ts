import { type Html, html } from "../../html/markup";
import { systemSection } from "../../html/section";
import type { ClusterReport } from "../../model";
import type { ClusterFacts } from "../facts";
import { certificatesPart } from "./certificates";
import { clusterChain } from "./chain-graph";
import { faultsTable } from "./faults";
import { keyServersTable } from "./key-servers";
import { keysTable } from "./keys";

/** All that is known of one cluster; `id` is its own on the page. */
export const clusterSection = (cluster: ClusterReport, now: Date, id: string): Html =>
  systemSection(cluster, `Cluster ${cluster.facts?.name ?? cluster.connection}`, id, {
    head: html`<div><dt>Connection</dt><dd>${cluster.connection}</dd></div>\n`,
    identity,
    parts: (facts) => parts(facts, now, id),
  });

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
