import { isEkmError } from "../../../provider/core/errors";
import { readCertificates, writePem } from "../../../provider/pki";
import { DerTag } from "../../../provider/pki/der";
import type { SignedCertificateInputs } from "../../../provider/systems/certificates/signed-certificate/resource";
import { signedCertificate } from "../../../provider/systems/certificates/signed-certificate/signed-certificate";
import { keyServer } from "../../../provider/systems/element/key-server/key-server";
import { Isolated } from "../../catalogue/hostile/isolated";
import { CANARY_KEY } from "../../kit/hostile-values";
import { makeMaterial } from "../../kit/material";
import { Openssl } from "../../kit/openssl";
import { simulatedFor } from "../../kit/simulated";
import {
  certificatePem,
  commonName,
  derOf,
  forged,
  generalizedValidity,
  integer,
  validity,
  value,
  withIndefiniteLength,
  withLongLength,
} from "./forged";

const openssl = new Openssl();
const material = makeMaterial(openssl);
const { ca, caKey, client, otherCa, request } = material;
const root = { certificate: ca, key: caKey };
const CLIENT = "extendedKeyUsage = clientAuth";
/** A little later than the certificates that the tests make. */
const now = new Date(Date.now() + 60 * 60 * 1000);

afterAll(() => openssl.dispose());

const server = {
  cluster: "default",
  hostnames: ["keys"],
  caCertificate: ca,
  clientCertificate: client,
};
const signing = { certificateSigningRequest: request, caCertificate: ca, caPrivateKey: caKey };

async function checkServer(args: object) {
  const context = new Isolated("none", now, material, simulatedFor("element:KeyServer"));
  const { failures } = await context.drive(keyServer).check({}, { ...server, ...args });
  return { failures, warnings: context.warnings };
}

async function checkSigning(args: object) {
  const context = new Isolated("none", now, material);
  const { failures } = await context
    .drive(signedCertificate)
    .check({}, { ...signing, ...args } as SignedCertificateInputs);
  return { failures, warnings: context.warnings };
}

const body = client.replaceAll(/-----.*-----\n/g, "");
const cut = (bytes: number): string => certificatePem(derOf(client).subarray(0, bytes));

const PEM = "EKM_PEM_MALFORMED";
const CERTIFICATE = "EKM_CERTIFICATE_MALFORMED";

