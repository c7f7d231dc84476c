import { spawn } from "node:child_process";
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyPairKeyObjectResult } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProcessWatch } from "./process-watch";
import { filesBelow, search, texts } from "./search";
import { keySecret, textSecret } from "./spellings";

const PASSWORD = 'pä55 "wörd"\\&<+/%鍵';
const PLAIN = "correct horse";

const wrap = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, "g"))?.join("\n") ?? "";
const base64After = (before: string) => (text: string) => Buffer.from(`${before}${text}, and so on`).toString("base64");

/** How programs, files and protocols write a text. */
const WRITERS: Record<string, (text: string) => string> = {
  plain: (text) => `password: ${text}`,
  JSON: (text) => JSON.stringify({ password: text }),
  "JSON in JSON": (text) => JSON.stringify({ config: JSON.stringify({ password: text }) }),
  "state of the engine, in clear": (text) =>
    JSON.stringify({ plaintext: JSON.stringify(JSON.stringify({ clusters: { password: text } })) }),
  "JSON as Go writes it": (text) =>
    JSON.stringify({ text }).replace(/[&<>]/g, (it) => `\\u00${it.charCodeAt(0).toString(16)}`),
  "the query of a URL": (text) => `https://host/?${new URLSearchParams({ text })}`,
  "the path of a URL": (text) => `https://host/${encodeURIComponent(text)}`,
  base64: base64After(""),
  "base64 in basic authentication": base64After("admin:"),
  "base64 after one character": base64After("a"),
  "base64 after two characters": base64After("ab"),
  "base64 in lines": (text) => wrap(base64After("admin:")(text), 8),
  base64url: (text) => Buffer.from(`?${text}?`).toString("base64url"),
  hexadecimal: (text) => Buffer.from(text).toString("hex"),
  HEXADECIMAL: (text) => Buffer.from(text).toString("hex").toUpperCase(),
  "UTF-16": (text) => Buffer.from(text, "utf16le").toString("latin1"),
};

describe.each([PASSWORD, PLAIN])("a text, %s", (password) => {
  test.each(Object.keys(WRITERS))("is found in %s", (writer) => {
    const written = WRITERS[writer]?.(password) ?? "";
    const places = writer === "UTF-16" ? { log: written } : texts({ log: written });
    expect(search(places, textSecret("password", password))).not.toEqual([]);
  });

  test("is not found where it is not, in any spelling", () => {
    const other = password.replace(/[rö]/, "x");
    const places = texts(Object.fromEntries(Object.entries(WRITERS).map(([name, write]) => [name, write(other)])));
    expect(search(places, textSecret("password", password))).toEqual([]);
  });
});

const pemOf = ({ privateKey }: KeyPairKeyObjectResult): string =>
  privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const KEYS = {
  RSA: pemOf(generateKeyPairSync("rsa", { modulusLength: 2048 })),
  ECDSA: pemOf(generateKeyPairSync("ec", { namedCurve: "P-256" })),
};

const der = (pem: string): Buffer => createPrivateKey(pem).export({ type: "pkcs8", format: "der" });

/** How a private key may be kept. */
const KEY_WRITERS: Record<string, (pem: string) => string | Buffer> = {
  PEM: (pem) => pem,
  "PEM of another system": (pem) => pem.replaceAll("\n", "\r\n"),
  "PEM in JSON": (pem) => JSON.stringify({ pem }),
  "PEM in JSON in JSON": (pem) => JSON.stringify({ config: JSON.stringify({ pem }) }),
  "PEM in a URL": (pem) => encodeURIComponent(pem),
  "PEM in base64": (pem) => Buffer.from(`key: ${pem}`).toString("base64"),
  "PEM in lines of 76 characters": (pem) => wrap(pem.replaceAll("\n", ""), 76),
  "PEM of the older format": (pem) => {
    const key = createPrivateKey(pem);
    const type = key.asymmetricKeyType === "rsa" ? "pkcs1" : "sec1";
    return key.export({ type, format: "pem" }).toString();
  },
  "DER in base64": (pem) => der(pem).toString("base64"),
  DER: (pem) => der(pem),
  "DER in hexadecimal": (pem) => der(pem).toString("hex"),
  JWK: (pem) => JSON.stringify(createPrivateKey(pem).export({ format: "jwk" })),
  "one line of PEM": (pem) => pem.split("\n").at(pem === KEYS.RSA ? -4 : 1) ?? "",
};

describe.each(Object.entries(KEYS))("a private key, %s", (_, pem) => {
  test.each(Object.keys(KEY_WRITERS))("is found in %s", (writer) => {
    const written = Buffer.from(KEY_WRITERS[writer]?.(pem) ?? "").toString("latin1");
    expect(search({ state: written }, keySecret("key", pem))).not.toEqual([]);
  });

  test("is not found in its public half", () => {
    const publicKey = createPublicKey(pem);
    const written = [
      publicKey.export({ type: "spki", format: "pem" }),
      publicKey.export({ type: "spki", format: "der" }),
      JSON.stringify(publicKey.export({ format: "jwk" })),
    ].map((text) => text.toString("latin1"));
    expect(search({ state: written.join("\n") }, keySecret("key", pem))).toEqual([]);
  });
});

test("files at any depth are read as bytes", () => {
  const folder = mkdtempSync(join(tmpdir(), "search-"));
  mkdirSync(join(folder, "deep", "deeper"), { recursive: true });
  writeFileSync(
    join(folder, "deep", "deeper", ".hidden"),
    Buffer.concat([Buffer.from([0, 0xff]), Buffer.from(PASSWORD)]),
  );
  expect(search(filesBelow(folder), textSecret("password", PASSWORD))).toContainEqual({
    place: join("deep", "deeper", ".hidden"),
    spelling: "password, plain",
  });
  rmSync(folder, { recursive: true });
});

test("a process is seen with its arguments and its environment", async () => {
  const watch = new ProcessWatch("MARK=of this test");
  const child = spawn("sleep", ["60.125"], { env: { ...process.env, MARK: "of this test", PASSPHRASE: PLAIN } });
  await once(child, "spawn");
  const sees = () => watch.processes().some(({ commandLine }) => commandLine.includes("60.125"));
  while (!sees()) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill();
  const seen = watch.stop().filter(({ commandLine }) => commandLine.includes("60.125"));
  expect(seen).toMatchObject([{ pid: child.pid, parent: process.pid }]);
  expect(seen[0]?.environment).toContain(`PASSPHRASE=${PLAIN}`);
});
