import { UNKNOWN } from "../../provider/core/unknown";
import { checkClientCertificate, IssuerError, readCertificates } from "../../provider/pki";
import { certificateAuthority } from "../../provider/systems/certificates/certificate-authority/certificate-authority";
import type {
  SignedCertificateInputs,
  SignedCertificateOutputs,
} from "../../provider/systems/certificates/signed-certificate/resource";
import { signedCertificate } from "../../provider/systems/certificates/signed-certificate/signed-certificate";
import { type KeyAndCertificate, type KeyKind, Openssl } from "../kit/openssl";
import { Offline } from "./context";
import { withVersion } from "./request-version";

const DAY = 24 * 60 * 60 * 1000;
const AUTHORITY = "basicConstraints = critical, CA:TRUE\nkeyUsage = keyCertSign";

const openssl = new Openssl();
let root: KeyAndCertificate;
let other: KeyAndCertificate;
let clientKey: string;
let request: string;
let context: Offline;

beforeAll(() => {
  root = openssl.selfSigned("p256", "/CN=Root/O=Example", "-days", "1000");
  other = openssl.selfSigned("p256", "/CN=Other", "-days", "1000");
  clientKey = openssl.key("rsa2048");
  request = openssl.request(clientKey, "/CN=storage-1/O=Example/C=US/emailAddress=ops@example.com");
});

beforeEach(() => {
  context = new Offline();
});

afterAll(() => openssl.dispose());

function args(more: Partial<SignedCertificateInputs> = {}, ca = root): SignedCertificateInputs {
  const authority = { caCertificate: ca.certificate, caPrivateKey: ca.key };
  return { certificateSigningRequest: request, ...authority, ...more } as SignedCertificateInputs;
}

async function checked(news: SignedCertificateInputs, olds: Partial<SignedCertificateInputs> = {}) {
  const { inputs, failures } = await context.drive(signedCertificate).check(olds, news);
  expect(failures).toEqual([]);
  return inputs;
}

const created = async (news = args()) => context.drive(signedCertificate).create(await checked(news));

const verify = (certificate: string, ca: string, ...more: string[]): string =>
  openssl.run(
    ...["verify", "-x509_strict", "-purpose", "sslclient", ...more],
    ...["-attime", String(Math.floor(context.clock.now().getTime() / 1000)), "-CAfile", openssl.file(ca)],
    openssl.file(certificate),
  );

test.each<[authority: KeyKind, client: KeyKind]>([
  ["rsa2048", "rsa2048"],
  ["rsa2048", "p256"],
  ["p256", "rsa2048"],
  ["p384", "rsa2048"],
  ["ed25519", "rsa2048"],
  ["p256", "ed25519"],
])("openssl verifies what an authority of %s signs for a client of %s", async (authority, client) => {
  const ca = openssl.selfSigned(authority, "/CN=CA");
  const key = openssl.key(client);
  const { outputs } = await created(args({ certificateSigningRequest: openssl.request(key, "/CN=client") }, ca));
  expect(verify(outputs.certificate, ca.certificate)).toContain("OK");
  expect(outputs.publicKeyFingerprint).toBe(openssl.keyFingerprint(key));
});

test("the certificate takes subject and key from the request and says what it is for", async () => {
  const { id, outputs } = await created();
  const text = openssl.run(
    "x509",
    "-in",
    openssl.file(outputs.certificate),
    "-noout",
    "-text",
    "-nameopt",
    "utf8,sep_comma_plus_space",
  );
  expect(text).toContain("Subject: CN=storage-1, O=Example, C=US, emailAddress=ops@example.com");
  expect(text).toContain("Issuer: CN=Root, O=Example");
  expect(text).toMatch(/X509v3 Basic Constraints: critical\s+CA:FALSE\n/);
  expect(text).toMatch(/X509v3 Key Usage: critical\s+Digital Signature, Key Encipherment\n/);
  expect(text).toMatch(/X509v3 Extended Key Usage: *\n\s+TLS Web Client Authentication\n/);
  const authority = openssl.run("x509", "-in", openssl.file(root.certificate), "-noout", "-text");
  const [, rootIdentifier] = /Subject Key Identifier: *\n\s+([0-9A-F:]+)/.exec(authority) ?? [];
  const [, authorityIdentifier] = /Authority Key Identifier: *\n\s+([0-9A-F:]+)/.exec(text) ?? [];
  expect(authorityIdentifier).toBe(rootIdentifier);
  expect(outputs).toMatchObject({
    stateVersion: 1,
    subject: "CN=storage-1, O=Example, C=US, emailAddress=ops@example.com",
    issuer: "CN=Root, O=Example",
    serialNumber: id,
    publicKeyFingerprint: openssl.keyFingerprint(clientKey),
    renewalTime: new Date(new Date(outputs.notAfter).getTime() - 30 * DAY).toISOString(),
  });
  expect(id).toMatch(/^[4-7][0-9A-F]{31}$/);
});

