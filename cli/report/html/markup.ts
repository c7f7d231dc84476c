import { withoutControlCharacters } from "../../../provider/core/display";

/** Markup, as opposed to a text that is to be shown. */
export class Html {
  constructor(readonly markup: string) {}
}

export type Content = string | number | Html | undefined | false | readonly Content[];

/** Markup with contents in it. A text shows as what it is and stays within its line, whatever is in it. */
export const html = (markup: TemplateStringsArray, ...contents: Content[]): Html =>
  new Html(String.raw({ raw: markup }, ...contents.map(markupOf)));

function markupOf(content: Content): string {
  if (content === undefined || content === false) return "";
  if (content instanceof Html) return content.markup;
  if (typeof content === "object") return content.map(markupOf).join("");
  return withoutControlCharacters(String(content)).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
