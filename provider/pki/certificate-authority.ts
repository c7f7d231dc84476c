import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { CheckFailure, HiddenInputs, Lifecycle } from "../lifecycle";
import { announcement, type Line, warning } from "../plan";
import { isUnknown, unknownIn } from "../unknown";
import { describe } from "./certificate";
import { authorityExtensions } from "./extensions";
import { issueCertificate } from "./issue";
import { writePem } from "./pem";
import { fingerprintOf } from "./public-key";
import { checkSubject, encodeSubject, type Subject, sameSubjects } from "./subject";
import { checkDays, noticeTime, validityFrom } from "./validity";

export interface CertificateAuthorityInputs extends HiddenInputs {
  /** Must have a common name. */
  subject: Subject;
  keyAlgorithm?: "RSA" | "ECDSA";
  /** Only with RSA. */
  rsaBits?: number;
  /** Only with ECDSA. */
  ecdsaCurve?: "P256" | "P384";
  validityDays?: number;
}

export interface CertificateAuthorityOutputs extends CertificateAuthorityInputs {
  stateVersion: 1;
  /** PEM. */
  certificate: string;
  /** PEM, PKCS#8, unencrypted: a secret. */
  privateKey: string;
  /** Uppercase hexadecimal. */
  serialNumber: string;
  /** ISO 8601. */
  notBefore: string;
  /** ISO 8601. */
  notAfter: string;
  /** SHA-256 of SubjectPublicKeyInfo, lowercase hexadecimal. The resource's id. */
  publicKeyFingerprint: string;
  /** SHA-256 of the certificate, uppercase hexadecimal with colons. */
  fingerprint256: string;
}

const DEFAULT_RSA_BITS = 3072;
const DEFAULT_CURVE = "P256";
const DEFAULT_VALIDITY_DAYS = 3650;
const RSA_BITS = { minimum: 2048, maximum: 8192 };
const CURVES = { P256: "prime256v1", P384: "secp384r1" } as const;

/**
 * A certificate authority of one self-signed certificate, whose key lives in state.
 *
 * Its id is the fingerprint of its public key: another validity issues the certificate anew under the same key and
 * name, so that what was signed before stays valid. Another subject or kind of key is another authority.
 */
export const certificateAuthority: Lifecycle<CertificateAuthorityInputs, CertificateAuthorityOutputs> = {
  async check(olds, news) {
    const inputs = withDefaults(olds, news);
    const failures = [
      ...checkAuthoritySubject(inputs.subject),
      ...checkKey(inputs),
      ...checkDays("validityDays", inputs.validityDays, 1),
    ];
    return { inputs, failures, lines: [] };
  },

  async diff(_id, olds, news, { clock }) {
    const lines = endsSoon(olds, clock.now());
    const unknown = unknownIn(news);
    if (unknown.length > 0) return { differing: unknown, lines };
    const replaces = [
      ...(sameSubjects(olds.subject, news.subject) ? [] : ["subject"]),
      ...(["keyAlgorithm", "rsaBits", "ecdsaCurve"] as const).filter((input) => olds[input] !== news[input]),
    ];
    if (replaces.length > 0) return { differing: replaces, replaces, lines: [...lines, ANOTHER_AUTHORITY] };
    if (olds.validityDays === news.validityDays) return { differing: [], replaces, lines };
    return { differing: ["validityDays"], replaces, lines: [...lines, ISSUED_ANEW] };
  },

  async create(inputs, { clock }) {
    const privateKey = await generateKey(inputs);
    const outputs = issueTo(inputs, privateKey, clock.now());
    return { id: outputs.publicKeyFingerprint, outputs };
  },

  /** State is the authority: there is nothing else to look at. */
  async read(id, state) {
    const { stateVersion, certificate, privateKey, publicKeyFingerprint, ...described } = state;
    const { serialNumber, notBefore, notAfter, fingerprint256, ...inputs } = described;
    return { id, inputs, outputs: state };
  },

  async update(_id, olds, news, { clock, log }) {
    const outputs = issueTo(news, createPrivateKey(olds.privateKey), clock.now());
    log.info(`issued the certificate anew, which ends at ${outputs.notAfter}: what it signed stays valid`);
    return outputs;
  },

  /** Removing the key from state is the deletion. */
  async delete() {},
};

function endsSoon(olds: CertificateAuthorityOutputs, now: Date): Line[] {
  const validity = { notBefore: new Date(olds.notBefore), notAfter: new Date(olds.notAfter) };
  if (now < noticeTime(validity)) return [];
  return [
    warning(`The authority's certificate ends at ${olds.notAfter}. Another validityDays issues it anew, key kept.`),
  ];
}

