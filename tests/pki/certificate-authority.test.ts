import { UNKNOWN } from "../../provider/core/unknown";
import { certificateAuthority } from "../../provider/systems/certificates/certificate-authority/certificate-authority";
import type { CertificateAuthorityInputs } from "../../provider/systems/certificates/certificate-authority/resource";
import { Openssl } from "../kit/openssl";
import { Offline } from "./context";

const SUBJECT = {
  commonName: "Zürich Lab CA",
  organization: "Example, Inc.",
  country: "CH",
  emailAddress: "ca@example.com",
};
const DAY = 24 * 60 * 60 * 1000;

const openssl = new Openssl();
let context: Offline;

beforeEach(() => {
  context = new Offline();
});

afterAll(() => openssl.dispose());

const base = { subject: SUBJECT };

async function checked(
  more: object,
  olds: Partial<CertificateAuthorityInputs> = {},
): Promise<CertificateAuthorityInputs> {
  const { inputs, failures } = await context.drive(certificateAuthority).check(olds, { ...base, ...more });
  expect(failures).toEqual([]);
  return inputs;
}

const created = async (more: object = { keyAlgorithm: "ECDSA" }) =>
  context.drive(certificateAuthority).create(await checked(more));

test("defaults are filled in", async () => {
  expect(await checked({})).toMatchObject({ keyAlgorithm: "RSA", rsaBits: 3072, validityDays: 3650 });
  expect(await checked({ keyAlgorithm: "ECDSA" })).toMatchObject({ ecdsaCurve: "P256", validityDays: 3650 });
  expect(await checked({ ecdsaCurve: "P384" })).toMatchObject({ keyAlgorithm: "ECDSA" });
});

test("what is recorded comes before a default", async () => {
  expect(await checked({}, { keyAlgorithm: "RSA", rsaBits: 2048 })).toMatchObject({ rsaBits: 2048 });
  expect(await checked({}, { keyAlgorithm: "ECDSA", ecdsaCurve: "P384" })).toMatchObject({ ecdsaCurve: "P384" });
});

test.each<[property: string, more: object, reason: RegExp]>([
  ["subject.commonName", { subject: { organization: "Example" } }, /must have a name/],
  ["subject.country", { subject: { commonName: "a", country: "CHE" } }, /two letters/],
  ["subject", { subject: "CN=a" }, /object/],
  ["keyAlgorithm", { keyAlgorithm: "DSA" }, /"RSA" or "ECDSA"/],
  ["rsaBits", { rsaBits: 1024 }, /from 2048/],
  ["rsaBits", { rsaBits: 2048.5 }, /whole number/],
  ["rsaBits", { keyAlgorithm: "ECDSA", rsaBits: 3072 }, /only for keyAlgorithm RSA/],
  ["ecdsaCurve", { keyAlgorithm: "ECDSA", ecdsaCurve: "toString" }, /"P256" or "P384"/],
  ["ecdsaCurve", { keyAlgorithm: "RSA", ecdsaCurve: "P256" }, /only for keyAlgorithm ECDSA/],
  ["validityDays", { validityDays: 0 }, /from 1/],
  ["validityDays", { validityDays: "10" }, /whole number/],
])("check refuses %s of %j", async (property, more, reason) => {
  const { failures } = await context
    .drive(certificateAuthority)
    .check({}, { ...base, ...more } as CertificateAuthorityInputs);
  expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
});

test.each(["subject", "keyAlgorithm", "rsaBits", "validityDays"])("check passes an unknown %s", async (input) => {
  await checked({ [input]: UNKNOWN });
});

