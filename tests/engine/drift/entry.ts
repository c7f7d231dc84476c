import type { CommandResult } from "../harness";
import { withoutAccidents } from "./accidents";
import { blocksIn } from "./display";
import { errorsIn } from "./observation";
import type { Entry } from "./page";
import type { Row } from "./row";

/** Longest line that is printed in one piece. */
const WIDTH = 116;

/** What a row has to tell: its words, and what its preview and its run have printed. */
export function entryOf(
  row: Row,
  { preview, run, known }: { preview: CommandResult; run: CommandResult; known: Record<string, string> },
): Entry {
  const { change, because, up } = row;
  const errors = up.decision === "refused" ? errorsIn(run).map((message) => `error: ${message}`) : [];
  const printed = [...differencesIn(preview), ...warningsIn(preview), ...errors];
  return {
    change,
    because,
    seen: seenIn(row),
    decision: {
      restored: () => `restores it: ${callsIn(up)}`,
      accepted: () => `accepts it${callsIn(up) === "" ? "" : `: ${callsIn(up)}`}`,
      refused: () => `refuses: ${"code" in up ? `\`${up.code}\`` : ""}`,
    }[up.decision](),
    printed: withoutAccidents(printed.join("\n"), known).split("\n").flatMap(wrapped),
  };
}

const callsIn = (up: Row["up"]): string =>
  "writes" in up ? up.writes.map((method) => `\`${method}\``).join(", ") : "";

/** A refresh shows all properties of what is gone; that it is created anew tells the same. */
const differencesIn = ({ stdout, findings }: CommandResult): string[] =>
  blocksIn(stdout)
    .filter(({ op, name }) => op !== "refresh" || !findings.some((finding) => finding.gone && finding.name === name))
    .sort((a, b) => Number(b.op === "refresh") - Number(a.op === "refresh") || a.name.localeCompare(b.name))
    .flatMap(({ mark, type, name, op, lines }) => [
      `${mark} ${type} ${name}: (${op})`,
      ...lines.map((line) => `    ${line}`),
    ]);

const warningsIn = ({ diagnostics }: CommandResult): string[] => [
  ...new Set(
    diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => `warning: ${message.trim()}`),
  ),
];

function seenIn({ found, planned }: Row): string {
  const followers = Object.keys(planned).filter((name) => !(name in found));
  return [
    ...Object.entries(found).map(([name, properties]) =>
      properties === "gone"
        ? `\`${name}\` is gone`
        : `\`${name}\`: ${properties.map((each) => `\`${each}\``).join(", ")}`,
    ),
    ...(followers.length === 0
      ? []
      : [`and what follows from it: ${followers.map((name) => `\`${name}\``).join(", ")}`]),
  ].join("; ");
}

/** A line in pieces that can be read without scrolling. */
function wrapped(line: string): string[] {
  const indentation = /^ */.exec(line)?.[0] ?? "";
  const lines = [""];
  for (const word of line.trim().split(" ")) {
    const last = lines.at(-1) ?? "";
    const joined = last === "" ? word : `${last} ${word}`;
    if (joined.length <= WIDTH - indentation.length) lines[lines.length - 1] = joined;
    else lines.push(`    ${word}`);
  }
  return lines.map((each) => indentation + each);
}
