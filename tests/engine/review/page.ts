import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";

const PAGE = join(projectRoot, "docs", "review.md");

/** Set to write the page's blocks anew instead of comparing them. */
const WRITES = process.env.REVIEW_PAGE === "write";

/** Makes sure that a block of the page is what the engine prints, but for what differs on every run. */
export function expectOnPage(name: string, output: string): void {
  const page = readFileSync(PAGE, "utf8");
  const block = new RegExp(`(<!-- printed: ${name} -->\\n\`\`\`text\\n)([\\s\\S]*?)\`\`\``);
  const shown = block.exec(page)?.[2];
  if (shown === undefined) throw new Error(`docs/review.md has no block for "${name}"`);
  const printed = `${output.trimEnd()}\n`;
  if (WRITES)
    writeFileSync(
      PAGE,
      page.replace(block, (_, opening) => `${opening}${printed}\`\`\``),
    );
  else expect(lasting(shown)).toBe(lasting(printed));
}

/** The script of the page that has this name. */
export function scriptOnPage(name: string): string {
  const script = new RegExp(`<!-- script: ${name} -->\\n\`\`\`sh\\n([\\s\\S]*?)\`\`\``).exec(
    readFileSync(PAGE, "utf8"),
  )?.[1];
  if (script === undefined) throw new Error(`docs/review.md has no script "${name}"`);
  return script;
}

/** What a text says on every run and every machine. */
const lasting = (text: string): string =>
  VOLATILE.reduce((changed, [pattern, word]) => changed.replace(pattern, word), text);

const VOLATILE: [RegExp, string][] = [
  [/\b[0-9A-F]{2}(:[0-9A-F]{2}){31}\b/g, "FINGERPRINT"],
  [/\b[0-9a-f]{64}\b/g, "PUBLIC KEY"],
  [/\b[0-9A-F]{32}\b/g, "SERIAL"],
  [/\b\d{4}-\d\d-\d\d(T[\d:.]+Z)?\b/g, "TIME"],
  [/\[id=[0-9a-zA-Z]+\]/g, "ID"],
  [/(port *: )\d+/g, "$1PORT"],
  [/\bin \d+ days\b/g, "in DAYS"],
];
