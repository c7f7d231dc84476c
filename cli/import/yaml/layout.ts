import { characterEscape, printable } from "../../printable";
import { Code, Layout } from "../layout";
import { isList, membersOf } from "../value";

/** A text in quotes, in which a dollar is two: one would begin what is taken from another resource. */
export const literal = (text: string): string =>
  `"${printable(
    text.replace(/["\\]/g, "\\$&").replaceAll("$", () => "$$"),
    characterEscape,
  )}"`;

const WIDTH = 120;
const STEP = "  ";

const layout = new Layout({
  width: WIDTH,
  step: STEP,
  text: literal,
  truth: String,
  label: (name) => `${name}: `,
  braces: ["{ ", " }"],
  breaksAfter: () => false,
});

/** Members of a mapping, one below the other: each on one line if it fits. */
export function mapping(members: object, indent: string): string[] {
  return membersOf<Code>(members).flatMap(([name, value]) => {
    const start = `${indent}${name}:`;
    const line = `${start} ${layout.inline(value)}`;
    if (line.length <= WIDTH || typeof value !== "object" || value instanceof Code) return [line];
    const inner = indent + STEP;
    return [
      start,
      ...(isList(value) ? value.map((member) => `${inner}- ${layout.inline(member)}`) : mapping(value, inner)),
    ];
  });
}
