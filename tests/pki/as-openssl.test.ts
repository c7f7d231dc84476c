import {
  checkCaCertificate,
  checkClientCertificate,
  readCertificateRequest,
  readCertificates,
  sameCertificateRequests,
  sameCertificates,
} from "../../provider/pki";
import { Openssl } from "../kit/openssl";

const openssl = new Openssl();
const [one, two] = [openssl.selfSigned("p256", "/CN=One"), openssl.selfSigned("p256", "/CN=Two")];
const request = openssl.request(openssl.key("p256"), "/CN=storage");
const client = openssl.sign(request, one, "extendedKeyUsage = clientAuth", "-days", "90");
const now = new Date(Date.now() + 60_000);

afterAll(() => openssl.dispose());

/** How many certificates OpenSSL reads. */
function countedByOpenssl(text: string): number {
  const pkcs7 = openssl.run("crl2pkcs7", "-nocrl", "-certfile", openssl.file(text));
  return openssl.run("pkcs7", "-in", openssl.file(pkcs7), "-print_certs", "-noout").match(/subject=/g)?.length ?? 0;
}

/** What a text reads as where its bytes are no UTF-8. */
const latin1AsUtf8 = (text: string): string => Buffer.from(text, "latin1").toString("utf8");

const SURROUNDINGS: readonly [what: string, surround: (a: string, b: string) => string][] = [
  ["separator lines", (a, b) => `# ----- Example root -----\n${a}------------------------------\n${b}`],
  ["a byte order mark", (a, b) => `\ufeff${a}${b}`],
  ["titles that say BEGIN and END", (a, b) => `----- BEGIN One -----\n${a}----- END One -----\n${b}`],
  ["a key of a list in capitals", (a, b) => `-----ROOTS-----\n${a}=====-----=====\n${b}-----`],
  ["comments in Latin-1", (a, b) => latin1AsUtf8(`# Zertifikat für München\r\n${a}# Küche\r\n${b}`)],
  ["bag attributes", (a, b) => `Bag Attributes\n    friendlyName: K\ufffdche ----- 1\n${a}\nsubject=CN=Two\n\n${b}`],
  ["a certificate in comments", (a, b) => `${a.replace(/^(?=.)/gm, "# ")}${a}${b}`],
  ["an END line too many", (a, b) => `${a}-----END CERTIFICATE-----\n${b}`],
];

test.each(SURROUNDINGS)("what stands around certificates does not matter: %s", (_, surround) => {
  const text = surround(one.certificate, two.certificate);
  expect(readCertificates(text)).toHaveLength(countedByOpenssl(text));
  expect(readCertificates(text).map(({ subject }) => subject)).toEqual(["CN=One", "CN=Two"]);
  expect(checkCaCertificate(text, { property: "caCertificate", now })).toEqual({ failures: [], lines: [] });
  expect(sameCertificates(text, one.certificate + two.certificate)).toBe(true);
  const alone = surround("", client);
  expect(checkClientCertificate(alone, { property: "clientCertificate", now }).failures).toEqual([]);
});

test.each(SURROUNDINGS)("what stands around a signing request does not matter: %s", (_, surround) => {
  const text = surround("", request);
  expect(readCertificateRequest(text).subject).toBe("CN=storage");
  expect(sameCertificateRequests(text, request)).toBe(true);
});

const pkcs7 = openssl.run("crl2pkcs7", "-nocrl", "-certfile", openssl.file(one.certificate + two.certificate));

test.each<[what: string, text: () => string | Buffer, named: RegExp]>([
  ["PKCS#7", () => pkcs7, /holds PKCS#7 \(\.p7b\).*`openssl pkcs7 -print_certs`/],
  ["PKCS#7 as a certificate", () => pkcs7.replaceAll("PKCS7", "CERTIFICATE"), /PKCS#7.*`openssl pkcs7 -print_certs`/],
  ["PKCS#7 after text", () => `-----\nsubject=CN=One\n${pkcs7}`, /PKCS#7.*`openssl pkcs7 -print_certs`/],
  ["PKCS#7 after a certificate", () => one.certificate + pkcs7, /PKCS#7.*`openssl pkcs7 -print_certs`/],
  [
    "PKCS#7 without armour",
    () => pkcs7.replace(/-----.*-----\n/g, ""),
    /PKCS#7.*`openssl pkcs7 -inform der -print_cert/,
  ],
  ["PKCS#7 in DER", () => derOf(pkcs7), /PKCS#7.*`openssl pkcs7 -inform der -print_certs`/],
  ["PKCS#12", () => Buffer.from("308204520201033082", "hex"), /PKCS#12.*`openssl pkcs12 -nokeys`/],
  ["DER", () => derOf(one.certificate), /is binary \(DER\): .*`openssl x509 -inform der/],
  ["UTF-16", () => Buffer.from(`\ufeff${one.certificate}`, "utf16le"), /UTF-16.*`iconv -f utf-16 -t utf-8`/],
  ["UTF-16, big endian", () => Buffer.from(one.certificate, "utf16le").swap16(), /UTF-16.*`iconv -f utf-16 -t utf-8`/],
])("what people have in the place of PEM is named, with the way to PEM: %s", (_, text, named) => {
  const given = text();
  for (const read of typeof given === "string" ? [given] : [given.toString("utf8"), given.toString("latin1")]) {
    for (const check of [checkCaCertificate, checkClientCertificate]) {
      const { failures } = check(read, { property: "certificate", now });
      expect(failures).toEqual([{ property: "", reason: expect.stringMatching(named) }]);
      expect(failures[0]?.reason).not.toMatch(/[^\x20-\x7e]/);
    }
  }
});

test("the way out that is named for PKCS#7 in a certificate's armour works", () => {
  const text = openssl.run("pkcs7", "-print_certs", "-in", openssl.file(pkcs7.replaceAll("PKCS7", "CERTIFICATE")));
  expect(readCertificates(text)).toHaveLength(2);
});

test.each<[what: string, text: Buffer, named: RegExp, wayOut: RegExp]>([
  ["UTF-16", Buffer.from(request, "utf16le"), /UTF-16/, /iconv/],
  ["DER", derOf(request), /is binary \(DER\)/, /openssl req -inform der/],
])("a signing request in another form is named: %s", (_, text, named, wayOut) => {
  expect(() => readCertificateRequest(text.toString("utf8"))).toThrow(
    expect.objectContaining({ message: expect.stringMatching(named), wayOut: expect.stringMatching(wayOut) }),
  );
});

function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----.*-----\n/g, ""), "base64");
}
