import { createPrivateKey } from "node:crypto";

/** One way in which a secret might be written down. */
export interface Spelling {
  /** Such as `password, base64 at offset 1`. */
  name: string;
  /** Bytes to look for, one a character. */
  text: string;
  /** Whether it may be broken into lines. */
  wrapped: boolean;
}

/** A text that nobody may find: a password, a passphrase, a line of PEM. */
export const textSecret = (name: string, secret: string): Spelling[] => {
  const bytes = Buffer.from(secret);
  const json = inJson(secret);
  const goJson = json.replace(/[<>&]/g, escaped);
  const asciiJson = goJson.replace(/[^\0-~]/g, escaped);
  const texts = {
    plain: secret,
    JSON: json,
    "JSON as Go writes it": goJson,
    "JSON in ASCII": asciiJson,
    "JSON in JSON": inJson(json),
    "JSON in JSON in JSON": inJson(inJson(json)),
    "JSON in JSON as Go writes it": inJson(goJson),
    "JSON in JSON in JSON as Go writes it": inJson(inJson(goJson)),
    "a component of a URL": encodeURIComponent(secret),
    "a form": new URLSearchParams({ a: secret }).toString().slice(2),
  };
  return unique([
    ...Object.entries(texts).map(([form, text]) => spelling(`${name}, ${form}`, text)),
    { name: `${name}, UTF-16`, text: Buffer.from(secret, "utf16le").toString("latin1"), wrapped: false },
    ...encoded(name, bytes),
  ]);
};

/** An unencrypted private key in PEM: what makes it private, as bytes, and the lines of PEM that hold some of it. */
export function keySecret(name: string, pem: string): Spelling[] {
  const { d = "", p, q } = createPrivateKey(pem).export({ format: "jwk" });
  const parts = Object.entries({ d, p, q }).filter((part): part is [string, string] => part[1] !== undefined);
  // The public part stands before the private one in an RSA key, and after it in one of an elliptic curve.
  const lines = pem.trim().split(/\r?\n/).slice(1, -1);
  const privateLines = p === undefined ? lines.slice(0, 1) : lines.slice(-4, -1);
  return unique([
    ...parts.flatMap(([part, value]) => encoded(`${name}, ${part}`, Buffer.from(value, "base64url"))),
    ...privateLines.flatMap((line) => textSecret(`${name}, line "${line.slice(0, 8)}…"`, line)),
  ]);
}

/** Bytes in hexadecimal and base64, wherever in a longer run of bytes they stand. */
function encoded(name: string, bytes: Buffer): Spelling[] {
  const base64 = [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    // The characters that depend on nothing but the secret.
    const text = whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    return { name: `${name}, base64 at offset ${offset}`, text, wrapped: true };
  });
  return [
    { name: `${name}, bytes`, text: bytes.toString("latin1"), wrapped: false },
    { name: `${name}, hexadecimal`, text: bytes.toString("hex"), wrapped: true },
    { name: `${name}, HEXADECIMAL`, text: bytes.toString("hex").toUpperCase(), wrapped: true },
    ...base64,
    ...base64.map((it) => ({ ...it, name: `${it.name}url`, text: it.text.replaceAll("+", "-").replaceAll("/", "_") })),
  ];
}

const spelling = (name: string, text: string): Spelling => ({
  name,
  text: Buffer.from(text).toString("latin1"),
  wrapped: false,
});

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

const unique = (spellings: Spelling[]): Spelling[] =>
  spellings.filter(({ text }, index) => spellings.findIndex((other) => other.text === text) === index);
