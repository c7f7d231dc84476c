import type { Findings } from "../../provider/core/lifecycle";
import { UNKNOWN } from "../../provider/core/unknown";
import { checkCaCertificate, checkClientCertificate, sameChains } from "../../provider/pki";
import { type KeyAndCertificate, Openssl } from "../kit/openssl";

const DAY = 24 * 60 * 60 * 1000;
const CLIENT = "extendedKeyUsage = clientAuth\nbasicConstraints = CA:FALSE";

const openssl = new Openssl();
/** A little later than the certificates that the tests make. */
const now = new Date(Date.now() + 60 * 60 * 1000);
const inDays = (days: number): Date => new Date(now.getTime() + days * DAY);

let root: KeyAndCertificate;
let request: string;
let client: string;

beforeAll(() => {
  root = openssl.selfSigned("p256", "/CN=Root", "-days", "100");
  request = openssl.request(openssl.key("p256"), "/CN=client");
  client = openssl.sign(request, root, CLIENT, "-days", "10");
});

afterAll(() => openssl.dispose());

const AUTHORITY = "basicConstraints = critical, CA:TRUE\nkeyUsage = keyCertSign";

const stranger = () => openssl.selfSigned("p256", "/CN=Stranger").certificate;

const newIssuing = (extensions: string, ...more: string[]): KeyAndCertificate => {
  const key = openssl.key("p256");
  const signed = openssl.sign(openssl.request(key, "/CN=Issuing"), root, extensions, ...more);
  return { key, certificate: signed };
};

/** A client's certificate and the authority between it and the root, made with these extensions. */
const issuedBelow = (extensions: string, ...more: string[]): string => {
  const issuer = newIssuing(extensions, ...more);
  return openssl.sign(request, issuer, CLIENT, "-days", "10") + issuer.certificate;
};

let below: { own: string; issuing: string; root: string } | undefined;

/** Parts of one chain of three. */
function chain(...parts: ("own" | "issuing" | "root")[]): string {
  if (below === undefined) {
    const issuing = newIssuing(AUTHORITY, "-days", "50");
    const own = openssl.sign(request, issuing, CLIENT, "-days", "10");
    below = { own, issuing: issuing.certificate, root: root.certificate };
  }
  return parts.map((part) => below?.[part]).join("");
}

/** All that deserves to be said is a warning. */
function told({ failures, lines }: Findings) {
  expect(lines.filter(({ severity }) => severity !== "warning")).toEqual([]);
  return { failures, warnings: lines.map(({ text }) => text) };
}

const checkClient = (pem: unknown, at = now, accepted?: string) =>
  told(checkClientCertificate(pem, { property: "clientCertificate", now: at, accepted }));

const checkCa = (pem: unknown, at = now, accepted?: string) =>
  told(checkCaCertificate(pem, { property: "caCertificate", now: at, accepted }));

const nothing = { failures: [], warnings: [] };

test.each<[string, () => unknown]>([
  ["a client certificate", () => client],
  ["without any extended key usage", () => openssl.sign(request, root, "basicConstraints = CA:FALSE")],
  ["for any extended key usage", () => openssl.sign(request, root, "extendedKeyUsage = anyExtendedKeyUsage")],
  ["for client and server", () => openssl.sign(request, root, "extendedKeyUsage = serverAuth, clientAuth")],
  ["CRLF and no final newline", () => client.trimEnd().replace(/\n/g, "\r\n")],
  ["what openssl prints above it", () => openssl.run("x509", "-in", openssl.file(client), "-text")],
  ["its issuer after it", () => client + root.certificate],
  ["an issuing authority after it", () => chain("own", "issuing")],
  [
    "all of its issuers after it, with text around them",
    () => `Bag\n${chain("own", "issuing")}-----\n${chain("root")}`,
  ],
  ["an unknown value", () => UNKNOWN],
])("a client certificate passes: %s", (_, pem) => {
  expect(checkClient(pem())).toEqual(nothing);
});

test.each<[string, () => unknown, RegExp]>([
  ["empty", () => "", /empty/],
  ["blanks", () => " \n", /empty/],
  ["no string", () => 7, /must be a certificate/],
  [
    "its issuer first",
    () => root.certificate + client,
    /holds 2 certificates .* stand in another order: give the client's/,
  ],
  ["itself twice", () => client + client, /holds 2 certificates .*"CN=client" is there twice/],
  ["a stranger after it", () => client + stranger(), /"CN=client" was not issued by certificate "CN=Stranger"/],
  ["an issuer's issuer alone", () => chain("own", "root"), /"CN=client" was not issued by certificate "CN=Root"/],
  ["issuers in another order", () => chain("own", "root", "issuing"), /holds 3 certificates .* in another order/],
  [
    "a stranger after its issuer",
    () => chain("own", "issuing") + stranger(),
    /"CN=Issuing" was not issued by .*Stranger/,
  ],
  [
    "a namesake of its issuer",
    () => chain("own") + openssl.selfSigned("p256", "/CN=Issuing").certificate,
    /"CN=client" was not issued by certificate "CN=Issuing"/,
  ],
  [
    "an issuer that is no authority",
    () => issuedBelow("basicConstraints = CA:FALSE"),
    /"CN=Issuing" issued what stands before it, and is no certificate authority/,
  ],
  ["for servers only", () => openssl.sign(request, root, "extendedKeyUsage = serverAuth"), /not for client/],
  [
    "an RSA key of 1024 bits",
    () => openssl.sign(openssl.request(openssl.key("rsa1024"), "/CN=a"), root, CLIENT),
    /1024 bits/,
  ],
  ["signed with SHA-1", () => openssl.sign(request, root, CLIENT, "-sha1"), /ecdsa-with-SHA1/],
])("a client certificate is refused: %s", (_, pem, reason) => {
  expect(checkClient(pem())).toEqual({
    failures: [{ property: "clientCertificate", reason: expect.stringMatching(reason) }],
    warnings: [],
  });
});

