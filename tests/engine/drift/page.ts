import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";

const PAGE = join(projectRoot, "docs/drift.md");

/** What one row has to tell. */
export interface Entry {
  change: string;
  because?: string;
  /** Resources and properties, in a few words. */
  seen: string;
  /** What the next run does, in a few words. */
  decision: string;
  /** What the commands have printed; nothing where there is no difference. */
  printed: string[];
}

/** A section of the page: a table of all entries, then what was printed for each of them. */
export const sectionOf = (entries: Entry[]): string =>
  [
    "| What happens | What the preview shows | What `pulumi up --refresh` does |",
    "| --- | --- | --- |",
    ...entries.map(({ change, seen, decision }) => `| ${change} | ${seen} | ${decision} |`),
    ...entries.flatMap(({ change, because, printed }) => [
      ...(because === undefined && printed.length === 0 ? [] : ["", titleOf(change, because)]),
      ...(printed.length === 0 ? [] : ["", "```text", ...printed, "```"]),
    ]),
  ].join("\n");

const titleOf = (change: string, because = ""): string =>
  `**${change.charAt(0).toUpperCase()}${change.slice(1)}.** ${because}`.trimEnd();

/** What the page has under a heading. With `EKM_UPDATE_DOCS` in the environment, it then has `current` there. */
export function sectionOnPage(heading: string, current: string): string {
  const [before, section, after] = readPage(heading);
  if (!process.env.EKM_UPDATE_DOCS) return section;
  writeFileSync(PAGE, before + current + after);
  return current;
}

/** The page in three parts, the middle one of which stands under the heading. */
function readPage(heading: string): [string, string, string] {
  const page = readFileSync(PAGE, "utf8");
  const begin = page.indexOf(`\n## ${heading}\n`);
  if (begin < 0) throw new Error(`docs/drift.md has no heading "${heading}"`);
  const from = begin + `\n## ${heading}\n\n`.length;
  const next = page.indexOf("\n## ", from);
  const to = next < 0 ? page.length - 1 : next - 1;
  return [page.slice(0, from), page.slice(from, to), page.slice(to)];
}