test("an authority of ours signs: the two resources fit together", async () => {
  const { inputs } = await context
    .drive(certificateAuthority)
    .check({}, { subject: { commonName: "Ours" }, ecdsaCurve: "P384" });
  const { outputs: ca } = await context.drive(certificateAuthority).create(inputs);
  const { outputs } = await created(args({ caCertificate: ca.certificate, caPrivateKey: ca.privateKey }));
  expect(verify(outputs.certificate, ca.certificate)).toContain("OK");
});

test("a request of version 2, as a cluster writes it, is signed", async () => {
  const { outputs } = await created(args({ certificateSigningRequest: withVersion(request, 2, clientKey) }));
  expect(verify(outputs.certificate, root.certificate)).toContain("OK");
});

test("an intermediate signs, in whatever order its chain stands", async () => {
  const key = openssl.key("p256");
  const certificate = openssl.sign(openssl.request(key, "/CN=Intermediate"), root, AUTHORITY, "-days", "500");
  for (const caCertificate of [certificate + root.certificate, root.certificate + certificate]) {
    const { outputs } = await created(args({ caCertificate, caPrivateKey: key }));
    expect(outputs.issuer).toBe("CN=Intermediate");
    expect(verify(outputs.certificate, root.certificate, "-untrusted", openssl.file(certificate))).toContain("OK");
  }
});

test("an authority that gives itself no key identifier, or one of its own making, signs", async () => {
  for (const identifier of ["none", "01:02:03"]) {
    const key = openssl.key("p256");
    const extensions = identifier === "none" ? AUTHORITY : `${AUTHORITY}\nsubjectKeyIdentifier = ${identifier}`;
    const certificate = openssl.sign(openssl.request(key, "/CN=Intermediate"), root, extensions, "-days", "500");
    const { outputs } = await created(args({ caCertificate: certificate, caPrivateKey: key }));
    expect(verify(outputs.certificate, certificate, "-partial_chain")).toContain("OK");
  }
});

test("validity stays within the authority's", async () => {
  context.moveTo(Math.floor(Date.now() / 1000) * 1000 + 120_000);
  const { outputs } = await created(args({ validityDays: 5000 }));
  const [, start = "", end = ""] =
    /notBefore=(.*)\nnotAfter=(.*)/.exec(
      openssl.run("x509", "-in", openssl.file(root.certificate), "-noout", "-dates"),
    ) ?? [];
  expect(outputs.notBefore).toBe(new Date(start).toISOString());
  expect(outputs.notAfter).toBe(new Date(end).toISOString());
});

test.each<[moment: string, offset: number, differing: string[]]>([
  ["a second before the renewal", -1000, []],
  ["a millisecond before it", -1, []],
  ["exactly at it", 0, ["renewalDue"]],
  ["after it", 1, ["renewalDue"]],
  ["long after the end", 60 * DAY, ["renewalDue"]],
])("time decides in diff: %s", async (_, offset, differing) => {
  const { id, outputs } = await created(args({ validityDays: 90 }));
  context.moveTo(new Date(outputs.renewalTime).getTime() + offset);
  const news = await checked(args({ validityDays: 90 }), outputs);
  expect(await context.drive(signedCertificate).diff(id, outputs, news)).toEqual({ differing });
});

test("a renewal signs the same key anew, in place, once", async () => {
  const { id, outputs } = await created(args({ validityDays: 90 }));
  context.moveTo(outputs.renewalTime);
  const news = await checked(args({ validityDays: 90 }), outputs);
  const renewed = await context.drive(signedCertificate).update(id, outputs, news);
  expect(renewed.serialNumber).not.toBe(outputs.serialNumber);
  expect(renewed.publicKeyFingerprint).toBe(outputs.publicKeyFingerprint);
  expect(new Date(renewed.notAfter).getTime()).toBeGreaterThan(new Date(outputs.notAfter).getTime());
  expect(verify(renewed.certificate, root.certificate)).toContain("OK");
  expect(await context.drive(signedCertificate).diff(id, renewed, news)).toEqual({ differing: [] });
});

