import { nameIn } from "../../../provider/adapters/pulumi/resource-type";
import type { Difference, DriftReport, ResourceReport, Verdict } from "../model";
import { minute } from "../time";
import { comparedInWords, systemIn } from "../wording";
import { badge, type Tone, table } from "./elements";
import { type Content, type Html, html } from "./markup";

/** What was changed since the last `up`. */
export const driftSection = (drift: DriftReport | undefined): Html =>
  html`<section aria-labelledby="drift"><h2 id="drift">Drift since the last <code>pulumi up</code></h2>
${drift === undefined ? NOT_COMPARED : compared(drift)}
</section>`;

const NOT_COMPARED = html`<p>${badge("notice", "not compared")} No state was given to compare with: whether somebody changed something by hand is not known from this report.</p>`;

const compared = (drift: DriftReport): Html => {
  const { project, stack, recorded, resources } = drift;
  const isWhole = resources.length > 0 && resources.every(({ verdict }) => verdict !== "unread");
  return html`<p>Compared with stack <strong>${stack}</strong> of project <strong>${project}</strong>${recorded === undefined ? "" : html`, as it was recorded ${minute(recorded)}`}: ${isWhole ? "" : html`${badge("bad", "not whole")} `}${comparedInWords(drift)}.</p>
${resources.length === 0 ? html`<p>It has no resource of this kind.</p>` : table("Resources", ["Resource", "System", "Verdict", "What differs", "What the next up would do"], resources.map(row))}`;
};

const row = ({ type, name, cluster, instance, verdict, differences, plan, failure }: ResourceReport): Content[] => {
  const [tone, word] = VERDICTS[verdict];
  return [
    html`<strong>${name}</strong><br><code>${nameIn(type)}</code>`,
    systemIn({ cluster, instance }) ?? "–",
    badge(tone, word),
    failure === undefined ? list(differences.map(differenceInWords)) : failure.message,
    list(plan),
  ];
};

const VERDICTS: Readonly<Record<Verdict, [Tone, string]>> = {
  same: ["good", "unchanged"],
  changed: ["bad", "changed"],
  missing: ["bad", "missing"],
  due: ["notice", "update due"],
  unread: ["bad", "not compared"],
};

const list = (items: readonly Content[]): Content =>
  items.length === 0 ? "–" : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;

const differenceInWords = ({ property, secret, recorded, observed }: Difference): Html =>
  html`<strong>${property}</strong>: ${secret ? "differs (its values are secrets)" : html`<del>${valueInWords(recorded)}</del> → <ins>${valueInWords(observed)}</ins>`}`;

const valueInWords = (value: unknown): string => (value === undefined ? "none" : JSON.stringify(value));
