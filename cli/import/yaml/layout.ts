import { characterEscape, printable } from "../../printable";
import { isList, membersOf, type Tree } from "../value";

/** A value as it stands in a program. */
export type Literal = Tree<Flow>;

/** A value that is written already, on one line. */
export class Flow {
  constructor(readonly text: string) {}
}

const LINE_WIDTH = 120;
const STEP = "  ";

/** A text in quotes, in which a dollar is two: one would begin what is taken from another resource. */
export const literal = (text: string): string =>
  `"${printable(
    text.replace(/["\\]/g, "\\$&").replaceAll("$", () => "$$"),
    characterEscape,
  )}"`;

/** Members of a mapping, one below the other: each on one line if it fits. */
export function mapping(members: object, indent: string): string[] {
  return membersOf<Flow>(members).flatMap(([name, value]) => {
    const start = `${indent}${name}:`;
    const line = `${start} ${inline(value)}`;
    if (line.length <= LINE_WIDTH || typeof value !== "object" || value instanceof Flow) return [line];
    const inner = indent + STEP;
    return [start, ...(isList(value) ? value.map((member) => `${inner}- ${inline(member)}`) : mapping(value, inner))];
  });
}

function inline(value: Literal): string {
  if (value instanceof Flow) return value.text;
  if (isList(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object") return typeof value === "string" ? literal(value) : String(value);
  const members = membersOf<Flow>(value).map(([name, member]) => `${name}: ${inline(member)}`);
  return `{ ${members.join(", ")} }`;
}