/** What is no certificate: the reader's error, and words of the failure. */
test.each<[what: string, text: string, code: string, words: string]>([
  ["half a text", client.slice(0, client.length / 2), PEM, "END CERTIFICATE line is missing"],
  ["no BEGIN line", client.replace(/-----BEGIN.*\n/, ""), PEM, "out of place"],
  ["two BEGIN lines", `-----BEGIN CERTIFICATE-----\n${client}`, PEM, "line 2 has BEGIN CERTIFICATE out of place"],
  ["another label at the end", client.replace("END CERTIFICATE", "END X509 CRL"), PEM, "ends X509 CRL where"],
  ["a label in small letters", client.replaceAll("CERTIFICATE", "certificate"), PEM, "line 1 is a malformed"],
  ["a label without end", `-----BEGIN ${"A".repeat(100_000)}-----\n${body}`, PEM, "line 1 is a malformed"],
  ["OpenSSL's trusted certificate", client.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE"), CERTIFICATE, "TRUSTED"],
  ["a CRL's label", client.replaceAll("CERTIFICATE", "X509 CRL"), CERTIFICATE, "holds a X509 CRL"],
  ["PKCS#7's label", client.replaceAll("CERTIFICATE", "PKCS7"), CERTIFICATE, "holds a PKCS7"],
  ["a certificate and a foreign block", client + writePem("X509 CRL", Buffer.from("crl")), CERTIFICATE, "X509 CRL"],
  ["escaped line ends", client.replaceAll("\n", "\\n"), PEM, "malformed BEGIN or END"],
  ["all on one line", client.replaceAll("\n", " "), PEM, "malformed BEGIN or END"],
  ["quotes around it", JSON.stringify(client), PEM, "malformed BEGIN or END"],
  [
    "URL-safe base64",
    client.replace(body, body.replace(/[A-Za-z]/, "-")),
    PEM,
    "base64 of the CERTIFICATE is malformed",
  ],
  ["a character outside base64", client.replace("MII", "M*I"), PEM, "base64 of the CERTIFICATE is malformed"],
  ["a letter less", client.replace("MII", "MI"), PEM, "malformed"],
  ["an empty block", client.replace(body, ""), PEM, "base64 of the CERTIFICATE is empty"],
  ["blank lines alone", client.replace(body, "\n\n"), PEM, "base64 of the CERTIFICATE is empty"],
  ["base64 alone", body, CERTIFICATE, "base64 without its BEGIN CERTIFICATE"],
  ["prose", "see the attached file", CERTIFICATE, "no PEM block"],
  ["a path", "/etc/ssl/certs/client.pem", CERTIFICATE, "is the name of a file"],
  ["a request", request, CERTIFICATE, "certificate signing request"],
  ["a private key", CANARY_KEY, CERTIFICATE, "private key"],
  ["a private key after the certificate", client + CANARY_KEY, CERTIFICATE, "private key"],
  ["a public key", openssl.run("pkey", "-in", openssl.file(caKey), "-pubout"), CERTIFICATE, "PUBLIC KEY"],
  ["DER read as text", derOf(client).toString("latin1"), CERTIFICATE, "is binary (DER)"],
  ["DER cut within a length", cut(3), CERTIFICATE, "holds no X.509 certificate"],
  ["DER cut within the key", cut(150), CERTIFICATE, "holds no X.509 certificate"],
  ["DER without its last byte", cut(derOf(client).length - 1), CERTIFICATE, "holds no X.509 certificate"],
  ["one byte", certificatePem(Buffer.from([0x30])), CERTIFICATE, "holds no X.509 certificate"],
  ["data after the end", certificatePem(Buffer.concat([derOf(client), Buffer.alloc(1)])), CERTIFICATE, "data follows"],
  [
    "a certificate after the end",
    certificatePem(Buffer.concat([derOf(client), derOf(ca)])),
    CERTIFICATE,
    "data follows",
  ],
  ["a length that never ends", certificatePem(withIndefiniteLength(derOf(client))), CERTIFICATE, ""],
  ["a length longer than needed", certificatePem(withLongLength(derOf(client))), CERTIFICATE, ""],
  ["a request in the armour of a certificate", certificatePem(derOf(request)), CERTIFICATE, "holds no X.509"],
  ["a key in the armour of a certificate", certificatePem(derOf(caKey)), CERTIFICATE, "holds no X.509"],
  ["nothing but zeros", certificatePem(Buffer.alloc(1_000)), CERTIFICATE, "holds no X.509"],
  ["dates that are none", forged(client, { validity: validity("never", "whenever") }), CERTIFICATE, ""],
  ["a 13th month", forged(client, { validity: validity("261301000000Z", "361301000000Z") }), CERTIFICATE, "dates"],
  // Its date was not always refused: what Node makes of it depends on what ran before.
  [
    "a NUL in a date",
    forged(client, { validity: validity("\0".concat("61124225510Z"), "361201000000Z") }),
    CERTIFICATE,
    "dates",
  ],
  ["an end that is none", forged(client, { validity: validity("200101000000Z", "") }), CERTIFICATE, ""],
  [
    "a key of an unknown kind",
    forged(client, { publicKey: Buffer.from("300b3005060329010203020000", "hex") }),
    CERTIFICATE,
    "public key",
  ],
  [
    "a key of a known kind that is none",
    forged(client, { publicKey: Buffer.from("300a300506032b6570030100", "hex") }),
    CERTIFICATE,
    "public key",
  ],
  [
    "a name that is no UTF-8",
    forged(client, { subject: commonName(Buffer.from([0xff, 0xfe])) }),
    CERTIFICATE,
    "holds no X.509",
  ],
  [
    "a name with half a letter in UTF-16",
    forged(client, { subject: commonName(Buffer.from("d800", "hex"), DerTag.BmpString) }),
    CERTIFICATE,
    "holds no X.509",
  ],
  [
    "a name of the wrong form",
    forged(client, { subject: value(DerTag.Sequence, value(DerTag.Sequence)) }),
    CERTIFICATE,
    "",
  ],
])("no certificate is read from %s", async (_, text, code, words) => {
  expect(codeOf(() => readCertificates(text))).toBe(code);
  const failure = (property: string) => [
    { property: "", reason: expect.stringMatching(new RegExp(`^${property}: .*${words.replaceAll(/[()]/g, "\\$&")}`)) },
  ];
  expect((await checkServer({ clientCertificate: text })).failures).toEqual(failure("clientCertificate"));
  expect((await checkServer({ caCertificate: text })).failures).toEqual(failure("caCertificate"));
  expect((await checkSigning({ caCertificate: text })).failures).toEqual(failure("caCertificate"));
});

const certified = (extensions: string, ...more: string[]) => openssl.sign(request, root, extensions, ...more);

/** A client certificate for a key of its own, in the given algorithm. */
function certifiedKey(...algorithm: string[]): string {
  const key = openssl.run("genpkey", ...algorithm);
  return openssl.sign(openssl.request(key, "/CN=storage-1"), root, CLIENT);
}

function signedByRsa(...options: string[]): string {
  const authority = openssl.selfSigned("rsa2048", "/CN=RSA Root");
  return openssl.sign(request, authority, CLIENT, ...options);
}

const PASSES = "passes";
const ESCAPES = "\u001b[2Jbell\u0007\u202e";

/** Certificates of all kinds, as a client's: where it is refused, or that it passes; words of the reason. */
test.each<[what: string, pem: () => string, verdict: string, words?: string]>([
  ["P-256", () => certified(CLIENT), PASSES],
  ["P-384", () => certifiedKey("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"), PASSES],
  ["an odd curve", () => certifiedKey("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"), PASSES],
  ["Ed25519", () => certifiedKey("-algorithm", "ED25519"), PASSES],
  ["Ed448", () => certifiedKey("-algorithm", "ED448"), PASSES],
  ["an RSA-PSS key", () => certifiedKey("-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"), PASSES],
  [
    "an RSA-PSS key of 1024 bits",
    () => certifiedKey("-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:1024"),
    "clientCertificate",
    "1024 bits",
  ],
  ["RSA-PSS", () => signedByRsa("-sigopt", "rsa_padding_mode:pss"), PASSES],
  [
    "RSA-PSS over SHA-1",
    () => signedByRsa("-sha1", "-sigopt", "rsa_padding_mode:pss"),
    "clientCertificate",
    "RSASSA-PSS with SHA-1",
  ],
  ["RSA over MD5", () => signedByRsa("-md5"), "clientCertificate", "md5WithRSAEncryption"],
  ["RSA over SHA-1", () => signedByRsa("-sha1"), "clientCertificate", "sha1WithRSAEncryption"],
  ["ECDSA over SHA-1", () => certified(CLIENT, "-sha1"), "clientCertificate", "ecdsa-with-SHA1"],
  [
    "RSA of 1024 bits",
    () => certifiedKey("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"),
    "clientCertificate",
    "1024 bits",
  ],
  ["usage for servers", () => certified("extendedKeyUsage = serverAuth"), "clientCertificate", "not for client"],
  ["usage for mail", () => certified("extendedKeyUsage = emailProtection"), "clientCertificate", "not for client"],
  [
    "a thousand usages",
    () => certified(`extendedKeyUsage = ${Array.from({ length: 1_000 }, (_, arc) => `1.2.3.4.${arc}`).join()}`),
    "clientCertificate",
    "1.2.3.4.0",
  ],
  ["a key for signing certificates only", () => certified(`${CLIENT}\nkeyUsage = keyCertSign`), PASSES],
  ["name constraints", () => certified(`${CLIENT}\nnameConstraints = permitted;DNS:example.com`), PASSES],
  ["an unknown critical extension", () => certified(`${CLIENT}\n1.2.3.4 = critical,DER:0500`), PASSES],
  ["alternative names", () => certified(`${CLIENT}\nsubjectAltName = IP:fe80::1,DNS:xn--bcher-kva.example`), PASSES],
  ["a negative serial number", () => forged(client, { serialNumber: integer("ff") }), PASSES],
  ["the serial number zero", () => forged(client, { serialNumber: integer("00") }), PASSES],
  ["a serial number of 200 bytes", () => forged(client, { serialNumber: integer("7f".repeat(200)) }), PASSES],
  ["no subject", () => forged(client, { subject: value(DerTag.Sequence) }), PASSES],
  ["a subject of terminal escapes", () => forged(client, { subject: commonName(ESCAPES) }), PASSES],
  [
    "an issuer that is a subject of terminal escapes, expired",
    () => forged(client, { subject: commonName(ESCAPES), validity: validity("200101000000Z", "210101000000Z") }),
    "clientCertificate",
    '"CN=[2Jbell" expired at 2021-01-01',
  ],
  [
    "a subject of 60,000 characters, expired",
    () =>
      forged(client, {
        subject: commonName("鍵".repeat(20_000)),
        validity: validity("200101000000Z", "210101000000Z"),
      }),
    "clientCertificate",
    '鍵…" expired',
  ],
  ["a subject in UTF-16", () => forged(client, { subject: commonName(Buffer.from("0041", "hex"), 0x1e) }), PASSES],
  [
    "an end in the year 9999",
    () => forged(client, { validity: generalizedValidity("20200101000000Z", "99991231235959Z") }),
    PASSES,
  ],
  [
    "an end before its beginning",
    () => forged(client, { validity: validity("400101000000Z", "200101000000Z") }),
    "clientCertificate",
    "not valid before 2040",
  ],
  [
    "expired",
    () => forged(client, { validity: validity("200101000000Z", "210101000000Z") }),
    "clientCertificate",
    "2021",
  ],
  [
    "not valid yet",
    () => forged(client, { validity: validity("400101000000Z", "410101000000Z") }),
    "clientCertificate",
    "2040",
  ],
  ["a forged signature", () => forged(client, { subject: commonName("somebody else") }), PASSES],
  ["its issuer after it", () => client + ca, PASSES],
  ["its issuer before it", () => ca + client, "clientCertificate", "holds 2 certificates"],
  ["a stranger's authority after it", () => client + otherCa, "clientCertificate", "was not issued by"],
  ["itself twice", () => client + client, "clientCertificate", "holds 2 certificates"],
  ["CRLF", () => client.replaceAll("\n", "\r\n"), PASSES],
  ["CR alone", () => client.replaceAll("\n", "\r"), PASSES],
  ["a byte order mark", () => `\ufeff${client}`, PASSES],
  ["indented lines", () => client.replaceAll(/^/gm, "    "), PASSES],
  ["blank lines within", () => client.replaceAll("\n", "\n\n"), PASSES],
  ["one line of base64", () => client.replace(body, `${body.replaceAll("\n", "")}\n`), PASSES],
  ["prose around it", () => `Bag Attributes\n${client}that was it`, PASSES],
])("a client certificate with %s", async (_, pem, verdict, words = "") => {
  const { failures } = await checkServer({ clientCertificate: pem() });
  expect(failures).toEqual(verdict === PASSES ? [] : [{ property: verdict, reason: expect.stringContaining(words) }]);
});

/** The same as an authority's; a warning where there is no verdict. */
test.each<[what: string, pem: () => string, verdict: string, words?: string]>([
  [
    "name constraints",
    () => certified("basicConstraints = CA:TRUE\nnameConstraints = permitted;DNS:a.example"),
    PASSES,
  ],
  ["a bundle of strangers, which are trusted each for itself", () => ca + otherCa, PASSES],
  ["the same authority twice", () => ca + ca, PASSES],
  ["an intermediate without its root", () => certified("basicConstraints = CA:TRUE"), PASSES],
  ["no authority", () => client, "warning", "not marked as a certificate authority"],
  ["RSA of 1024 bits", () => openssl.selfSigned("rsa1024", "/CN=Old").certificate, "warning", "1024 bits"],
  ["an old root over MD5", () => openssl.selfSigned("rsa2048", "/CN=Old", "-md5").certificate, PASSES],
  ["a path of no length", () => certified("basicConstraints = CA:TRUE, pathlen:0"), PASSES],
  ["expired", () => forged(ca, { validity: validity("200101000000Z", "210101000000Z") }), "caCertificate", "expired"],
  [
    "one expired, one valid",
    () => forged(ca, { validity: validity("200101000000Z", "210101000000Z") }) + otherCa,
    "warning",
    "expired",
  ],
])("an authority's certificate: %s", async (_, pem, verdict, words = "") => {
  const { failures, warnings } = await checkServer({ caCertificate: pem() });
  const told = verdict === "warning" ? warnings : failures.map(({ property, reason }) => `${property}: ${reason}`);
  if (verdict === PASSES) expect({ failures, warnings }).toEqual({ failures: [], warnings: [] });
  else expect(told).toEqual([expect.stringMatching(new RegExp(`^caCertificate: .*${words}`))]);
});

/** Certificate and key of an authority that is to sign: what keeps it from signing. */
test.each<[what: string, args: () => object, reason: string]>([
  ["a chain to which the key does not belong", () => ({ caCertificate: otherCa }), "caPrivateKey is not the key of"],
  ["a client's certificate and key", () => clientAsAuthority(), "is no authority"],
  ["a key in DER", () => ({ caPrivateKey: derOf(caKey).toString("latin1") }), "is no unencrypted private key"],
  ["a key that is cut", () => ({ caPrivateKey: caKey.slice(0, 80) }), "is no unencrypted private key"],
  [
    "an encrypted key",
    () => ({ caPrivateKey: openssl.run("pkey", "-in", openssl.file(caKey), "-aes256", "-passout", "pass:secret") }),
    "is no unencrypted private key",
  ],
  [
    "a public key",
    () => ({ caPrivateKey: openssl.run("pkey", "-in", openssl.file(caKey), "-pubout") }),
    "caPrivateKey",
  ],
  ["a key in a list", () => ({ caPrivateKey: [caKey] }), "caPrivateKey must be"],
  ["a number as key", () => ({ caPrivateKey: 7 }), "caPrivateKey must be"],
  ["an RSA-PSS authority", () => authorityOf("-algorithm", "RSA-PSS"), "keys of type rsa-pss cannot sign"],
  ["an Ed448 authority", () => authorityOf("-algorithm", "ED448"), "keys of type ed448 cannot sign"],
  [
    "an authority on an odd curve",
    () => authorityOf("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"),
    "curve brainpoolP256r1 cannot sign",
  ],
])("nothing is signed with %s", async (_, args, reason) => {
  const { failures } = await checkSigning(args());
  expect(failures).toEqual([{ property: "", reason: expect.stringContaining(reason) }]);
  expect(failures[0]?.reason).toMatch(/^caPrivateKey|^caCertificate/);
});

function clientAsAuthority() {
  const caPrivateKey = openssl.key("p256");
  const caCertificate = openssl.sign(openssl.request(caPrivateKey, "/CN=client"), root, "basicConstraints = CA:FALSE");
  return { caCertificate, caPrivateKey };
}

function authorityOf(...algorithm: string[]) {
  const caPrivateKey = openssl.run("genpkey", ...algorithm);
  const caCertificate = openssl.run("req", "-x509", "-key", openssl.file(caPrivateKey), "-subj", "/CN=Odd");
  return { caCertificate, caPrivateKey };
}

/** The code of the error that `work` throws. */
function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isEkmError(error)) return error.code;
    throw error;
  }
  throw new Error("it was read");
}
