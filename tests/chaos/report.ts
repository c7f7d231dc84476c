import { INTERRUPTIONS } from "./interruptions";
import type { Verdict } from "./record";

/** Points that passed of those tried, by operation and interruption, as a Markdown table. */
export function tableOf(verdicts: Verdict[]): string {
  const operations = [...new Set(verdicts.map(({ operation }) => operation))];
  const rows = operations.map((operation) => {
    const own = verdicts.filter((verdict) => verdict.operation === operation);
    const cells = INTERRUPTIONS.map((interruption) =>
      share(own.filter((verdict) => verdict.interruption === interruption)),
    );
    return [operation, ...cells, share(own)];
  });
  const total = [
    "all",
    ...INTERRUPTIONS.map((one) => share(verdicts.filter(({ interruption }) => interruption === one))),
  ];
  const lines = [
    ["operation", ...INTERRUPTIONS, "all"],
    ["---", ...INTERRUPTIONS.map(() => "---:"), "---:"],
    ...rows,
    [...total, share(verdicts)],
  ];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

const share = (verdicts: Verdict[]): string =>
  verdicts.length === 0 ? "" : `${verdicts.filter(({ passed }) => passed).length}/${verdicts.length}`;
