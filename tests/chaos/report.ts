import { readFileSync } from "node:fs";
import type { Matrix } from "./matrix";
import type { Verdict } from "./record";

/** Points that passed of those tried, by operation and one facet, as a Markdown table. */
function tableOf(verdicts: Verdict[], facet: string, values: readonly string[]): string {
  const row = (title: string, own: Verdict[]) => [
    title,
    ...values.map((value) => share(own.filter(({ facets }) => facets[facet] === value))),
    share(own),
  ];
  const operations = [...new Set(verdicts.map(({ operation }) => operation))];
  const lines = [
    ["operation", ...values, "all"],
    ["---", ...values.map(() => "---:"), "---:"],
    ...operations.map((operation) =>
      row(
        operation,
        verdicts.filter((verdict) => verdict.operation === operation),
      ),
    ),
    row("all", verdicts),
  ];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

const share = (verdicts: Verdict[]): string =>
  verdicts.length === 0 ? "" : `${verdicts.filter(({ passed }) => passed).length}/${verdicts.length}`;

/** A table for each facet of a matrix. */
export const tablesOf = (verdicts: Verdict[], { facets }: Matrix): string =>
  Object.entries(facets)
    .map(([facet, values]) => tableOf(verdicts, facet, values))
    .join("\n\n");

/** The part of the page that a whole run of one matrix writes. */
function partOf(matrix: Matrix, verdicts: Verdict[], calls: ReadonlyMap<string, readonly string[]>): string {
  const seconds = verdicts.reduce((sum, verdict) => sum + verdict.seconds, 0);
  const operations = [...calls].map(([operation, names]) => `- **${operation}**: ${names.join(", ")}`);
  return `${matrix.words}

${tablesOf(verdicts, matrix)}

${verdicts.length} points, ${Math.round(seconds / 60)} minutes of runs. The calls:

${operations.join("\n")}`;
}

/** The page that is kept in the documentation, with one of its parts written anew. */
export function pageWith(
  file: string,
  matrix: Matrix,
  verdicts: Verdict[],
  calls: ReadonlyMap<string, readonly string[]>,
): string {
  const { part } = matrix;
  const [begin, end] = [`<!-- ${part} -->\n`, `\n<!-- end of ${part} -->`];
  const page = readFileSync(file, "utf8");
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < 0) throw new Error(`${file} has no part for "${part}"`);
  return `${page.slice(0, before + begin.length)}\n${partOf(matrix, verdicts, calls)}\n${page.slice(after)}`;
}
