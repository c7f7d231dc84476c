import type { SystemReport } from "../model";
import { TLS_IN_WORDS } from "../wording";
import { badge } from "./elements";
import { type Content, type Html, html } from "./markup";

/** What of a system's part is its own. */
export interface SectionParts<Facts> {
  /** Rows at the head, before those about the way there. */
  head?: Content;
  /** Rows at the head about a system that was read. */
  identity(facts: Facts): Html;
  parts(facts: Facts): Html;
}

/** The part of a page about one system, that was read or was not. */
export function systemSection<Facts>(
  { endpoint, tlsVerification, failure, facts }: SystemReport<Facts>,
  title: string,
  id: string,
  { head = "", identity, parts }: SectionParts<Facts>,
): Html {
  return html`<section class="cluster" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<dl>
${head}${endpoint === undefined ? "" : html`<div><dt>Endpoint</dt><dd>${endpoint}</dd></div>`}
${tlsVerification === undefined ? "" : html`<div><dt>TLS</dt><dd>${badge(tlsVerification === "off" ? "bad" : "good", TLS_IN_WORDS[tlsVerification])}</dd></div>`}
${facts === undefined ? "" : identity(facts)}
</dl>
${facts === undefined ? html`<p>${badge("bad", "not read")} ${failure?.message}</p>` : parts(facts)}
</section>`;
}