test.each<[string, object, algorithm: string, key: string]>([
  ["RSA", { rsaBits: 2048 }, "sha256WithRSAEncryption", "(2048 bit)"],
  ["P-256", { ecdsaCurve: "P256" }, "ecdsa-with-SHA256", "NIST CURVE: P-256"],
  ["P-384", { ecdsaCurve: "P384" }, "ecdsa-with-SHA384", "NIST CURVE: P-384"],
])("openssl takes what was made for an authority: %s", async (_, more, algorithm, key) => {
  const { id, outputs } = await created(more);
  const file = openssl.file(outputs.certificate);
  const at = String(Math.floor(context.clock.now().getTime() / 1000));
  const verified = openssl.run("verify", "-x509_strict", "-check_ss_sig", "-attime", at, "-CAfile", file, file);
  expect(verified).toContain("OK");
  const text = openssl.run("x509", "-in", file, "-noout", "-text", "-nameopt", "utf8,sep_comma_plus_space");
  expect(text).toContain("Version: 3 (0x2)");
  expect(text.split(`Signature Algorithm: ${algorithm}`)).toHaveLength(3);
  expect(text).toContain(key);
  expect(text).toMatch(/X509v3 Basic Constraints: critical\s+CA:TRUE\n/);
  expect(text).toMatch(/X509v3 Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
  expect(text).toMatch(/X509v3 Subject Key Identifier:/);
  expect(text).toContain("Subject: CN=Zürich Lab CA, O=Example, Inc., C=CH, emailAddress=ca@example.com");
  expect(openssl.run("asn1parse", "-in", file)).toMatch(/IA5STRING\s+:ca@example.com/);
  expect(openssl.run("asn1parse", "-in", file)).toMatch(/PRINTABLESTRING\s+:CH/);
  expect(outputs.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  expect(id).toBe(openssl.keyFingerprint(outputs.privateKey));
  expect(outputs).toMatchObject({ stateVersion: 1, publicKeyFingerprint: id });
});

test("the algorithm identifiers are exact: NULL with RSA, nothing with ECDSA", async () => {
  const shown = async (more: object) =>
    openssl.run("asn1parse", "-in", openssl.file((await created(more)).outputs.certificate));
  expect((await shown({ rsaBits: 2048 })).match(/:sha256WithRSAEncryption\n.*NULL/g)).toHaveLength(2);
  expect((await shown({ ecdsaCurve: "P256" })).match(/:ecdsa-with-SHA256\n.*(SEQUENCE|BIT STRING)/g)).toHaveLength(2);
});

test("validity begins a little early, and passes the year 2050", async () => {
  const { outputs } = await created({ ecdsaCurve: "P256", validityDays: 36_500 });
  const now = context.clock.now().getTime();
  expect(now - new Date(outputs.notBefore).getTime()).toBeGreaterThanOrEqual(5 * 60 * 1000);
  expect(now - new Date(outputs.notBefore).getTime()).toBeLessThan(5 * 60 * 1000 + 1000);
  const end = openssl.run("x509", "-in", openssl.file(outputs.certificate), "-noout", "-enddate").split("=")[1] ?? "";
  expect(new Date(end).toISOString()).toBe(outputs.notAfter);
  expect(Math.round((new Date(end).getTime() - now) / DAY)).toBe(36_500);
});

test("two authorities have their own serial numbers of 128 bits, positive", async () => {
  const serials = await Promise.all([1, 2].map(async () => (await created()).outputs.serialNumber));
  expect(new Set(serials).size).toBe(2);
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
});

test.each<[string, object, replaces: string[]]>([
  ["another subject", { subject: { commonName: "Other" } }, ["subject"]],
  ["a field of the subject gone", { subject: { commonName: SUBJECT.commonName } }, ["subject"]],
  ["another curve", { ecdsaCurve: "P384" }, ["ecdsaCurve"]],
  ["another algorithm", { keyAlgorithm: "RSA", ecdsaCurve: undefined }, ["keyAlgorithm", "rsaBits", "ecdsaCurve"]],
])("a replacement: %s", async (_, more, replaces) => {
  const { id, outputs } = await created();
  const news = await checked({ keyAlgorithm: "ECDSA", ...more }, outputs);
  expect(await context.drive(certificateAuthority).diff(id, outputs, news)).toEqual({ differing: replaces, replaces });
});

test("equal inputs change nothing, in whatever order the subject stands", async () => {
  const { id, outputs } = await created();
  const subject = Object.fromEntries(Object.entries(SUBJECT).reverse());
  const news = await checked({ keyAlgorithm: "ECDSA", subject }, outputs);
  expect(await context.drive(certificateAuthority).diff(id, outputs, news)).toEqual({ differing: [], replaces: [] });
  expect(context.warnings).toEqual([]);
});

test("an unknown input is a change and no replacement", async () => {
  const { id, outputs } = await created();
  const news = { ...base, subject: { commonName: UNKNOWN } };
  expect(await context.drive(certificateAuthority).diff(id, outputs, news)).toEqual({ differing: ["subject"] });
});

test("another validity issues the certificate anew under the same key: what was signed still verifies", async () => {
  const { id, outputs } = await created();
  const request = openssl.request(openssl.key("p256"), "/CN=client");
  const client = openssl.sign(
    request,
    { certificate: outputs.certificate, key: outputs.privateKey },
    "authorityKeyIdentifier = keyid:always",
  );
  context.moveDays(3);
  const news = await checked({ keyAlgorithm: "ECDSA", validityDays: 7300 }, outputs);
  expect(await context.drive(certificateAuthority).diff(id, outputs, news)).toEqual({
    differing: ["validityDays"],
    replaces: [],
  });
  expect(context.plans).toEqual([expect.stringContaining("what it signed stays valid")]);
  const renewed = await context.drive(certificateAuthority).update(id, outputs, news);
  expect(renewed).toMatchObject({ privateKey: outputs.privateKey, publicKeyFingerprint: id, validityDays: 7300 });
  expect(renewed.serialNumber).not.toBe(outputs.serialNumber);
  const at = String(Math.floor(context.clock.now().getTime() / 1000));
  expect(
    openssl.run("verify", "-attime", at, "-CAfile", openssl.file(renewed.certificate), openssl.file(client)),
  ).toContain("OK");
});

test("an authority near its end is a warning", async () => {
  const { id, outputs } = await created();
  context.moveTo(new Date(outputs.notAfter).getTime() - 30 * DAY);
  await context.drive(certificateAuthority).diff(id, outputs, await checked({ keyAlgorithm: "ECDSA" }, outputs));
  expect(context.warnings).toEqual([expect.stringContaining(outputs.notAfter)]);
});

test("read answers with what is recorded", async () => {
  const inputs = await checked({ keyAlgorithm: "ECDSA" });
  const { id, outputs } = await context.drive(certificateAuthority).create(inputs);
  expect(await context.drive(certificateAuthority).read(id, outputs)).toEqual({ id, inputs, outputs });
});
