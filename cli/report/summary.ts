import { withoutControlCharacters } from "../../provider/core/display";
import type { Finding, Report } from "./model";
import { eachSystem } from "./systems";
import { comparedInWords, systemIn } from "./wording";

/** A report on a terminal: what matters most of each system, all that is found, and where the rest is. */
export function summaryOf(report: Report, files: readonly string[]): string {
  const { drift, findings } = report;
  const compared = drift && [`Stack "${drift.stack}" of project "${drift.project}": ${comparedInWords(drift)}`, ""];
  const paragraphs = [
    ...eachSystem(report, (reporter, each) => [...reporter.summary(each), ""]),
    ...(compared ?? []),
    ...(findings.length === 0 ? [] : ["Look at:", ...findings.map((finding) => `  - ${findingLine(finding)}`), ""]),
    `Written: ${files.join(", ")}`,
    "",
  ];
  return paragraphs.map(withoutControlCharacters).join("\n");
}

function findingLine({ kind, text, ...names }: Finding): string {
  const system = systemIn(names);
  return `${kind === "notice" ? "" : `${kind.toUpperCase()} `}${system === undefined ? "" : `[${system}] `}${text}`;
}
