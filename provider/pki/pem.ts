import { PemError } from "./errors";

/** What one pair of BEGIN and END lines encloses. */
export interface PemBlock {
  /** Such as `CERTIFICATE` or `RSA PRIVATE KEY`. */
  label: string;
  der: Buffer;
}

interface Line {
  number: number;
  /** Without blanks around it. */
  text: string;
}

/** Errors name the label: it is no longer than anyone's. */
const ARMOUR = /^-----(BEGIN|END) (?=.{1,64}-----$)([A-Z0-9#]+(?: [A-Z0-9#]+)*)-----$/;
const ARMOUR_ATTEMPT = /-\s*(BEGIN|END)\b/;
/** What OpenSSL takes for the start of a block, whatever its label. */
const BEGINS_FOR_OPENSSL = /^-----BEGIN .*-----$/;
/** And no word. */
const BASE64_LINE = /^(?![A-Z]?[a-z]+$)[A-Za-z0-9+/]{7,}={0,2}$/;
const REST_OF_BASE64 = /^[A-Za-z0-9+/]{2,4}={0,2}$/;
/** Headers of old encrypted keys, such as `DEK-Info: AES-256-CBC,…`. */
const HEADER = /^[A-Za-z0-9-]+:/;

/**
 * The blocks of a PEM text, in order. As OpenSSL does, it passes over any text around them, separator lines of dashes too;
 * CRLF and a missing last newline do not matter. Armour or base64 that is broken does, also where OpenSSL would pass over it:
 * somebody meant to give that block.
 *
 * @throws PemError naming the line.
 */
export function readPem(text: string): PemBlock[] {
  if (isUtf16(text)) throw new PemError(`the text ${UTF16.what}`, UTF16);
  const lines = linesOf(text);
  const blocks: PemBlock[] = [];
  let open: { label: string; base64: string } | undefined;
  for (const [index, line] of lines.entries()) {
    const [, keyword, label = ""] = ARMOUR.exec(line.text) ?? [];
    if (open === undefined) {
      const followsBase64 = endsInBase64(lines[index - 2], lines[index - 1]);
      if (isBroken(line, followsBase64, lines[index + 1])) throw malformed(line);
      if (keyword === "BEGIN") open = { label, base64: "" };
      else if (keyword === "END" && followsBase64) throw outOfPlace(line, keyword, label);
    } else if (keyword === "END") {
      if (label !== open.label) throw new PemError(`line ${line.number} ends ${label} where ${open.label} began`);
      blocks.push({ label, der: decodeBase64(open.base64, label) });
      open = undefined;
    } else {
      if (keyword === "BEGIN") throw outOfPlace(line, keyword, label);
      if (ARMOUR_ATTEMPT.test(line.text) || line.text.includes("-----")) throw malformed(line);
      if (!HEADER.test(line.text)) open.base64 += line.text;
    }
  }
  if (open !== undefined) throw new PemError(`the END ${open.label} line is missing`);
  return blocks;
}

export const UTF16 = {
  what: "is encoded in UTF-16",
  wayOut: "save it as UTF-8, such as with `iconv -f utf-16 -t utf-8`",
} as const;

/** Whether a text holds PEM in UTF-16 that was read as if it were UTF-8. */
export const isUtf16 = (text: string): boolean => text.includes("-\0B\0E\0G\0I\0N\0");

/** The lines that are not blank. */
const linesOf = (text: string): Line[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== "");

/** Whether a line outside of the blocks belongs to a damaged block, and is no separator with a BEGIN or END in its title. */
function isBroken({ text }: Line, followsBase64: boolean, next: Line | undefined): boolean {
  const [attempt, keyword] = ARMOUR_ATTEMPT.exec(text) ?? [];
  if (attempt === undefined || ARMOUR.test(text)) return false;
  if (keyword === "END") return followsBase64;
  return BEGINS_FOR_OPENSSL.test(text) || /-----END\b/.test(text) || isBase64(next);
}

const isBase64 = (line: Line | undefined): boolean => line !== undefined && BASE64_LINE.test(line.text);

/** The last line of a block may be as short as a word. */
const endsInBase64 = (last: Line | undefined, line: Line | undefined): boolean =>
  isBase64(line) || (isBase64(last) && line !== undefined && REST_OF_BASE64.test(line.text));

const malformed = ({ number }: Line): PemError => new PemError(`line ${number} is a malformed BEGIN or END line`);

const outOfPlace = ({ number }: Line, keyword: string, label: string): PemError =>
  new PemError(`line ${number} has ${keyword} ${label} out of place`);

/** Armours DER: lines of 64 characters, a final newline. */
export function writePem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** A text with the armour that it lacks, where it is lines of base64 and nothing else. */
export const armoured = (label: string, text: string): string =>
  isBareBase64(text) ? writePem(label, Buffer.from(text, "base64")) : text;

/** Whether a text is lines of base64 without armour. */
export const isBareBase64 = (text: string): boolean => /^[A-Za-z0-9+/\r\n]{16,}={0,2}$/.test(text.trim());

/** Decodes base64 strictly: alphabet, padding and unused bits. `label` only words the error. */
export function decodeBase64(base64: string, label: string): Buffer {
  const der = Buffer.from(base64, "base64");
  if (der.length === 0 || der.toString("base64") !== base64) {
    throw new PemError(`the base64 of the ${label} is ${base64 === "" ? "empty" : "malformed"}`);
  }
  return der;
}
