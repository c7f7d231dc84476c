/** Control characters, line separators, and characters that turn the direction of text. */
const NOT_FOR_DISPLAY = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/** Whether a text reaches a terminal as the single line that it seems to be. */
export const isDisplayable = (text: string): boolean => !NOT_FOR_DISPLAY.test(text);

/**
 * A text of somebody else, on one line and without the control sequences of a terminal. Lines are joined because the
 * runners of continuous integration take some for commands.
 */
export const withoutControlCharacters = (text: string): string =>
  text.replace(/[\t\n\r\u2028\u2029]+/g, " ").replace(new RegExp(NOT_FOR_DISPLAY, "gu"), "\ufffd");

/** The same for a text of several lines, whose line ends stay. */
export const linesWithoutControlCharacters = (text: string): string =>
  text
    .split(/(\r?\n)/)
    .map((part, index) => (index % 2 === 1 ? part : withoutControlCharacters(part)))
    .join("");