test.each<[string, () => string, RegExp]>([
  ["DER read as text", () => openssl.der(client, "x509").toString("utf8"), /binary \(DER\)/],
  ["DER read as bytes", () => openssl.der(client, "x509").toString("latin1"), /binary \(DER\)/],
  ["bare base64", () => client.replace(/-----.*-----\n/g, ""), /without its BEGIN CERTIFICATE/],
  ["prose", () => "in the vault", /no PEM block/],
  ["broken armour", () => client.replace("-----END", "--END"), /malformed BEGIN or END/],
  ["a request", () => request, /certificate signing request/],
])("a text that is no certificate is refused without being shown: %s", (_, pem, reason) => {
  for (const check of [checkClient, checkCa]) {
    const { failures } = check(pem());
    expect(failures).toEqual([{ property: "", reason: expect.stringMatching(reason) }]);
    expect(failures[0]?.reason).toMatch(/^(client|ca)Certificate: /);
  }
});

test.each<[string, (key: string) => string]>([
  ["alone", (key) => key],
  ["after the certificate", (key) => client + key],
  ["with broken armour", (key) => key.replace("-----BEGIN", "----BEGIN")],
  ["RSA's own format", (key) => key.replaceAll("PRIVATE KEY", "RSA PRIVATE KEY")],
])("a private key is named, and nothing of it is shown: %s", (_, spell) => {
  for (const check of [checkClient, checkCa]) {
    const { failures } = check(spell(root.key));
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^(client|ca)Certificate: holds a private key/) },
    ]);
  }
});

test("a certificate is taken from five minutes before its first to its last second", () => {
  const [, start = "", end = ""] =
    /notBefore=(.*)\nnotAfter=(.*)/.exec(openssl.run("x509", "-in", openssl.file(client), "-noout", "-dates")) ?? [];
  const [first, last] = [new Date(start), new Date(end)];
  const reasons = (at: number) => checkClient(client, new Date(at)).failures.map(({ reason }) => reason);
  expect(reasons(first.getTime())).toEqual([]);
  expect(reasons(last.getTime())).toEqual([]);
  expect(checkClient(client, first)).toEqual(nothing);
  for (const early of [1, 40_000, 5 * 60_000]) {
    expect(checkClient(client, new Date(first.getTime() - early))).toEqual({
      failures: [],
      warnings: [
        expect.stringMatching(
          `^clientCertificate: .* is not valid before ${first.toISOString()}, in ${Math.ceil(early / 1000)} s by the clock`,
        ),
      ],
    });
  }
  expect(reasons(first.getTime() - 5 * 60_000 - 1)).toEqual([
    expect.stringContaining(`not valid before ${first.toISOString()}`),
  ]);
  expect(reasons(last.getTime() + 1)).toEqual([expect.stringContaining(`expired at ${last.toISOString()}`)]);
});

test("a certificate that expired after it was accepted is a warning, whatever its spelling", () => {
  const later = inDays(11);
  expect(checkClient(client, later, client.replace(/\n/g, "\r\n"))).toEqual({
    failures: [],
    warnings: [expect.stringMatching(/^clientCertificate: .*expired/)],
  });
  expect(checkClient(client, later, root.certificate).failures).toHaveLength(1);
});

test("whatever is wrong with a certificate that was accepted is a warning", () => {
  const weak = openssl.sign(openssl.request(openssl.key("rsa1024"), "/CN=a"), root, "extendedKeyUsage = serverAuth");
  for (const [accepted, reasons] of [
    [weak, [/not for client/, /1024 bits/]],
    [root.certificate + client, [/holds 2 certificates/]],
  ] as const) {
    expect(checkClient(accepted, now, accepted)).toEqual({
      failures: [],
      warnings: reasons.map((reason) => expect.stringMatching(reason)),
    });
    expect(checkClient(accepted, now, client).failures).toHaveLength(reasons.length);
  }
});

