import { PemError } from "./errors";

/** What one pair of BEGIN and END lines encloses. */
export interface PemBlock {
  /** Such as `CERTIFICATE` or `RSA PRIVATE KEY`. */
  label: string;
  der: Buffer;
}

/** Errors name the label: it is no longer than anyone's. */
const ARMOUR = /^-----(BEGIN|END) (?=.{1,64}-----$)([A-Z0-9]+(?: [A-Z0-9]+)*)-----$/;
const ARMOUR_ATTEMPT = /^-+\s*(BEGIN|END)\b|-----/;
/** Headers of old encrypted keys, such as `DEK-Info: AES-256-CBC,…`. */
const HEADER = /^[A-Za-z0-9-]+:/;

/**
 * The blocks of a PEM text, in order. Text around the blocks, CRLF and a missing last newline do not matter; armour or
 * base64 that is broken does.
 *
 * @throws PemError naming the line.
 */
export function readPem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  let open: { label: string; base64: string } | undefined;
  for (const [index, rawLine] of text.split(/\r\n|\r|\n/).entries()) {
    const line = rawLine.trim();
    const armour = ARMOUR.exec(line);
    if (armour === null) {
      if (ARMOUR_ATTEMPT.test(line)) throw new PemError(`line ${index + 1} is a malformed BEGIN or END line`);
      if (open !== undefined && !HEADER.test(line)) open.base64 += line;
      continue;
    }
    const [, keyword, label = ""] = armour;
    if ((keyword === "BEGIN") === (open !== undefined)) {
      throw new PemError(`line ${index + 1} has ${keyword} ${label} out of place`);
    }
    if (open === undefined) {
      open = { label, base64: "" };
    } else {
      if (label !== open.label) throw new PemError(`line ${index + 1} ends ${label} where ${open.label} began`);
      blocks.push({ label, der: decodeBase64(open.base64, label) });
      open = undefined;
    }
  }
  if (open !== undefined) throw new PemError(`the END ${open.label} line is missing`);
  return blocks;
}

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
