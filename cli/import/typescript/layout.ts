import { printable } from "../../printable";
import { Code, Layout } from "../layout";

/** With its colon: below it, formatters do not part a name from a text that is too long for the line anyway. */
const LONG_LABEL = "label: ".length;

/** A string literal, in the quotes that need fewer escapes. */
export function literal(text: string): string {
  const quote = count(text, '"') > count(text, "'") ? "'" : '"';
  return quote + printable(text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)) + quote;
}

const count = (text: string, character: string): number => text.split(character).length - 1;

/** Programs in TypeScript. A constant under its own name needs no label. */
export const layout = new Layout({
  width: 120,
  step: "  ",
  text: literal,
  truth: String,
  label: (name, value) => (value instanceof Code && value.text === name ? "" : `${name}: `),
  braces: ["{ ", " }"],
  breaksAfter: (label) => label.length >= LONG_LABEL,
});