test("a certificate that ends with its authority is not signed again at every run: a warning says so", async () => {
  const short = openssl.selfSigned("p256", "/CN=Short", "-days", "20");
  const { id, outputs } = await created(args({}, short));
  expect(new Date(outputs.renewalTime).getTime()).toBeLessThan(context.clock.now().getTime());
  context.warnings.length = 0;
  const news = await checked(args({}, short), outputs);
  expect(await context.drive(signedCertificate).diff(id, outputs, news)).toEqual({ differing: [] });
  expect(context.warnings).toEqual([expect.stringContaining("no renewal lasts longer")]);
});

test("what is known of a certificate before it is signed stands beside the PEM texts", async () => {
  const inputs = await checked(args());
  expect(inputs).toMatchObject({
    subject: expect.stringContaining("CN=storage-1"),
    issuer: "CN=Root, O=Example",
    publicKeyFingerprint: openssl.keyFingerprint(clientKey),
    caCertificateDescriptions: [
      { subject: "CN=Root, O=Example", fingerprint256: expect.stringMatching(/^[0-9A-F:]{95}$/) },
    ],
  });
  const { outputs } = await created();
  expect(outputs).toMatchObject({ subject: inputs.subject, issuer: inputs.issuer });
  expect(await checked(args({ certificateSigningRequest: UNKNOWN, caPrivateKey: UNKNOWN }))).toMatchObject({
    subject: UNKNOWN,
    issuer: UNKNOWN,
    publicKeyFingerprint: UNKNOWN,
    caCertificateDescriptions: inputs.caCertificateDescriptions,
  });
});

test.each<[why: string, differing: string, change: () => Partial<SignedCertificateInputs>, days: number]>([
  ["it ends in 28 days", "renewalDue", () => ({}), 336],
  ["it has ended", "renewalDue", () => ({}), 366],
  ["validityDays: 365 → 90", "validityDays", () => ({ validityDays: 90 }), 1],
  [
    "another authority's certificate signs",
    "caCertificate",
    () => ({ caCertificate: other.certificate, caPrivateKey: other.key }),
    1,
  ],
  [
    "the request is for another key or subject",
    "certificateSigningRequest",
    () => ({ certificateSigningRequest: openssl.request(clientKey, "/CN=storage-2") }),
    1,
  ],
])("the plan says that it signs anew, and why: %s", async (why, differing, change, days) => {
  const { id, outputs } = await created();
  expect(context.plans.splice(0)).toEqual([`will sign a certificate, which ends on ${outputs.notAfter.slice(0, 10)}`]);
  context.moveDays(days);
  const news = await checked(args(change()), outputs);
  expect(await context.drive(signedCertificate).diff(id, outputs, news)).toEqual({ differing: [differing] });
  const ends = new Date(context.clock.now().getTime() + (news.validityDays ?? 0) * DAY).toISOString().slice(0, 10);
  expect(context.plans).toEqual([
    `will sign a new certificate, which ends on ${ends}, in place of "${outputs.subject}" (serial number ${outputs.serialNumber}, ends ${outputs.notAfter}): ${why}`,
  ]);
  await context.drive(signedCertificate).update(id, outputs, news);
  expect(context.facts).toEqual([
    `signed a certificate, which ends on ${outputs.notAfter.slice(0, 10)}`,
    context.plans[0]?.replace("will sign", "signed"),
  ]);
});

test("another window for the renewal is no change, so that nobody waits for a certificate: the plan says so once", async () => {
  const { id, outputs } = await created();
  const before = await checked(args());
  context.facts.length = 0;
  const news = await checked(args({ earlyRenewalDays: 10 }), before);
  expect(await context.drive(signedCertificate).diff(id, outputs, news)).toEqual({ differing: [] });
  expect(context.facts).toEqual([
    "earlyRenewalDays: 30 → 10: moves the day of the next renewal, and changes nothing else",
  ]);
  await checked(args({ earlyRenewalDays: 10 }), news);
  expect(context.facts).toHaveLength(1);
});

test("another window for the renewal counts from then on", async () => {
  const { id, outputs } = await created();
  context.moveTo(new Date(outputs.notAfter).getTime() - 40 * DAY);
  for (const [earlyRenewalDays, differing] of [
    [39, []],
    [41, ["renewalDue"]],
  ] as const) {
    const news = await checked(args({ earlyRenewalDays }), outputs);
    expect(await context.drive(signedCertificate).diff(id, outputs, news)).toEqual({ differing });
  }
});

