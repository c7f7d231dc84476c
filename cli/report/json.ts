import { printable } from "../printable";
import type { Report } from "./model";

/** A report as JSON that does to a terminal nothing but be shown: what would is escaped, which only texts have. */
export const reportJson = (report: Report): string =>
  `${JSON.stringify(report, null, 2).split("\n").map(printable).join("\n")}\n`;
