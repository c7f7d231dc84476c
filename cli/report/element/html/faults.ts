import { badge, table } from "../../html/elements";
import { type Html, html } from "../../html/markup";
import { minute } from "../../time";
import type { FaultFacts } from "../facts";

export const faultsTable = (faults: readonly FaultFacts[]): Html =>
  faults.length === 0
    ? html`<p>${badge("good", "none")} The cluster has no open fault.</p>`
    : table(
        "Open faults",
        ["Code", "Severity", "Found", "Details"],
        faults.map(({ code, severity, found, details }) => [
          html`<code>${code}</code>`,
          badge(severity === "critical" || severity === "error" ? "bad" : "notice", severity),
          found === undefined ? "–" : minute(found),
          details,
        ]),
      );
