import { printable } from "../printable";

/** Stands for a blank at which a line must not end: text from a cluster never begins a comment line. */
const KEPT_TOGETHER = "\u00a0";
const LINE_WIDTH = 120;

/** A sentence for whoever reads the program. */
export type Remark = string & { readonly kind: "remark" };

/** Makes a remark of a sentence. Interpolated texts may be anything: they stay on one line and print nothing else. */
export const remark = (sentence: TemplateStringsArray, ...texts: (string | number)[]): Remark =>
  String.raw(
    { raw: sentence },
    ...texts.map((text) => printable(String(text)).replaceAll(" ", KEPT_TOGETHER)),
  ) as Remark;

/** A sentence of several parts. */
export const joined = (...parts: Remark[]): Remark => parts.join("") as Remark;

/** A name in a sentence. */
export const quoted = (name: string): string => `"${name.replaceAll('"', "'")}"`;

/** That a program leaves a text out which it cannot give. */
export const notDeclared = (property: string, value: string, reason: string): Remark =>
  remark`The ${property} ${quoted(value)} is not declared and stays as it is: it ${reason}.`;

/** The remark as text of one line. */
export const inOneLine = (text: Remark): string => text.replaceAll(KEPT_TOGETHER, " ");

/** The remark as a line comment, on as many lines as it needs. */
export function comment(text: string, sign = "//"): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LINE_WIDTH) lines.push(`${lines.pop()} ${word}`);
    else lines.push(`${sign} ${word}`);
  }
  return lines.join("\n").replaceAll(KEPT_TOGETHER, " ");
}