describe("renewalTriggers", () => {
  const inPlan = async (before: Record<string, string> | undefined, after: Record<string, string> | undefined) => {
    const { id, outputs } = await created(args({ renewalTriggers: before }));
    context.plans.length = 0;
    const news = await checked(args({ renewalTriggers: after }), outputs);
    const { differing } = await context.drive(signedCertificate).diff(id, outputs, news);
    const changes = differing.includes("renewalTriggers");
    const updated = changes ? await context.drive(signedCertificate).update(id, outputs, news) : outputs;
    expect(changes).toBe(updated.serialNumber !== outputs.serialNumber);
    const again = await context.drive(signedCertificate).diff(id, updated, news);
    expect(again).toEqual({ differing: [] });
    return context.plans.join();
  };

  test.each<[string, Record<string, string> | undefined, Record<string, string>, names: string]>([
    ["changed", { leak: "1" }, { leak: "2" }, "leak"],
    ["added to none", undefined, { leak: "1" }, "leak"],
    ["added to others", { a: "1" }, { a: "1", b: "1" }, "b"],
    ["called like what every object has", {}, { constructor: "1" }, "constructor"],
  ])("%s: the certificate is signed anew, once, and no value is printed", async (_how, before, after, names) => {
    expect(await inPlan(before, after)).toMatch(
      new RegExp(`^will sign a new certificate.*: renewalTriggers: ${names}$`),
    );
  });

  test.each<[string, Record<string, string>, Record<string, string> | undefined]>([
    ["equal", { a: "1" }, { a: "1" }],
    ["one left out", { a: "1", b: "1" }, { a: "1" }],
    ["all left out", { a: "1" }, undefined],
  ])("%s: nothing is signed", async (_how, before, after) => {
    expect(await inPlan(before, after)).toBe("");
  });

  test("that are no texts are refused without being printed", async () => {
    const news = args({ renewalTriggers: { leak: 4711 as never } });
    const { failures } = await context.drive(signedCertificate).check({}, news);
    expect(failures).toEqual([{ property: "", reason: "renewalTriggers must be an object of texts" }]);
  });
});

test.each<[string, () => Partial<SignedCertificateInputs>]>([
  ["CRLF in the request", () => ({ certificateSigningRequest: request.replace(/\n/g, "\r\n") })],
  ["no armour", () => ({ certificateSigningRequest: request.replace(/-----.*-----\n/g, "") })],
  ["a request signed anew", () => ({ certificateSigningRequest: withVersion(request, 2, clientKey) })],
  ["CRLF in the authority", () => ({ caCertificate: root.certificate.replace(/\n/g, "\r\n") })],
  ["an authority more in the chain", () => ({ caCertificate: other.certificate + root.certificate })],
  ["another format of the key", () => ({ caPrivateKey: openssl.run("ec", "-in", openssl.file(root.key)) })],
])("a respelling changes nothing: %s", async (_, more) => {
  const { id, outputs } = await created();
  const news = await checked(args(more()), outputs);
  expect(await context.drive(signedCertificate).diff(id, outputs, news)).toEqual({ differing: [] });
});

test.each<[string, differing: string, () => SignedCertificateInputs]>([
  [
    "another key",
    "certificateSigningRequest",
    () => args({ certificateSigningRequest: openssl.request(openssl.key("rsa2048"), "/CN=storage-1") }),
  ],
  [
    "another subject",
    "certificateSigningRequest",
    () => args({ certificateSigningRequest: openssl.request(clientKey, "/CN=storage-2") }),
  ],
  ["another authority", "caCertificate", () => args({}, other)],
  ["another validity", "validityDays", () => args({ validityDays: 100 })],
])("a change signs anew in place: %s", async (_, differing, news) => {
  const { id, outputs } = await created();
  const inputs = await checked(news(), outputs);
  expect(await context.drive(signedCertificate).diff(id, outputs, inputs)).toEqual({ differing: [differing] });
  const updated = await context.drive(signedCertificate).update(id, outputs, inputs);
  expect(updated.serialNumber).not.toBe(outputs.serialNumber);
  expect(verify(updated.certificate, inputs.caCertificate)).toContain("OK");
});

