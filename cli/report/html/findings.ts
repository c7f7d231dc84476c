import type { FindingKind, Report } from "../model";
import { systemIn } from "../wording";
import { badge, type Tone } from "./elements";
import { type Html, html } from "./markup";

const TONES: Readonly<Record<FindingKind, [Tone, string]>> = {
  unread: ["bad", "not read"],
  drift: ["bad", "drift"],
  faults: ["bad", "fault"],
  certificates: ["bad", "certificate"],
  notice: ["notice", "notice"],
};

export const findingsSection = ({ findings, drift }: Pick<Report, "findings" | "drift">): Html =>
  html`<section aria-labelledby="findings"><h2 id="findings">What to look at</h2>
${
  findings.length === 0
    ? (drift?.resources ?? []).length === 0
      ? html`<p>${badge("notice", "not compared")} Nothing that was read is out of order; there was no resource to compare.</p>`
      : html`<p>${badge("good", "nothing")} Everything was read, and nothing is out of order.</p>`
    : html`<ul class="findings">${findings.map(({ kind, text, ...names }) => {
        const [tone, word] = TONES[kind];
        const system = systemIn(names);
        return html`<li>${badge(tone, word)}<div>${system === undefined ? "" : html`<strong>${system}</strong>: `}${text}</div></li>\n`;
      })}</ul>`
}
</section>`;
