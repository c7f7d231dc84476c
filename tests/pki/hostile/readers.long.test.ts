import fc from "fast-check";
import { isEkmError } from "../../../provider/core/errors";
import {
  checkCaCertificate,
  checkClientCertificate,
  publicKeyFingerprint,
  readCertificateRequest,
  readCertificates,
  readPem,
  sameCertificateRequests,
  sameCertificates,
  writePem,
} from "../../../provider/pki";
import { describe as describeCertificateOf } from "../../../provider/pki/certificate";
import { members, readDer } from "../../../provider/pki/der";
import { readIssuer } from "../../../provider/pki/issuer";
import { makeMaterial } from "../../kit/material";
import { Openssl } from "../../kit/openssl";
import { tries } from "../../kit/replay";
import { derOf } from "./forged";

const openssl = new Openssl();
const { ca, caKey, client, request } = makeMaterial(openssl);
const rsaRequest = openssl.request(openssl.key("rsa2048"), "/CN=storage-1/O=Example");
const rsaRoot = openssl.selfSigned("rsa2048", "/CN=RSA Root").certificate;
const now = new Date(Date.now() + 60 * 60 * 1000);

afterAll(() => openssl.dispose());

/** Runs `read`, whose errors must be of this package. */
function coded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isEkmError(error)) return undefined;
    throw error;
  }
}

/** Bytes of which some are others, missing or there twice. */
const mutated = (valid: Buffer[]): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      fc.constantFrom(...valid),
      fc.array(fc.tuple(fc.nat(), fc.nat(4), fc.uint8Array({ maxLength: 4 })), { minLength: 1, maxLength: 3 }),
    )
    .map(([bytes, changes]) =>
      changes.reduce((before, [position, removed, added]) => {
        const at = position % (before.length + 1);
        return Buffer.concat([before.subarray(0, at), added, before.subarray(at + removed)]);
      }, bytes),
    );

/** The same with every length kept, so that what is inside is reached. */
const overwritten = (valid: Buffer[]): fc.Arbitrary<Buffer> =>
  fc
    .tuple(fc.constantFrom(...valid), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }))
    .map(([bytes, changes]) => {
      const copy = Buffer.from(bytes);
      for (const [position, byte] of changes) copy[position % copy.length] = byte;
      return copy;
    });

const bytesLike = (...valid: Buffer[]): fc.Arbitrary<Buffer> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 2, arbitrary: mutated(valid) },
    { weight: 4, arbitrary: overwritten(valid) },
  );

test("DER: whatever the bytes, their members or an error with a code", () => {
  const walk = (der: Buffer, depth: number): void => {
    const element = coded(() => readDer(der));
    const inner = element && coded(() => members(element));
    if (depth < 20) for (const { encoded } of inner ?? []) walk(encoded, depth + 1);
  };
  fc.assert(
    fc.property(bytesLike(derOf(client), derOf(request)), (bytes) => walk(bytes, 0)),
    tries(10_000),
  );
});

test("PEM: whatever the text, its blocks or an error with a code", () => {
  const texts = mutated([client, request, caKey, ca + client].map((text) => Buffer.from(text)));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), texts.map(String)), (text) => {
      const blocks = coded(() => readPem(text));
      // What was read is written in one way, and then read as the same.
      const written = blocks?.map(({ label, der }) => writePem(label, der)).join("");
      if (written !== undefined) expect(readPem(written)).toEqual(blocks);
    }),
    tries(10_000),
  );
});

test("certificates: what is read can be described, checked, compared, its key taken", () => {
  fc.assert(
    fc.property(bytesLike(derOf(client), derOf(rsaRoot)), (der) => {
      const pem = writePem("CERTIFICATE", der);
      for (const check of [checkClientCertificate, checkCaCertificate]) check(pem, { property: "certificate", now });
      sameCertificates(pem, client);
      coded(() => readIssuer(pem, caKey));
      const certificates = coded(() => readCertificates(pem));
      if (certificates === undefined) return;
      describeCertificateOf(certificates[0]);
      expect(publicKeyFingerprint(pem)).toMatch(/^[0-9a-f]{64}$/);
    }),
    tries(5_000),
  );
});

test("signing requests: read, or refused with a code", () => {
  fc.assert(
    fc.property(bytesLike(derOf(request), derOf(rsaRequest)), (der) => {
      const pem = writePem("CERTIFICATE REQUEST", der);
      sameCertificateRequests(pem, request);
      coded(() => publicKeyFingerprint(pem));
      coded(() => readCertificateRequest(der.toString("base64")));
    }),
    tries(5_000),
  );
});

/** What a quadratic reader would take minutes for. */
test.each<[what: string, text: string]>([
  ["line ends", `${"\n".repeat(200_000)}!`],
  ["dashes", "-".repeat(400_000)],
  ["BEGIN lines", "-----BEGIN \n".repeat(50_000)],
  ["BEGIN without end", "BEGIN ".repeat(70_000)],
  ["blanks within a line", `-----BEGIN${" ".repeat(400_000)}X`],
  ["base64", `${"A".repeat(400_000)}!`],
  ["headers", `-----BEGIN A-----\n${"a:\n".repeat(100_000)}-----END A-----`],
  ["empty blocks", `-----BEGIN A-----\nAA==\n-----END A-----\n`.repeat(10_000)],
])("long texts take no time: %s", (_, text) => {
  const started = performance.now();
  for (const read of [readPem, readCertificates, readCertificateRequest, publicKeyFingerprint]) {
    coded<unknown>(() => read(text));
  }
  checkCaCertificate(text, { property: "caCertificate", now });
  expect(performance.now() - started).toBeLessThan(5_000);
});
