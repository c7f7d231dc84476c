import { type Html, html } from "./markup";

/** Where and how a line of text stands in a drawing. */
export interface TextPlace {
  x: number;
  y: number;
  size: number;
  /** Width that it may take, in pixels. */
  room: number;
  anchor?: "start" | "middle" | "end";
  /** Classes of the style sheet. */
  style?: string;
}

export const text = (content: string, { x, y, size, room, anchor = "start", style = "" }: TextPlace): Html =>
  html`<text class="${style}" x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}">${fitted(content, room, size)}</text>`;

/** Widths of characters as parts of the font's size, those of the widest of common fonts. */
const NARROW = 0.41;
const COMMON = 0.65;
const CAPITAL = 0.8;
const SQUARE = 1.06;

/** A text as far as it fits in so many pixels: SVG neither breaks nor cuts a line. */
function fitted(text: string, width: number, fontSize: number): string {
  const characters = [...text];
  const room = width / fontSize;
  if (sum(characters) <= room) return text;
  let used = SQUARE;
  const fitting = characters.findIndex((character) => {
    used += widthOf(character);
    return used > room;
  });
  return `${characters.slice(0, fitting).join("").trimEnd()}…`;
}

const sum = (characters: readonly string[]): number =>
  characters.reduce((width, character) => width + widthOf(character), 0);

function widthOf(character: string): number {
  if (/[\u1100-\uffff]|[^\0-\uffff]|[MWmw@%…—]/u.test(character)) return SQUARE;
  if (/[A-Z&+=<>]/.test(character)) return CAPITAL;
  return /[iljtfrI.,:;!'|()[\] -]/.test(character) ? NARROW : COMMON;
}
