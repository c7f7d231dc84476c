import {
  CertificateError,
  describeCertificate,
  publicKeyFingerprint,
  readCertificates,
  sameCertificates,
} from "../../provider/pki";
import { type KeyAndCertificate, type KeyKind, Openssl } from "../kit/openssl";

const openssl = new Openssl();
let root: KeyAndCertificate;
let other: KeyAndCertificate;

beforeAll(() => {
  root = openssl.selfSigned("p256", "/CN=Root/O=Example, Inc.", "-days", "10");
  other = openssl.selfSigned("ed25519", "/CN=Other");
});

afterAll(() => openssl.dispose());

test("a description says what openssl says", () => {
  const description = describeCertificate(root.certificate);
  const [serial, fingerprint, start, end] = openssl
    .run("x509", "-in", openssl.file(root.certificate), "-noout", "-serial", "-fingerprint", "-sha256", "-dates")
    .trim()
    .split("\n")
    .map((line) => line.slice(line.indexOf("=") + 1));
  expect(description).toEqual({
    subject: "CN=Root, O=Example\\, Inc.",
    issuer: "CN=Root, O=Example\\, Inc.",
    serialNumber: serial,
    notBefore: new Date(start ?? "").toISOString(),
    notAfter: new Date(end ?? "").toISOString(),
    fingerprint256: fingerprint,
  });
});

test.each<[what: string, commonName: string, shown: string]>([
  ["a newline and an escape sequence", "evil\n\u001b[31mred", "CN=evil[31mred"],
  ["text turned around", "gnp.\u202Eexe", "CN=gnp.exe"],
  ["letters of other scripts", "Zürich 東京", "CN=Zürich 東京"],
])("a subject is safe to print on one line: %s", (_, commonName, shown) => {
  const { certificate } = openssl.selfSigned("ed25519", `/CN=${commonName}`, "-utf8");
  expect(describeCertificate(certificate).subject).toBe(shown);
});

test.each<[string, (text: string) => string]>([
  ["CRLF", (text) => text.replace(/\n/g, "\r\n")],
  ["no final newline", (text) => text.trimEnd()],
  ["text before the block", (text) => `Certificate of the storage cluster\n${text}`],
  ["repeated", (text) => text + text],
  [
    "the other order",
    (text) =>
      text
        .split(/(?<=END CERTIFICATE-----\n)/)
        .reverse()
        .join(""),
  ],
  ["one long line", (text) => text.replace(/(?<=[A-Za-z0-9+/=])\n(?=[A-Za-z0-9+/=])/g, "")],
])("respelled certificates are the same: %s", (_, respell) => {
  const chain = root.certificate + other.certificate;
  expect(respell(chain)).not.toBe(chain);
  expect(sameCertificates(chain, respell(chain))).toBe(true);
  expect(sameCertificates(respell(root.certificate + other.certificate), root.certificate)).toBe(false);
});

test("other certificates are not the same, and what cannot be read equals only itself", () => {
  expect(sameCertificates(root.certificate, other.certificate)).toBe(false);
  expect(sameCertificates("garbage", root.certificate)).toBe(false);
  expect(sameCertificates("garbage", "garbage")).toBe(true);
  expect(sameCertificates("garbage", "garbage ")).toBe(false);
});

test.each<[string, () => string, RegExp]>([
  ["a key", () => root.key, /holds a PRIVATE KEY/],
  ["a certificate and a key", () => root.certificate + root.key, /holds a PRIVATE KEY/],
  ["no block", () => "", /no PEM block/],
  [
    "another DER value",
    () => "-----BEGIN CERTIFICATE-----\nMAMCAQU=\n-----END CERTIFICATE-----",
    /no X.509 certificate/,
  ],
  ["bytes after the certificate", () => withTail(root.certificate), /data follows the end/],
])("a text that is not only certificates is refused: %s", (_, text, message) => {
  expect(() => readCertificates(text())).toThrow(CertificateError);
  expect(() => readCertificates(text())).toThrow(message);
});

test.each<KeyKind>(["rsa2048", "p256", "p384", "ed25519"])(
  "key, request and certificate have one fingerprint: %s",
  (kind) => {
    const key = openssl.key(kind);
    const keyFile = openssl.file(key);
    const expected = openssl.keyFingerprint(key);
    expect(publicKeyFingerprint(key)).toBe(expected);
    expect(publicKeyFingerprint(openssl.run("pkey", "-in", keyFile, "-pubout"))).toBe(expected);
    expect(publicKeyFingerprint(openssl.request(key, "/CN=a"))).toBe(expected);
    expect(publicKeyFingerprint(openssl.run("req", "-x509", "-key", keyFile, "-subj", "/CN=a"))).toBe(expected);
  },
);

test("an encrypted key is refused without a word of it", () => {
  const encrypted = openssl.run("pkey", "-in", openssl.file(root.key), "-aes256", "-passout", "pass:secret");
  expect(() => publicKeyFingerprint(encrypted)).toThrow(
    "the text holds no certificate, certificate signing request or unencrypted key",
  );
});

function withTail(certificate: string): string {
  const der = Buffer.concat([openssl.der(certificate, "x509"), Buffer.from([0x05, 0x00])]);
  return `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;
}
