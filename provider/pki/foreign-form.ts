import { memberAt, members, objectIdentifier, readDer } from "./der";
import { DerError } from "./errors";
import { isBareBase64, isUtf16, UTF16 } from "./pem";

/** What a text is in the place of PEM, and how it becomes that. */
export interface ForeignForm {
  /** Follows `the text`, or a property. */
  what: string;
  wayOut: string;
}

/** What authorities hand out as .p7b. */
export const PKCS7: ForeignForm = {
  what: "holds PKCS#7 (.p7b)",
  wayOut: "take the certificates out of it with `openssl pkcs7 -print_certs`",
};

const SIGNED_DATA = "1.2.840.113549.1.7.2";

/** Whatever the armour says: authorities give it out as a certificate too. */
export function isPkcs7(der: Buffer): boolean {
  try {
    return objectIdentifier(memberAt(members(readDer(der)), 0)) === SIGNED_DATA;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control characters are what tells binary from text
// Bytes may have been read as UTF-8, which loses those of a length, or one by one.
const DER_START = /^0[\x81-\x84\ufffd]/;
/** A version follows the start: a PKCS#12 file. */
const PKCS12_START = /^0.{1,4}\x02\x01\x03/s;
/** The end of the identifier of signed data is near the start. */
const PKCS7_START = /^0.{1,24}\r\x01\x07\x02/s;
const BINARY = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/** One line, with the ending of a file that authorities give out: base64 has no dot. */
const FILE_NAME = /^[^\r\n]{1,4096}\.(?:cer|crt|csr|der|key|p12|p7b|pem|pfx)\s*$/i;

/** The form of a text that is the name of a file, where what the file holds belongs. */
export const fileNameForm = (text: string): ForeignForm | undefined =>
  FILE_NAME.test(text)
    ? { what: "is the name of a file", wayOut: "give what the file holds: text with BEGIN and END lines" }
    : undefined;

/**
 * Names what people have where PEM belongs, better than a parser would; `undefined` for what may be PEM. `tool` is the
 * command of OpenSSL for what should be there.
 */
export function foreignForm(text: string, tool: "x509" | "req"): ForeignForm | undefined {
  if (isUtf16(text)) return UTF16;
  if (text.includes("-----BEGIN ")) return undefined;
  if (isBareBase64(text) && isPkcs7(Buffer.from(text, "base64"))) {
    return {
      what: "is base64 of PKCS#7 (.p7b)",
      wayOut: `decode it, and ${take("openssl pkcs7 -inform der -print_certs")}`,
    };
  }
  if (PKCS7_START.test(text)) {
    return { what: "is binary PKCS#7 (.p7b)", wayOut: take("openssl pkcs7 -inform der -print_certs") };
  }
  if (PKCS12_START.test(text)) {
    return { what: "is PKCS#12 (.p12, .pfx)", wayOut: take("openssl pkcs12 -nokeys") };
  }
  if (DER_START.test(text)) {
    return { what: "is binary (DER)", wayOut: `convert it with \`openssl ${tool} -inform der -outform pem\`` };
  }
  if (BINARY.test(text)) return { what: "is binary", wayOut: "give it in PEM: text with BEGIN and END lines" };
  return fileNameForm(text);
}

const take = (command: string): string => `take the certificates out of it with \`${command}\``;
