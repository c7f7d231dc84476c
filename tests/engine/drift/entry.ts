import type { CommandResult } from "../harness";
import { withoutAccidents } from "./accidents";
import { blocksIn } from "./display";
import type { DriftSite } from "./drift-site";
import { errorsIn } from "./observation";
import type { Entry } from "./page";
import type { Row } from "./row";
import type { Printed } from "./run-row";

/** Longest line that is printed in one piece. */
const WIDTH = 116;

/** What a row has to tell: its words, and what its preview and its run have printed. */
export function entryOf<S extends DriftSite>(
  row: Row<S>,
  { preview, run }: Printed,
  known: Record<string, string>,
): Entry {
  const { change, because } = row;
  const printed = [...differencesIn(preview), ...remarksIn(preview), ...(run === undefined ? [] : refusalsIn(run))];
  return {
    change,
    because,
    seen: seenIn(row),
    decision: decisionIn(row),
    printed: printed.length === 0 ? [] : withoutAccidents(printed.join("\n"), known).split("\n").flatMap(wrapped),
  };
}

function decisionIn<S extends DriftSite>({ up }: Row<S>): string {
  switch (up.decision) {
    case "restored":
      return `restores it: ${listed(up.writes)}`;
    case "accepted":
      return up.writes.length === 0 ? "accepts it" : `accepts it: ${listed(up.writes)}`;
    case "refused":
      return `refuses: \`${up.code}\``;
    case "failed":
      return "fails as well, and leaves state as it was";
    case "unchanged":
      return "nothing";
  }
}

const listed = (names: string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** A refresh shows all properties of what is gone; that it is created anew tells the same. */
const differencesIn = ({ stdout, findings }: CommandResult): string[] =>
  blocksIn(stdout)
    .filter(({ op, name }) => op !== "refresh" || !findings.some((finding) => finding.gone && finding.name === name))
    .sort((a, b) => Number(b.op === "refresh") - Number(a.op === "refresh") || a.name.localeCompare(b.name))
    .flatMap(({ mark, type, name, op, lines }) => [
      `${mark} ${type} ${name}: (${op})`,
      ...lines.map((line) => `    ${line}`),
    ]);

/** What lifecycles say of the plan, beside the differences. The engine prints it in any order. */
const remarksIn = ({ diagnostics }: CommandResult): string[] =>
  [
    ...new Set(
      diagnostics
        .filter(({ ephemeral, severity }) => !ephemeral && (severity === "info" || severity === "warning"))
        .map(({ severity, message }) => `${severity}: ${message.trim()}`),
    ),
  ].sort();

const refusalsIn = (run: CommandResult): string[] =>
  errorsIn(run)
    .sort()
    .map((message) => `error: ${message}`);

function seenIn<S extends DriftSite>({ found = {}, planned = {}, up }: Row<S>): string {
  if (up.decision === "unchanged") return "no difference";
  if (up.decision === "failed") return `the error \`${up.code}\``;
  const followers = Object.keys(planned).filter((name) => !(name in found));
  return [
    ...Object.entries(found).map(([name, properties]) =>
      properties === "gone" ? `\`${name}\` is gone` : `\`${name}\`: ${listed(properties)}`,
    ),
    ...(followers.length === 0 ? [] : [`and what follows from it: ${listed(followers)}`]),
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
