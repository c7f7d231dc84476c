import { printable } from "../../printable";
import { isList, membersOf, type Tree } from "../value";

/** A value as it stands in a program. */
export type Literal = Tree<Code>;

/** An expression that is code already. */
export class Code {
  constructor(readonly text: string) {}
}

const LINE_WIDTH = 120;
const STEP = "  ";
/** With its colon: below it, formatters do not part a name from a text that is too long for the line anyway. */
const LONG_LABEL = "label: ".length;

/** A string literal, in the quotes that need fewer escapes. */
export function literal(text: string): string {
  const quote = count(text, '"') > count(text, "'") ? "'" : '"';
  return quote + printable(text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)) + quote;
}

const count = (text: string, character: string): number => text.split(character).length - 1;

/** A statement that makes an object, laid out as formatters lay it out: on one line if it fits. */
export function construction(callee: string, args: readonly Literal[]): string {
  const line = `${callee}(${args.map(inline).join(", ")});`;
  return fits(line)
    ? line
    : enclosed(
        `${callee}(`,
        args.map((arg) => item("", arg, STEP)),
        ");",
      );
}

/** A member of a list, an object or a call. `label` is its name and the colon. */
function item(label: string, value: Literal, indent: string): string {
  const start = indent + label;
  const line = `${start}${inline(value)},`;
  const inner = indent + STEP;
  if (fits(line)) return line;
  if (isList(value))
    return enclosed(
      `${start}[`,
      value.map((member) => item("", member, inner)),
      `${indent}],`,
    );
  if (isObject(value)) {
    const members = labelled(value).map(([label, member]) => item(label, member, inner));
    return enclosed(`${start}{`, members, `${indent}},`);
  }
  return label.length < LONG_LABEL ? line : `${start.trimEnd()}\n${inner}${inline(value)},`;
}

const enclosed = (first: string, lines: readonly string[], last: string): string => [first, ...lines, last].join("\n");

function inline(value: Literal): string {
  if (value instanceof Code) return value.text;
  if (isList(value)) return `[${value.map(inline).join(", ")}]`;
  if (isObject(value))
    return `{ ${labelled(value)
      .map(([label, member]) => label + inline(member))
      .join(", ")} }`;
  return typeof value === "string" ? literal(value) : String(value);
}

const isObject = (value: Literal): value is Readonly<Record<string, Literal | undefined>> =>
  typeof value === "object" && !(value instanceof Code);

/** Labels and values. A constant under its own name needs no label. */
const labelled = (properties: object): [label: string, value: Literal][] =>
  membersOf<Code>(properties).map(([name, value]) => [
    value instanceof Code && value.text === name ? "" : `${name}: `,
    value,
  ]);

const fits = (line: string): boolean => columns(line) <= LINE_WIDTH;

/** Letters of the East take two. */
const columns = (text: string): number => [...text].length + (text.match(WIDE)?.length ?? 0);

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/gu;
