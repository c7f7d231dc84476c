import { badge, type Tone, table } from "../../html/elements";
import { type Content, type Html, html } from "../../html/markup";
import { systemSection } from "../../html/section";
import { STATUS_TONES } from "../../html/time-line";
import type { InstanceReport } from "../../model";
import { day } from "../../time";
import { endInWords, onDeleteInWords } from "../../wording";
import type { AdapterFacts, ClientFacts, InstanceFacts, RootKeyFacts } from "../facts";
import { usersInWords, versionInWords } from "../wording";
import { instanceChain } from "./chain-graph";

/** All that is known of one instance; `id` is its own on the page. */
export const instanceSection = (instance: InstanceReport, _now: Date, id: string): Html =>
  systemSection(instance, `Key Protect instance ${instance.connection}`, id, {
    identity,
    parts: (facts) => parts(facts, instance.connection, id),
  });

const identity = ({ instanceID, kmip: { hostname, port } }: InstanceFacts): Html =>
  html`<div><dt>GUID</dt><dd><code>${instanceID}</code></dd></div>
<div><dt>KMIP</dt><dd>${hostname}:${port}</dd></div>`;

const parts = (facts: InstanceFacts, connection: string, id: string): Html =>
  html`<h3>What the root keys protect</h3>
${facts.rootKeys.length === 0 ? html`<p>The instance has no root key.</p>` : instanceChain(facts, connection, `${id}-chain`)}
${table("Root keys", ["Root key", "State", "Version in force", "Ends", "In a destroy"], facts.rootKeys.map(rootKeyRow))}
<h3>KMIP adapters</h3>
${
  facts.adapters.length === 0
    ? html`<p>The instance has no KMIP adapter.</p>`
    : table(
        "KMIP adapters",
        ["KMIP adapter", "Root key", "Keys", "Made", "In a destroy"],
        facts.adapters.map((adapter) => adapterRow(adapter, facts)),
      )
}
<h3>Clients</h3>
${clients(facts)}`;

const STATE_TONES: Readonly<Partial<Record<RootKeyFacts["state"], Tone>>> = { active: "good", suspended: "notice" };

const rootKeyRow = (key: RootKeyFacts): Content[] => [
  html`<strong>${key.name || "no name"}</strong><br><code>${key.id}</code>`,
  badge(STATE_TONES[key.state] ?? "bad", key.state),
  key.version === undefined ? "–" : html`${versionInWords(key)}<br><code>${key.version}</code>`,
  key.ends === undefined ? "never" : day(key.ends),
  onDeleteInWords(key),
];

const adapterRow = (adapter: AdapterFacts, { rootKeys }: InstanceFacts): Content[] => [
  html`<strong>${adapter.name}</strong><br><code>${adapter.id}</code>`,
  rootKeys.find(({ id }) => id === adapter.rootKey)?.name || adapter.rootKey,
  adapter.keys,
  day(adapter.created),
  onDeleteInWords(adapter),
];

function clients({ adapters }: InstanceFacts): Html {
  const rows = adapters.flatMap((adapter) => adapter.clients.map((client) => clientRow(client, adapter)));
  if (rows.length === 0) return html`<p>No client certificate is registered.</p>`;
  return table(
    "Clients",
    ["Registration", "KMIP adapter", "Certificate", "Validity", "Presented by", "In a destroy"],
    rows,
  );
}

const clientRow = (client: ClientFacts, adapter: AdapterFacts): Content[] => [
  html`<strong>${client.name}</strong>${client.superseded && html` ${badge("notice", "superseded")}`}`,
  adapter.name,
  client.certificate === undefined
    ? client.unreadable
    : html`${client.certificate.subject}<br><code>${client.certificate.fingerprint256}</code>`,
  client.certificate === undefined
    ? badge("bad", "not readable")
    : badge(STATUS_TONES[client.certificate.status], endInWords(client.certificate)),
  usersInWords(client),
  onDeleteInWords(client),
];
