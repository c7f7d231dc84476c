import type { Lifecycle } from "../../../provider/core/lifecycle";
import { UNKNOWN } from "../../../provider/core/unknown";
import { type ResourceToken, registry } from "../../../provider/systems/registry";
import { Openssl } from "../pki/openssl";
import { type Arguments, makeMaterial } from "./arguments";
import { Isolated, LOOKS_AT_HOLDER } from "./scene";
import { TERMINAL_TEXTS } from "./values";

const openssl = new Openssl();
const { ca, caKey, client, clientFingerprint, request } = makeMaterial(openssl);
/** A little later than the certificates that the tests make. */
const now = new Date(Date.now() + 60 * 60 * 1000);

afterAll(() => openssl.dispose());

/** Arguments that pass, for each row to spoil one of. */
const GOOD: Record<ResourceToken, Arguments> = {
  "element:KeyPair": { cluster: "default", subject: { commonName: "storage-1" } },
  "element:CertificateSigningRequest": { cluster: "default", publicKeyFingerprint: clientFingerprint },
  "element:KeyServer": { cluster: "default", hostnames: ["keys"], caCertificate: ca, clientCertificate: client },
  "element:KeyProvider": { cluster: "default", name: "keys" },
  "element:KeyServerAttachment": { cluster: "default", keyProvider: "1", keyServer: "1" },
  "element:MasterKey": { cluster: "default", keyProvider: "1" },
  "element:HardwareEncryption": { cluster: "default", keyProvider: "1", encryptionAtRestState: "enabled" },
  "element:DriveRecovery": { cluster: "default", drives: [1, 3] },
  "element:Fleet": { clusters: { "storage-1": 7 } },
  "pki:CertificateAuthority": { subject: { commonName: "Root" } },
  "pki:SignedCertificate": { certificateSigningRequest: request, caCertificate: ca, caPrivateKey: caKey },
};

const PASSES = undefined;
const parsed = (text: string): unknown => JSON.parse(text);
const host = (name: unknown) => ({ hostnames: ["keys", name] });

type Row = [what: string, args: Arguments, property: string | undefined, words?: string];

