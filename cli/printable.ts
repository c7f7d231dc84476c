/** What prints as something else than it is, moves a cursor, ends a line or turns the text around it. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** The text with escapes for all that a reader would not see as what it is. */
export const printable = (text: string, escapeOf: (character: string) => string = unitEscapes): string =>
  text.replace(UNPRINTABLE, escapeOf);

/** One escape for each UTF-16 unit. */
const unitEscapes = (character: string): string =>
  Array.from({ length: character.length }, (_, unit) => unicodeEscape(character.charCodeAt(unit))).join("");

const unicodeEscape = (unit: number): string => `\\u${unit.toString(16).padStart(4, "0")}`;

/** One escape for each character, halves of which exchanged: for languages that have no halves of characters. */
export const characterEscape = (character: string): string => {
  const codePoint = character.codePointAt(0) ?? 0;
  const isHalf = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return `\\U${(isHalf ? 0xfffd : codePoint).toString(16).padStart(8, "0")}`;
};
