import { MOMENTS, RECOVERIES } from "./cells";
import { INTERRUPTIONS } from "./interruptions";
import type { Verdict } from "./record";

type Aspect = "interruption" | "moment";

/** Points that passed of those tried, by operation and one aspect of the interruption, as a Markdown table. */
function tableOf(verdicts: Verdict[], aspect: Aspect, values: readonly string[]): string {
  const row = (title: string, own: Verdict[]) => [
    title,
    ...values.map((value) => share(own.filter((verdict) => verdict[aspect] === value))),
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

/** Both tables. */
export const tablesOf = (verdicts: Verdict[]): string =>
  `${tableOf(verdicts, "interruption", INTERRUPTIONS)}\n\n${tableOf(verdicts, "moment", MOMENTS)}`;

/** The page that is kept in the documentation. */
export function pageOf(verdicts: Verdict[], calls: Map<string, string[]>): string {
  const seconds = verdicts.reduce((sum, verdict) => sum + verdict.seconds, 0);
  const operations = [...calls].map(([operation, names]) => `- **${operation}**: ${names.join(", ")}`);
  return `# The kill matrix

Written by \`npm run chaos -- --page docs/kill-matrix.md\`. Every operation is interrupted at every call that it makes to the
cluster (of a poll at the first, one in the middle and the last), at three moments: before the call is sent, after the
cluster has acted and before it answers, and after the answer has arrived. Then it is finished as the README's
troubleshooting part tells, in turn by ${RECOVERIES.map((way) => `\`${way}\``).join(", ")}.

A point has passed when the cluster's and the key servers' own records are the same as after a run that nobody
interrupted (one key pair, one server, one provider, one attachment, the rekeys that were asked for, no key left over),
when the data-encryption key still unwraps, and when a further run has nothing to do.

${tablesOf(verdicts)}

${verdicts.length} points, ${Math.round(seconds / 60)} minutes of runs. The calls:

${operations.join("\n")}
`;
}
