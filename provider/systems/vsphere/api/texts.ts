import { linesWithoutControlCharacters, withoutControlCharacters } from "../../../core/display";

/** Shorter lines are those around a key's content. */
const SHORTEST_LINE = 32;

/** A secret in the forms in which requests carry it, and in which the other end may give it back. */
export function formsOf(secret: string): string[] {
  const forms = [secret, JSON.stringify(secret).slice(1, -1), escapedForXml(secret), encodeURIComponent(secret)];
  const lines = secret.split(/\s+/).filter((line) => line.length >= SHORTEST_LINE);
  return [...new Set([...forms, ...lines])].filter((form) => form !== "");
}

/** A login as the scheme Basic has it. */
export const basicOf = (username: string, password: string): string =>
  Buffer.from(`${username}:${password}`).toString("base64");

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/** A text as it stands in XML, in an attribute too. */
export const escapedForXml = (text: string): string =>
  text.replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? "");

/** Whether XML has all characters of a text: it has no control characters but those that make blanks. */
export const isXmlText = (text: string): boolean =>
  text.isWellFormed() && !/[\p{Cc}\ufffe\uffff]/u.test(text.replace(/[\t\n\r\x7f-\x9f]/g, ""));

/** A text of a vCenter as it may reach a terminal; PEM keeps its lines. */
export const displayable = (text: string): string =>
  /^\s*-----BEGIN /.test(text) ? linesWithoutControlCharacters(text) : withoutControlCharacters(text);
