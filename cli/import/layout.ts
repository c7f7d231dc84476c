import { isList, membersOf, type Tree } from "./value";

/** A value as it stands in a program. */
export type Literal = Tree<Code>;

/** An expression that is code already. */
export class Code {
  constructor(readonly text: string) {}
}

/** How a language writes values. */
export interface Syntax {
  /** Columns of a line, as its formatters have it. */
  width: number;
  step: string;
  text(text: string): string;
  truth(value: boolean): string;
  /** What stands before the value of a member of an object. */
  label(name: string, value: Literal): string;
  /** Around the members of an object on one line. */
  braces: readonly [open: string, close: string];
  /** What parts a name from a value that is too long for the line: a line break, or nothing. */
  breaksAfter(label: string): boolean;
}

/** Lays out values as formatters lay them out: on one line if they fit. */
export class Layout {
  constructor(private readonly syntax: Syntax) {}

  /** A call with arguments and their labels. `end` closes the statement. */
  call(callee: string, args: readonly (readonly [label: string, value: Literal])[], end = ""): string {
    const line = `${callee}(${args.map(([label, value]) => label + this.inline(value)).join(", ")})${end}`;
    if (this.fits(line)) return line;
    const members = args.map(([label, value]) => this.item(label, value, this.syntax.step));
    return enclosed(`${callee}(`, members, `)${end}`);
  }

  /** A member of a list, an object or a call. */
  private item(label: string, value: Literal, indent: string): string {
    const start = indent + label;
    const line = `${start}${this.inline(value)},`;
    const inner = indent + this.syntax.step;
    if (this.fits(line)) return line;
    if (isList(value)) {
      const members = value.map((member) => this.item("", member, inner));
      return enclosed(`${start}[`, members, `${indent}],`);
    }
    if (isObject(value)) {
      const members = this.labelled(value).map(([name, member]) => this.item(name, member, inner));
      return enclosed(`${start}{`, members, `${indent}},`);
    }
    return this.syntax.breaksAfter(label) ? `${start.trimEnd()}\n${inner}${this.inline(value)},` : line;
  }

  /** A value on one line. */
  inline(value: Literal): string {
    const { text, truth, braces } = this.syntax;
    if (value instanceof Code) return value.text;
    if (isList(value)) return `[${value.map((member) => this.inline(member)).join(", ")}]`;
    if (isObject(value)) {
      const members = this.labelled(value).map(([label, member]) => label + this.inline(member));
      return `${braces[0]}${members.join(", ")}${braces[1]}`;
    }
    if (typeof value === "string") return text(value);
    return typeof value === "boolean" ? truth(value) : String(value);
  }

  private labelled(properties: object): [label: string, value: Literal][] {
    return membersOf<Code>(properties).map(([name, value]) => [this.syntax.label(name, value), value]);
  }

  private fits(line: string): boolean {
    return columns(line) <= this.syntax.width;
  }
}

const enclosed = (first: string, lines: readonly string[], last: string): string => [first, ...lines, last].join("\n");

const isObject = (value: Literal): value is Readonly<Record<string, Literal | undefined>> =>
  typeof value === "object" && !(value instanceof Code);

/** Letters of the East take two. */
const columns = (text: string): number => [...text].length + (text.match(WIDE)?.length ?? 0);

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/gu;