test("an update that finds nothing to sign keeps the certificate, and moves the renewal", async () => {
  const { id, outputs } = await created();
  const news = await checked(args({ earlyRenewalDays: 10 }), outputs);
  const updated = await context.drive(signedCertificate).update(id, outputs, news);
  expect(updated.certificate).toBe(outputs.certificate);
  expect(updated.renewalTime).toBe(new Date(new Date(outputs.notAfter).getTime() - 10 * DAY).toISOString());
});

test.each(["certificateSigningRequest", "caCertificate", "caPrivateKey", "validityDays", "renewalTriggers"])(
  "an unknown %s passes the check and is a change",
  async (input) => {
    const { id, outputs } = await created();
    const news = await checked({ ...args(), [input]: UNKNOWN }, outputs);
    const { differing } = await context.drive(signedCertificate).diff(id, outputs, news);
    expect(differing).toContain(input);
  },
);

test.each<[string, () => object, property: string, reason: RegExp]>([
  ["no request", () => ({ certificateSigningRequest: "" }), "certificateSigningRequest", /empty/],
  [
    "a certificate as request",
    () => ({ certificateSigningRequest: root.certificate }),
    "",
    /^certificateSigningRequest: .*holds a CERTIFICATE/,
  ],
  [
    "a request signed by another",
    () => ({ certificateSigningRequest: withVersion(request, 0, openssl.key("rsa2048")) }),
    "",
    /^certificateSigningRequest: .*not signed by the key/,
  ],
  [
    "a key as request",
    () => ({ certificateSigningRequest: clientKey }),
    "",
    /^certificateSigningRequest: .*PRIVATE KEY/,
  ],
  ["a key as authority", () => ({ caCertificate: root.key }), "", /^caCertificate: holds a private key/],
  ["no authority", () => ({ caCertificate: "" }), "caCertificate", /empty/],
  ["no key", () => ({ caPrivateKey: undefined }), "", /^caPrivateKey must be/],
  [
    "a certificate as key",
    () => ({ caPrivateKey: root.certificate }),
    "",
    /^caPrivateKey: EKM_KEY_UNUSABLE: .*no unencrypted/,
  ],
  [
    "the name of a file as key",
    () => ({ caPrivateKey: "lab-ca.key" }),
    "",
    /^caPrivateKey: EKM_KEY_UNUSABLE: .*is the name of a file/,
  ],
  ["another authority's key", () => ({ caPrivateKey: other.key }), "", /caPrivateKey is not the key of caCertificate/],
  ["no days", () => ({ validityDays: 0, earlyRenewalDays: 0 }), "validityDays", /from 1/],
  ["a window as long as the validity", () => ({ validityDays: 30 }), "earlyRenewalDays", /less than validityDays/],
  ["a negative window", () => ({ earlyRenewalDays: -1 }), "earlyRenewalDays", /from 0/],
])("check refuses %s", async (_, more, property, reason) => {
  const { failures } = await context.drive(signedCertificate).check({}, { ...args(), ...more() });
  expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
  expect(JSON.stringify(failures)).not.toContain(root.key.split("\n")[1]);
});

test.each<[string, extensions: string]>([
  ["without the right to", "basicConstraints = CA:FALSE"],
  ["whose key usage leaves it out", "basicConstraints = CA:TRUE\nkeyUsage = cRLSign"],
])("check refuses an issuer that signs certificates %s", async (_, extensions) => {
  const key = openssl.key("p256");
  const certificate = openssl.sign(openssl.request(key, "/CN=mute"), root, extensions);
  const { failures } = await context.drive(signedCertificate).check({}, args({}, { certificate, key }));
  expect(failures).toEqual([
    {
      property: "",
      reason: expect.stringMatching(/^caCertificate: EKM_ISSUER_UNUSABLE: certificate "CN=mute" is no authority/),
    },
  ]);
});

test("an authority whose key cannot sign here is refused in check", async () => {
  const key = openssl.run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1");
  const certificate = openssl.run("req", "-x509", "-key", openssl.file(key), "-subj", "/CN=Odd");
  const { failures } = await context.drive(signedCertificate).check({}, args({}, { certificate, key }));
  expect(failures).toEqual([{ property: "", reason: expect.stringContaining("secp256k1") }]);
});

