import { PemError, readPem, writePem } from "../../provider/pki";

const BODY = "MAMCAQU=";
const DER = Buffer.from("3003020105", "hex");
const BLOCK = `-----BEGIN CERTIFICATE-----\n${BODY}\n-----END CERTIFICATE-----\n`;

test.each<[spelling: string, text: string]>([
  ["as written", BLOCK],
  ["CRLF", BLOCK.replace(/\n/g, "\r\n")],
  ["CR alone", BLOCK.replace(/\n/g, "\r")],
  ["no final newline", BLOCK.trimEnd()],
  ["leading text", `subject=CN = storage\nissuer=CN = root\n\n${BLOCK}`],
  ["trailing text", `${BLOCK}# the end`],
  ["trailing blanks on each line", BLOCK.replace(/\n/g, "  \n")],
  ["a byte order mark", `\ufeff${BLOCK}`],
  ["a line of dashes", `${"-".repeat(30)}\n${BLOCK}${"-".repeat(5)}\n`],
  ["a title within dashes", `# ----- Example root (until 2036) -----\n${BLOCK}`],
  ["a title that says BEGIN and END", `----- BEGIN Example -----\n${BLOCK}----- END Example -----\n`],
  ["a title that is cut off", `-----BEGIN of the list\n${BLOCK}`],
  ["an END line too many", `-----END CERTIFICATE-----\n${BLOCK}-----END CERTIFICATE-----\n`],
  ["a block in comments", `${BLOCK.replace(/^(?=.)/gm, "# ")}${BLOCK}`],
  ["text that is no UTF-8", `# Zertifikat f\ufffdr M\ufffdnchen\n${BLOCK}`],
  ["control characters around it", `friendlyName: \x01\x1b[1m\n${BLOCK}`],
  ["short lines", `-----BEGIN CERTIFICATE-----\nMAMC\nAQU=\n-----END CERTIFICATE-----`],
])("a block is read whatever its spelling: %s", (_, text) => {
  expect(readPem(text)).toEqual([{ label: "CERTIFICATE", der: DER }]);
});

test("blocks keep their order and labels", () => {
  expect(readPem(`${BLOCK}${BLOCK.replaceAll("CERTIFICATE", "X509 CRL")}`).map(({ label }) => label)).toEqual([
    "CERTIFICATE",
    "X509 CRL",
  ]);
});

test("a text without blocks has none", () => {
  expect(readPem("nothing here\n")).toEqual([]);
});

test("headers of an encrypted key are no base64", () => {
  const text = `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n${BODY}\n-----END RSA PRIVATE KEY-----\n`;
  expect(readPem(text)).toEqual([{ label: "RSA PRIVATE KEY", der: DER }]);
});

test.each<[fault: string, text: string, message: RegExp]>([
  ["no END line", BLOCK.replace(/-----END.*\n/, ""), /END CERTIFICATE line is missing/],
  ["no BEGIN line", BLOCK.replace(/-----BEGIN.*\n/, ""), /line 2 has END CERTIFICATE out of place/],
  [
    "no BEGIN line, and little on the last one",
    `${"A".repeat(64)}\nAQU=\n-----END CERTIFICATE-----\n`,
    /line 3 has END CERTIFICATE out of place/,
  ],
  ["BEGIN inside a block", `-----BEGIN CERTIFICATE-----\n${BLOCK}`, /line 2 has BEGIN CERTIFICATE out of place/],
  ["labels that differ", BLOCK.replace("END CERTIFICATE", "END KEY"), /ends KEY where CERTIFICATE began/],
  ["four dashes", BLOCK.replace("-----BEGIN", "----BEGIN"), /line 1 is a malformed BEGIN or END line/],
  ["two dashes at the end", BLOCK.replace("E-----", "E--"), /line 1 is a malformed BEGIN or END line/],
  [
    "a damaged block before a whole one",
    `${BLOCK.replace("-----BEGIN", "----BEGIN")}${BLOCK}`,
    /line 1 is a malformed/,
  ],
  ["a block without its BEGIN line after a whole one", `${BLOCK}${BLOCK.replace(/.*\n/, "")}`, /line 5 has END CERT/],
  ["a separator within a block", BLOCK.replace(BODY, `MAMC\n--------\nAQU=`), /line 3 is a malformed/],
  ["a quotation mark before it", `caCertificate: "${BLOCK}"`, /line 1 is a malformed/],
  ["UTF-16", Buffer.from(`\ufeff${BLOCK}`, "utf16le").toString("utf8"), /encoded in UTF-16/],
  ["UTF-16 after UTF-8", BLOCK + Buffer.from(BLOCK, "utf16le").swap16().toString("utf8"), /encoded in UTF-16/],
  ["a label of OpenSSL's alone", BLOCK.replaceAll("CERTIFICATE", "Example root"), /line 1 is a malformed/],
  ["escaped newlines", BLOCK.replace(/\n/g, "\\n"), /line 1 is a malformed/],
  ["everything on one line", BLOCK.replace(/\n/g, " "), /line 1 is a malformed/],
  ["an empty body", BLOCK.replace(BODY, ""), /is empty/],
  ["a character outside the alphabet", BLOCK.replace("MAMC", "MAM*"), /is malformed/],
  ["the URL alphabet", BLOCK.replace("MAMC", "MA-_"), /is malformed/],
  ["missing padding", BLOCK.replace("=", ""), /is malformed/],
  ["data after padding", BLOCK.replace(BODY, `${BODY}AAAA`), /is malformed/],
  ["unused bits that are set", BLOCK.replace("AQU=", "AQV="), /is malformed/],
])("broken armour or base64 is refused: %s", (_, text, message) => {
  expect(() => readPem(text)).toThrow(PemError);
  expect(() => readPem(text)).toThrow(message);
});

test("what is written is read again, in lines of 64 characters", () => {
  const der = Buffer.alloc(1000, 7);
  const pem = writePem("CERTIFICATE", der);
  expect(readPem(pem)).toEqual([{ label: "CERTIFICATE", der }]);
  expect(Math.max(...pem.split("\n").map((line) => line.length))).toBe(64);
});
