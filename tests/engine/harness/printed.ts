import type { CommandOutput } from "./command";

/** What a preview with --diff prints of resources, with the lines about them and the count at the end. */
export function differencesOf(names: string[], { stdout, stderr }: CommandOutput): string {
  const paragraphs = names.map((name) => paragraphOf(name, stdout));
  const count = stdout.slice(stdout.indexOf("Resources:")).trimEnd();
  // The engine prints lines as they come in, from several processes.
  return [...paragraphs, count, ...stderr.trim().split("\n").sort()].join("\n");
}

/** A resource begins with its type, and its properties are further to the right. */
function paragraphOf(name: string, stdout: string): string {
  const lines = stdout.split("\n");
  const urn = lines.findIndex((line) => line.endsWith(`::${name}]`) && line.includes("[urn="));
  if (urn < 0) throw new Error(`nothing is printed of ${name}:\n${stdout}`);
  const title = lines.findLastIndex((line, index) => index < urn && !line.trimStart().startsWith("["));
  const margin = indentOf(lines[urn] ?? "");
  const end = lines.findIndex((line, index) => index > urn && indentOf(line) < margin);
  return lines.slice(title, end).join("\n");
}

/** Columns before a line's text; a sign of change belongs to the margin. */
const indentOf = (line: string): number => /^[ ~+-]*/.exec(line)?.[0].length ?? 0;

/** What a preview without --diff sums up of resources below its progress. */
export function diagnosticsOf(names: string[], output: CommandOutput): string {
  const [heading, ...rest] = sectionOf(output, "Diagnostics", "Resources").split("\n");
  const paragraphs = rest.join("\n").split("\n\n");
  return [heading, ...names.map((name) => paragraphs.find((paragraph) => paragraph.includes(`(${name}):\n`)))].join(
    "\n",
  );
}

/** From one heading to another. */
export const sectionOf = ({ stdout }: CommandOutput, from: string, to: string): string =>
  stdout.slice(stdout.indexOf(`\n${from}:`) + 1, stdout.indexOf(`\n${to}:`)).trimEnd();

/** What a run says after its progress: about resources in the order of their types, its outputs, and the count. */
export function conclusionOf({ stdout, exitCode }: CommandOutput): string {
  const [, diagnostics = "", outputs = "", resources = ""] =
    /^(?:Diagnostics:\n([\s\S]*?)\n\n)?(Outputs:\n[\s\S]*?\n\n)?(Resources:\n(?: .*\n)*)/m.exec(stdout) ?? [];
  const paragraphs = diagnostics.split(BEFORE_HEADING).filter((paragraph) => !ABOUT_STACK.test(paragraph));
  return [
    diagnostics && `Diagnostics:\n${paragraphs.sort().join("\n\n")}\n\n`,
    // A run that failed does not know its outputs.
    exitCode === 0 ? outputs : "",
    resources,
  ].join("");
}

/** What is told of a resource is further to the right, and may have empty lines. */
const BEFORE_HEADING = /\n\n(?= {2}\S)/;

/** Says a failure once more, in the words of what hosts the program. */
const ABOUT_STACK = /^ *pulumi:pulumi:Stack /;