test("an expired authority: refused where it is new, a warning where it was used, and it signs nothing", async () => {
  const { id, outputs } = await created();
  context.moveDays(1001);
  const { failures } = await context.drive(signedCertificate).check({}, args());
  expect(failures).toEqual([{ property: "caCertificate", reason: expect.stringContaining("expired at") }]);
  const news = await checked(args(), outputs);
  expect(context.warnings).toEqual([expect.stringContaining("expired at")]);
  const update = context.drive(signedCertificate).update(id, outputs, news);
  await expect(update).rejects.toThrow(IssuerError);
  await expect(update).rejects.toThrow(/certificate "CN=Root, O=Example" expired at .* renew it first/);
});

test("an authority that becomes valid within five minutes signs, with a warning; one of later does not", async () => {
  const begins = new Date(openssl.run("x509", "-in", openssl.file(root.certificate), "-noout", "-startdate").slice(10));
  context.moveTo(begins.getTime() - 5 * 60_000);
  const { outputs } = await created();
  expect(context.warnings).toEqual([expect.stringMatching(/^caCertificate: .* is not valid before .*, in 300 s/)]);
  expect(outputs.notBefore).toBe(begins.toISOString());
  context.moveTo(begins.getTime() - 5 * 60_000 - 1);
  const { failures } = await context.drive(signedCertificate).check({}, args());
  expect(failures).toEqual([{ property: "caCertificate", reason: expect.stringContaining("not valid before") }]);
  await expect(context.drive(signedCertificate).create(args())).rejects.toThrow(IssuerError);
});

test("an expired issuer is refused although its chain's root is valid", async () => {
  const key = openssl.key("p256");
  const certificate = openssl.sign(openssl.request(key, "/CN=Intermediate"), root, AUTHORITY, "-days", "5");
  context.moveDays(6);
  const news = args({ caCertificate: certificate + root.certificate, caPrivateKey: key });
  const { failures } = await context.drive(signedCertificate).check({}, news);
  expect(failures).toEqual([{ property: "", reason: expect.stringMatching(/"CN=Intermediate" expired/) }]);
});

test("the issuers follow the certificate where they are to, as far as they are given, without signing anew", async () => {
  const key = openssl.key("p256");
  const issuing = openssl.sign(openssl.request(key, "/CN=Issuing"), root, AUTHORITY, "-days", "900");
  // In any order, and with an authority that has nothing to do with it.
  const caCertificate = other.certificate + root.certificate + issuing;
  const chained = args({ caCertificate, caPrivateKey: key, includeIssuers: true });
  const { id, outputs } = await created(chained);
  const subjects = (pem: string) => readCertificates(pem).map(({ subject }) => subject.replaceAll("\n", ", "));
  const own = "CN=storage-1, O=Example, C=US, emailAddress=ops@example.com";
  expect(subjects(outputs.certificate).map((it) => it.split(", ").sort().join())).toEqual(
    [own, "CN=Issuing", "CN=Root, O=Example"].map((it) => it.split(", ").sort().join()),
  );
  expect(
    checkClientCertificate(outputs.certificate, { property: "clientCertificate", now: context.clock.now() }),
  ).toEqual({
    failures: [],
    lines: [],
  });
  expect(await context.drive(signedCertificate).diff(id, outputs, await checked(chained, outputs))).toEqual({
    differing: [],
  });

  const alone = await checked(args({ caCertificate, caPrivateKey: key }), outputs);
  expect(await context.drive(signedCertificate).diff(id, outputs, alone)).toEqual({ differing: ["includeIssuers"] });
  expect(context.facts.at(-1)).toMatch(/stays, without its issuers$/);
  const without = await context.drive(signedCertificate).update(id, outputs, alone);
  expect(subjects(without.certificate)).toHaveLength(1);
  expect(without.serialNumber).toBe(outputs.serialNumber);
  expect(await context.drive(signedCertificate).diff(id, without, alone)).toEqual({ differing: [] });

  const again = await context.drive(signedCertificate).update(id, without, await checked(chained, without));
  expect(again.certificate).toBe(outputs.certificate);
  const { failures } = await context.drive(signedCertificate).check({}, { ...chained, includeIssuers: "yes" as never });
  expect(failures).toEqual([{ property: "includeIssuers", reason: "must be true or false" }]);
});

test("read answers with what is recorded, and delete is no work", async () => {
  const inputs = await checked(args());
  const { id, outputs } = await context.drive(signedCertificate).create(inputs);
  const found = await context.drive(signedCertificate).read(id, outputs);
  expect(found).toEqual({ id, inputs, outputs: outputs satisfies SignedCertificateOutputs });
});