const ANOTHER_AUTHORITY = warning(
  "another authority: key servers have to trust it, and what the one before signed must be signed anew",
);
const ISSUED_ANEW = announcement(
  "will issue the certificate anew under the same key and name: what it signed stays valid",
);

/** A later release's other default must not replace an authority: what is recorded comes before a default. */
function withDefaults(
  olds: Partial<CertificateAuthorityInputs>,
  news: CertificateAuthorityInputs,
): CertificateAuthorityInputs {
  const impliedAlgorithm = news.ecdsaCurve === undefined ? (olds.keyAlgorithm ?? "RSA") : "ECDSA";
  const keyAlgorithm = news.keyAlgorithm ?? impliedAlgorithm;
  return {
    ...news,
    keyAlgorithm,
    rsaBits: news.rsaBits ?? (keyAlgorithm === "RSA" ? (olds.rsaBits ?? DEFAULT_RSA_BITS) : undefined),
    ecdsaCurve: news.ecdsaCurve ?? (keyAlgorithm === "ECDSA" ? (olds.ecdsaCurve ?? DEFAULT_CURVE) : undefined),
    validityDays: news.validityDays ?? DEFAULT_VALIDITY_DAYS,
  };
}

function checkAuthoritySubject(subject: unknown): CheckFailure[] {
  const failures = checkSubject(subject, "subject");
  if (failures.length > 0 || isUnknown(subject) || (subject as Subject).commonName !== undefined) return failures;
  return [{ property: "subject.commonName", reason: "an authority must have a name" }];
}

function checkKey({ keyAlgorithm, rsaBits, ecdsaCurve }: CertificateAuthorityInputs): CheckFailure[] {
  if (isUnknown(keyAlgorithm)) return [];
  if (keyAlgorithm === "RSA") {
    return [
      ...(ecdsaCurve === undefined || isUnknown(ecdsaCurve)
        ? []
        : [{ property: "ecdsaCurve", reason: "is only for keyAlgorithm ECDSA" }]),
      ...checkRsaBits(rsaBits),
    ];
  }
  if (keyAlgorithm === "ECDSA") {
    return [
      ...(rsaBits === undefined || isUnknown(rsaBits)
        ? []
        : [{ property: "rsaBits", reason: "is only for keyAlgorithm RSA" }]),
      ...checkCurve(ecdsaCurve),
    ];
  }
  return [{ property: "keyAlgorithm", reason: "must be RSA or ECDSA" }];
}

function checkRsaBits(rsaBits: unknown): CheckFailure[] {
  const { minimum, maximum } = RSA_BITS;
  if (isUnknown(rsaBits)) return [];
  if (Number.isInteger(rsaBits) && Number(rsaBits) >= minimum && Number(rsaBits) <= maximum) return [];
  return [{ property: "rsaBits", reason: `must be a whole number from ${minimum} to ${maximum}` }];
}

const checkCurve = (curve: unknown): CheckFailure[] =>
  isUnknown(curve) || (typeof curve === "string" && Object.hasOwn(CURVES, curve))
    ? []
    : [{ property: "ecdsaCurve", reason: `must be ${Object.keys(CURVES).join(" or ")}` }];

async function generateKey({ keyAlgorithm, rsaBits, ecdsaCurve }: CertificateAuthorityInputs): Promise<KeyObject> {
  const generate = promisify(generateKeyPair);
  const { privateKey } =
    keyAlgorithm === "ECDSA"
      ? await generate("ec", { namedCurve: CURVES[ecdsaCurve ?? DEFAULT_CURVE] })
      : await generate("rsa", { modulusLength: rsaBits ?? DEFAULT_RSA_BITS });
  return privateKey;
}

function issueTo(inputs: CertificateAuthorityInputs, privateKey: KeyObject, now: Date): CertificateAuthorityOutputs {
  const publicKey = createPublicKey(privateKey);
  const name = encodeSubject(inputs.subject);
  const validity = validityFrom(now, inputs.validityDays ?? DEFAULT_VALIDITY_DAYS);
  const extensions = authorityExtensions(publicKey);
  const certificate = issueCertificate({ issuer: name, subject: name, publicKey, validity, extensions }, privateKey);
  const { serialNumber, notBefore, notAfter, fingerprint256 } = describe(certificate);
  return {
    ...inputs,
    stateVersion: 1,
    certificate: writePem("CERTIFICATE", certificate.raw),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    serialNumber,
    notBefore,
    notAfter,
    publicKeyFingerprint: fingerprintOf(publicKey),
    fingerprint256,
  };
}