test("the order of a chain that was accepted matters, and its spelling does not", () => {
  const wrong = chain("issuing", "own");
  expect(checkClient(`# a chain\n${wrong.replace(/\n/g, "\r\n")}`, now, wrong).failures).toEqual([]);
  expect(checkClient(wrong, now, chain("own", "issuing")).failures).toHaveLength(1);
  expect(sameChains(chain("own", "issuing", "root"), chain("own", "root", "issuing"))).toBe(true);
  for (const other of [wrong, chain("own"), chain("own", "root"), "garbage"]) {
    expect(sameChains(chain("own", "issuing"), other)).toBe(false);
  }
});

test("the end and the weakness of an issuer are worth a word", () => {
  expect(checkClient(chain("own", "issuing"), inDays(9.5)).warnings).toEqual([
    expect.stringMatching(/"CN=client" ends within a day/),
  ]);
  const weak = issuedBelow(AUTHORITY, "-sha1");
  expect(checkClient(weak)).toEqual({
    failures: [],
    warnings: [expect.stringMatching(/^clientCertificate: certificate "CN=Issuing" is signed with ecdsa-with-SHA1/)],
  });
  const ending = issuedBelow(AUTHORITY, "-days", "3");
  expect(checkClient(ending, inDays(2.9)).warnings).toEqual([
    expect.stringMatching(/"CN=Issuing" ends within a day, .*signed by its successor$/),
  ]);
  expect(checkClient(ending, inDays(4)).failures).toEqual([
    { property: "clientCertificate", reason: expect.stringMatching(/"CN=Issuing" expired at/) },
  ]);
});

test("an authority as client certificate is worth a word", () => {
  expect(checkClient(root.certificate)).toEqual({
    failures: [],
    warnings: [expect.stringContaining("is itself a certificate authority")],
  });
});

test.each<[string, () => unknown]>([
  ["one authority", () => root.certificate],
  ["several authorities", () => root.certificate + openssl.selfSigned("p384", "/CN=Next").certificate],
  ["a root that signed itself with SHA-1", () => openssl.selfSigned("rsa2048", "/CN=Old", "-sha1").certificate],
  ["an unknown value", () => UNKNOWN],
])("an authority's certificate passes: %s", (_, pem) => {
  expect(checkCa(pem())).toEqual(nothing);
});

test.each<[string, () => unknown, RegExp]>([
  ["no authority", () => client, /not marked as a certificate authority/],
  ["an RSA key of 1024 bits", () => openssl.selfSigned("rsa1024", "/CN=Old").certificate, /1024 bits/],
  [
    "an intermediate signed with SHA-1",
    () => openssl.sign(request, root, "basicConstraints = CA:TRUE", "-sha1"),
    /ecdsa-with-SHA1/,
  ],
])("an authority's certificate passes with a warning: %s", (_, pem, warning) => {
  expect(checkCa(pem())).toEqual({ failures: [], warnings: [expect.stringMatching(warning)] });
});

test("one valid authority carries those of other times; without one they are refused", () => {
  const short = openssl.selfSigned("p256", "/CN=Short", "-days", "5").certificate;
  expect(checkCa(short + root.certificate, inDays(6))).toEqual({
    failures: [],
    warnings: [expect.stringMatching(/"CN=Short" expired/)],
  });
  expect(checkCa(short + root.certificate, inDays(101)).failures).toHaveLength(2);
  const begins = Date.parse(
    openssl.run("x509", "-in", openssl.file(short), "-noout", "-startdate").split("=")[1] ?? "",
  );
  expect(checkCa(short, new Date(begins - 40_000))).toEqual({
    failures: [],
    warnings: [expect.stringMatching(/^caCertificate: certificate "CN=Short" is not valid before .*, in 40 s/)],
  });
  expect(checkCa(short, inDays(-1)).failures).toEqual([
    { property: "caCertificate", reason: expect.stringContaining("not valid before") },
  ]);
  expect(checkCa(short, inDays(6), short).failures).toEqual([]);
});

test.each<[what: string, days: number, left: number, warned: boolean]>([
  ["a year, before the last month", 365, 31, false],
  ["a year, in the last month", 365, 29, true],
  ["three months, before the last tenth", 90, 10, false],
  ["three months, in the last tenth", 90, 8, true],
  ["three days, on the second one", 3, 1, false],
  ["three days, in the last hours", 3, 0.2, true],
])("the end of a validity is warned about when it is near: %s", (_, days, left, warned) => {
  const pem = openssl.sign(request, root, CLIENT, "-days", String(days));
  const authority = openssl.selfSigned("p256", "/CN=Ends", "-days", String(days)).certificate;
  const at = inDays(days - left);
  expect(checkClient(pem, at)).toEqual({
    failures: [],
    warnings: warned
      ? [expect.stringMatching(/^clientCertificate: certificate "CN=client" ends (in|within) .*Z: /)]
      : [],
  });
  expect(checkCa(authority, at)).toEqual({
    failures: [],
    warnings: warned ? [expect.stringMatching(/^caCertificate: certificate "CN=Ends" ends (in|within) .*Z: /)] : [],
  });
});