const ROWS: { [Token in ResourceToken]: Row[] } = {
  "element:KeyPair": [
    ["nothing but the cluster", { subject: undefined }, PASSES],
    ["a subject not known yet", { subject: UNKNOWN }, PASSES],
    ["a subject that is a text", { subject: "CN=storage-1" }, "subject", "must be an object"],
    ["a subject that is a list", { subject: ["storage-1"] }, "subject", "must be an object"],
    ["a null subject", { subject: null }, "subject", "must be an object"],
    // It would be sent to the cluster, which ignores it, and the pair would never match again.
    [
      "a field that subjects lack",
      { subject: { commonName: "a", serialNumber: "1" } },
      "subject",
      "which no subject has",
    ],
    ["a polluting subject", { subject: parsed('{"__proto__":{"commonName":"x"}}') }, "subject", "which no subject has"],
    ["a null name", { subject: { commonName: null } }, "subject.commonName", "must be a string"],
    ["an empty name", { subject: { commonName: "" } }, "subject.commonName", "must not be empty"],
    ["a name of 65 letters", { subject: { commonName: "鍵".repeat(65) } }, "subject.commonName", "at most 64"],
    ["a country of three letters", { subject: { country: "USA" } }, "subject.country", "two letters"],
    ["a country of two other letters", { subject: { country: "ÄÖ" } }, "subject.country", "two letters"],
    ["a mail address in Unicode", { subject: { emailAddress: "ö@example.com" } }, "subject.emailAddress", "ASCII"],
    ["a number as trigger", { regenerate: 1 }, "regenerate", "must be a string"],
    ["an id to adopt", { adopt: "1" }, "adopt", 'must be "match"'],
  ],
  "element:CertificateSigningRequest": [
    ["a fingerprint not known yet", { publicKeyFingerprint: UNKNOWN }, PASSES],
    ["no fingerprint", { publicKeyFingerprint: undefined }, "publicKeyFingerprint", "64 hexadecimal"],
    ["a short fingerprint", { publicKeyFingerprint: "00" }, "publicKeyFingerprint", "64 hexadecimal"],
    ["one with colons", { publicKeyFingerprint: "00:".repeat(32) }, "publicKeyFingerprint", "64 hexadecimal"],
  ],
  "element:KeyServer": [
    ["an IPv4 address", host("192.0.2.7"), PASSES],
    ["an IPv6 address", host("2001:db8::1"), PASSES],
    ["an IPv4 address within IPv6", host("::ffff:192.0.2.7"), PASSES],
    ["a host in xn-- form", host("xn--bcher-kva.example"), PASSES],
    ["a final dot", host("keys.example.com."), PASSES],
    ["an underscore", host("key_server"), PASSES],
    ["a host not known yet", host(UNKNOWN), PASSES],
    ["hosts not known yet", { hostnames: UNKNOWN }, PASSES],
    ["an IPv6 address with its zone", host("fe80::1%eth0"), "hostnames[1]", "must not have a zone"],
    ["an IPv6 address with an encoded zone", host("fe80::1%25eth0"), "hostnames[1]", "must not have a zone"],
    ["brackets", host("[2001:db8::1]"), "hostnames[1]", "neither a host name"],
    ["a port", host("keys:5696"), "hostnames[1]", "no port"],
    ["a URL", host("kmip://keys"), "hostnames[1]", "neither a host name"],
    ["an international name", host("bücher.example"), "hostnames[1]", "xn--"],
    ["letters that look like others", host("kеys.example"), "hostnames[1]", "xn--"],
    ["a name in full width", host("ｋｅｙｓ"), "hostnames[1]", "xn--"],
    ["three numbers", host("10.1.2"), "hostnames[1]", "neither"],
    ["a fifth number", host("10.1.2.3.4"), "hostnames[1]", "neither"],
    ["an octal address", host("010.0.0.1"), "hostnames[1]", "neither"],
    // Resolvers take both for 127.0.0.1.
    ["a hexadecimal address", host("0x7f000001"), "hostnames[1]", "neither"],
    ["an address that ends in hexadecimal", host("127.0x1"), "hostnames[1]", "neither"],
    ["two dots", host("keys..example"), "hostnames[1]", "neither"],
    ["a dot", host("."), "hostnames[1]", "neither"],
    ["a blank", host(" keys"), "hostnames[1]", "neither"],
    ["a line end", host("keys2\n"), "hostnames[1]", "neither"],
    ["a label of 64 letters", host("a".repeat(64)), "hostnames[1]", "neither"],
    ["254 letters", host(`${"a.".repeat(126)}aa`), "hostnames[1]", "neither"],
    ["a huge host", host("a".repeat(1_000_000)), "hostnames[1]", "neither"],
    ["a number as host", host(7), "hostnames[1]", "must be a string"],
    ["a list in the list", host(["keys"]), "hostnames[1]", "must be a string"],
    ["a host twice", host("KEYS"), "hostnames", "must not name a host twice"],
    ["a single text", { hostnames: "keys" }, "hostnames", "must be a list"],
    ["no host", { hostnames: [] }, "hostnames", "at least one"],
    ["what only looks like a list", { hostnames: { length: 1, 0: "keys" } }, "hostnames", "must be a list"],
    ["port 0", { port: 0 }, "port", "1 to 65535"],
    ["port 65536", { port: 65_536 }, "port", "1 to 65535"],
    ["a port as text", { port: "5696" }, "port", "whole number"],
    ["a null port", { port: null }, "port", "whole number"],
    ["another key's fingerprint", { publicKeyFingerprint: "00".repeat(32) }, "clientCertificate", "was issued for"],
    ["a fingerprint that is none", { publicKeyFingerprint: { toString: 1 } }, "publicKeyFingerprint", "64 hexadecimal"],
    ["a certificate in a list", { clientCertificate: [client] }, "", "clientCertificate: must be one text"],
    ["a certificate that is an object", { caCertificate: { pem: ca } }, "", "caCertificate: must be one text"],
    // The pattern for bare base64 took hours for it.
    ["line ends alone", { caCertificate: `${"\n".repeat(100_000)}!` }, "", "the text holds no PEM"],
    ["an id beyond what numbers hold", { adopt: "9999999999999999" }, "adopt", "must be the id"],
  ],
  "element:KeyProvider": [
    ["a name in Unicode", { name: "Schlüssel 鍵 👩‍👩‍👧‍👦" }, PASSES],
    ["255 letters", { name: "a".repeat(255) }, PASSES],
    ["256 letters", { name: "a".repeat(256) }, "name", "at most 255"],
    ["blanks", { name: " \t" }, "name", "must not be blank"],
    ["half a letter", { name: "a\ud800" }, "name", "control characters"],
    ["an unnamed cluster, which is the default one", { cluster: undefined }, PASSES],
    ["a cluster that is no text", { cluster: parsed('{"toString":1}') }, "cluster", "must be a string"],
    ["the cluster __proto__", { cluster: "__proto__" }, "cluster", "no connection of this name"],
    ["the cluster constructor", { cluster: "constructor" }, "cluster", "no connection of this name"],
    ["a huge cluster", { cluster: "a".repeat(1_000_000) }, "cluster", "at most 255"],
    ["escapes in the cluster", { cluster: "\u001b[2J" }, "cluster", "control characters"],
    ...TERMINAL_TEXTS.map((name): Row => [JSON.stringify(name), { name }, "name", "must not"]),
  ],
  "element:KeyServerAttachment": [
    ["ids not known yet", { keyProvider: UNKNOWN, keyServer: UNKNOWN }, PASSES],
    ["the greatest id", { keyServer: "9007199254740991" }, PASSES],
    // As a number it is another id.
    ["the first id beyond it", { keyServer: "9007199254740993" }, "keyServer", "must be an id"],
    ["an id as number", { keyProvider: 1 }, "keyProvider", "must be an id"],
    ["the id 0", { keyProvider: "0" }, "keyProvider", "must be an id"],
    ["leading zeros", { keyProvider: "01" }, "keyProvider", "must be an id"],
    ["a sign", { keyProvider: "+1" }, "keyProvider", "must be an id"],
    ["other digits", { keyProvider: "٣" }, "keyProvider", "must be an id"],
    ["a line end", { keyProvider: "1\n" }, "keyProvider", "must be an id"],
  ],
  "element:MasterKey": [
    ["no keys", { rotationTriggers: {} }, PASSES],
    ["the trigger __proto__", { rotationTriggers: parsed('{"__proto__":"1"}') }, PASSES],
    ["a trigger not known yet", { rotationTriggers: { a: UNKNOWN } }, PASSES],
    ["a list of triggers", { rotationTriggers: ["1"] }, "rotationTriggers", "object of texts"],
    ["a number as trigger", { rotationTriggers: { a: 1 } }, "rotationTriggers", "object of texts"],
    ["a null trigger", { rotationTriggers: { a: null } }, "rotationTriggers", "object of texts"],
    ["an age without unit", { maxAge: "90" }, "maxAge", "must be a duration"],
    ["no age", { maxAge: "0d" }, "maxAge", "must be a duration"],
    ["an age of ten digits", { maxAge: "9999999999s" }, "maxAge", "must be a duration"],
    ["an age in weeks", { maxAge: "2w" }, "maxAge", "must be a duration"],
    ["a text for a switch", { takeOver: "false" }, "takeOver", "true or false"],
    ["another way back", { onDelete: "constructor" }, "onDelete", 'must be "internal" or "keep"'],
  ],
  "element:HardwareEncryption": [
    ["a provider not known yet", { keyProvider: UNKNOWN }, PASSES],
    ["internal keys", { keyProvider: undefined }, PASSES],
    ["a null provider", { keyProvider: null }, "keyProvider", "must be an id"],
    ["a state in capitals", { encryptionAtRestState: "Enabled" }, "encryptionAtRestState", 'must be "enabled"'],
    ["a number for a switch", { takeOver: 0 }, "takeOver", "true or false"],
    ["another way back", { onDelete: "toString" }, "onDelete", 'must be "internal" or "disable" or "keep"'],
  ],
  "element:DriveRecovery": [
    ["drives not known yet", { drives: UNKNOWN }, PASSES],
    ["a drive not known yet", { drives: [1, UNKNOWN] }, PASSES],
    ["two drives not known yet", { drives: [UNKNOWN, UNKNOWN] }, PASSES],
    ["a trigger not known yet", { triggers: { a: UNKNOWN } }, PASSES],
    ["no list", { drives: undefined }, "drives", "must be a list"],
    ["a single drive", { drives: 1 }, "drives", "must be a list"],
    ["no drive", { drives: [] }, "drives", "at least one"],
    ["a drive twice", { drives: [3, 1, 3] }, "drives", "must not name a drive twice"],
    ["an id as text", { drives: [1, "3"] }, "drives[1]", "whole number"],
    ["the id 0", { drives: [0] }, "drives[0]", "whole number"],
    ["half an id", { drives: [1.5] }, "drives[0]", "whole number"],
    ["an id beyond what numbers hold", { drives: [2 ** 53] }, "drives[0]", "whole number"],
    ["a list of triggers", { triggers: ["1"] }, "triggers", "object of texts"],
    ["a number as trigger", { triggers: { a: 1 } }, "triggers", "object of texts"],
  ],
  "element:Fleet": [
    ["clusters not known yet", { clusters: UNKNOWN }, PASSES],
    ["a number not known yet", { clusters: { "storage-1": UNKNOWN } }, PASSES],
    ["no clusters", { clusters: undefined }, "clusters", "must be an object of whole numbers"],
    ["a list of clusters", { clusters: ["storage-1"] }, "clusters", "must be an object of whole numbers"],
    [
      "a cluster with less than none",
      { clusters: { "storage-1": -1 } },
      "clusters",
      "must be an object of whole numbers",
    ],
  ],
  "pki:CertificateAuthority": [
    ["bits not known yet beside a curve", { ecdsaCurve: "P256", rsaBits: UNKNOWN }, PASSES],
    ["no name", { subject: { organization: "a" } }, "subject.commonName", "must have a name"],
    ["no subject", { subject: undefined }, "subject", "must be an object"],
    ["escapes in the name", { subject: { commonName: "\u001b[2J" } }, "subject.commonName", "control characters"],
    ["another algorithm", { keyAlgorithm: "toString" }, "keyAlgorithm", '"RSA" or "ECDSA"'],
    ["an inherited curve", { ecdsaCurve: "constructor" }, "ecdsaCurve", '"P256" or "P384"'],
    ["few bits", { rsaBits: 1024 }, "rsaBits", "2048 to 8192"],
    ["bits as text", { rsaBits: "2048" }, "rsaBits", "2048 to 8192"],
    ["bits of another algorithm", { ecdsaCurve: "P256", rsaBits: 2048 }, "rsaBits", "only for keyAlgorithm RSA"],
    ["no days", { validityDays: 0 }, "validityDays", "from 1"],
    ["half a day", { validityDays: 0.5 }, "validityDays", "whole number"],
    ["days beyond the calendar", { validityDays: 1e21 }, "validityDays", "36500"],
  ],
  "pki:SignedCertificate": [
    [
      "a request in a list",
      { certificateSigningRequest: [request] },
      "",
      "certificateSigningRequest: must be one text",
    ],
    ["a renewal before the beginning", { earlyRenewalDays: 365 }, "earlyRenewalDays", "less than validityDays"],
    ["no request", { certificateSigningRequest: undefined }, "certificateSigningRequest", "empty"],
  ],
};

const ALL = Object.entries(ROWS).flatMap(([token, rows]) =>
  rows.map(([what, args, property, words = ""]) => ({ token: token as ResourceToken, what, args, property, words })),
);

test.each(ALL)("$token: $what", async ({ token, args, property, words }) => {
  const lifecycle = registry[token].lifecycle as unknown as Lifecycle<Arguments, Arguments>;
  const news = { ...GOOD[token], ...args };
  const context = new Isolated(LOOKS_AT_HOLDER.has(token) ? "reads" : "none", now);
  const { failures } = await context.drive(lifecycle).check({}, news);
  expect(failures).toEqual(property === PASSES ? [] : [{ property, reason: expect.stringContaining(words) }]);
});

test("a logical name that is too long for the cluster is refused where a name can be given", async () => {
  const context = new Isolated("none", now);
  context.urn += "a".repeat(255);
  const named = context.drive(registry["element:KeyProvider"].lifecycle);
  const { failures } = await named.check({}, { cluster: "default" });
  expect(failures).toEqual([{ property: "name", reason: "must have at most 255 characters" }]);
});
