import { readFileSync } from "node:fs";

/** The text of a file, or of standard input, in UTF-8 or, as Windows PowerShell writes it, in UTF-16. */
export function readTextFile(file: string | 0): string {
  const bytes = readFileSync(file);
  // Without its byte order mark.
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** Where there is no byte order mark: what people give begins in ASCII, and has a zero in each character of UTF-16. */
function encodingOf([first, second]: Buffer): "utf-8" | "utf-16le" | "utf-16be" {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)
    ? "utf-16be"
    : "utf-8";
}
