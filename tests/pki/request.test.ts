import {
  CertificateRequestError,
  CertificateRequestSignatureError,
  publicKeyFingerprint,
  readCertificateRequest,
  readPem,
  SignatureAlgorithmError,
  sameCertificateRequests,
  writePem,
} from "../../provider/pki";
import { type KeyKind, Openssl } from "../kit/openssl";
import { withVersion } from "./request-version";

const SUBJECT = "/CN=storage-1/O=Example/OU=Storage/L=Boulder/ST=Colorado/C=US/emailAddress=ops@example.com";
const LINE = "CN=storage-1, O=Example, OU=Storage, L=Boulder, ST=Colorado, C=US, emailAddress=ops@example.com";

const openssl = new Openssl();
let key: string;
let request: string;

beforeAll(() => {
  key = openssl.key("rsa2048");
  request = openssl.request(key, SUBJECT);
});

afterAll(() => openssl.dispose());

test.each<KeyKind>(["rsa2048", "p256", "p384", "ed25519"])("a request of openssl is read and verified: %s", (kind) => {
  const ownKey = openssl.key(kind);
  const read = readCertificateRequest(openssl.request(ownKey, SUBJECT));
  expect(read.subject).toBe(LINE);
  expect(read.subjectFields).toEqual({
    commonName: "storage-1",
    organization: "Example",
    organizationalUnit: "Storage",
    locality: "Boulder",
    state: "Colorado",
    country: "US",
    emailAddress: "ops@example.com",
  });
  expect(read.publicKeyFingerprint).toBe(openssl.keyFingerprint(ownKey));
});

test.each(["-sha1", "-sha384", "-sha512"])("its signature may rest on another hash: %s", (digest) => {
  expect(readCertificateRequest(openssl.request(key, SUBJECT, digest)).subject).toBe(LINE);
});

test.each<[string, (text: string) => string]>([
  ["without armour", (text) => text.replace(/-----.*-----\n/g, "")],
  ["without armour, on one line", (text) => text.replace(/-----.*-----/g, "").replace(/\n/g, "")],
  ["CRLF", (text) => text.replace(/\n/g, "\r\n")],
  ["the label of old tools", (text) => text.replaceAll("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST")],
  ["text around it", (text) => `the request\n${text}\nthat was it`],
  ["signed anew with the version of Element 11.7", (text) => withVersion(text, 2, key)],
  ["signed anew over another hash", () => openssl.request(key, SUBJECT, "-sha512")],
])("a respelled request is the same: %s", (_, respell) => {
  expect(respell(request)).not.toBe(request);
  expect(sameCertificateRequests(request, respell(request))).toBe(true);
  expect(readCertificateRequest(respell(request)).publicKeyFingerprint).toBe(publicKeyFingerprint(request));
});

test("another subject or another key is another request", () => {
  expect(sameCertificateRequests(request, openssl.request(key, "/CN=storage-2"))).toBe(false);
  expect(sameCertificateRequests(request, openssl.request(openssl.key("rsa2048"), SUBJECT))).toBe(false);
});

test("names that differ only in what is not printed are other names", () => {
  const [plain, hidden] = ["storage", "sto\u200drage"].map((name) => openssl.request(key, `/CN=${name}`));
  expect(sameCertificateRequests(plain ?? "", hidden ?? "")).toBe(false);
});

test("a request of version 2 is verified over its own bytes", () => {
  const altered = readPem(withVersion(request, 2, key))[0]?.der ?? Buffer.alloc(0);
  const at = altered.indexOf("storage-1");
  altered.write("storage-X", at);
  expect(() => readCertificateRequest(writePem("CERTIFICATE REQUEST", altered))).toThrow(
    CertificateRequestSignatureError,
  );
});

test("a request signed by another key is refused", () => {
  const foreign = withVersion(request, 0, openssl.key("rsa2048"));
  expect(() => readCertificateRequest(foreign)).toThrow(CertificateRequestSignatureError);
});

test("a signature algorithm that is unknown is named", () => {
  const pss = openssl.request(key, SUBJECT, "-sigopt", "rsa_padding_mode:pss");
  expect(() => readCertificateRequest(pss)).toThrow(SignatureAlgorithmError);
  expect(() => readCertificateRequest(pss)).toThrow("1.2.840.113549.1.1.10");
});

test.each<[string, () => string, RegExp]>([
  ["empty", () => "", /no certificate signing request/],
  ["prose", () => "see the attached file", /no certificate signing request/],
  ["a certificate", () => openssl.selfSigned("ed25519", "/CN=a").certificate, /holds a CERTIFICATE, not/],
  ["a key", () => key, /holds a PRIVATE KEY, not/],
  ["two requests", () => request + request, /more than/],
  ["version 7", () => withVersion(request, 7, key), /version 07/],
  ["cut short", () => truncated(), /malformed/],
  ["base64 of something else", () => Buffer.from("nothing like a request").toString("base64"), /malformed/],
  ["broken armour", () => request.replace("-----END", "----END"), /malformed/],
])("a text that is no request is refused: %s", (_, text, message) => {
  expect(() => readCertificateRequest(text())).toThrow(CertificateRequestError);
  expect(() => readCertificateRequest(text())).toThrow(message);
});

test("every request cut short is refused with a typed error", () => {
  const der = readPem(request)[0]?.der ?? Buffer.alloc(0);
  for (let length = 1; length < der.length; length += 7) {
    const text = writePem("CERTIFICATE REQUEST", der.subarray(0, length));
    expect(() => readCertificateRequest(text)).toThrow(CertificateRequestError);
  }
});

test("openssl too verifies the request of version 2 that these tests build", () => {
  const text = withVersion(request, 2, key);
  const { status, stderr } = openssl.attempt("req", "-in", openssl.file(text), "-verify", "-noout");
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining("OK") });
  const shown = openssl.run("req", "-in", openssl.file(text), "-noout", "-text");
  expect(shown).toMatch(/Version: .*\(2\)/);
});

function truncated(): string {
  const der = readPem(request)[0]?.der ?? Buffer.alloc(0);
  return writePem("CERTIFICATE REQUEST", der.subarray(0, der.length - 5));
}
