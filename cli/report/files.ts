import { writeFileSync } from "node:fs";
import { ExplainedError } from "../../provider/core/errors";
import { printable } from "../printable";
import { reportPage } from "./html/page";
import type { Report } from "./model";

/** Files of a report, by the form in which it stands there. */
export interface ReportFiles {
  json?: string;
  html?: string;
}

export const DEFAULT_FILES = { json: "ekm-report.json", html: "ekm-report.html" };

/** @throws ReportFileError */
export function writeReport(report: Report, { json, html }: ReportFiles): void {
  write(json, () => reportJson(report));
  write(html, () => reportPage(report));
}

/** A report as JSON that does to a terminal nothing but be shown: what would is escaped, which only texts have. */
export const reportJson = (report: Report): string =>
  `${JSON.stringify(report, null, 2)
    .split("\n")
    .map((line) => printable(line))
    .join("\n")}\n`;

/** The report cannot be written. */
class ReportFileError extends ExplainedError {
  readonly code = "EKM_REPORT_FILE";
}

function write(file: string | undefined, content: () => string): void {
  if (file === undefined) return;
  const text = content();
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ReportFileError({
      attempt: `writing the report to ${file}`,
      reason: (error as Error).message,
      wayOut: "give another file with --json or --html",
    });
  }
}
