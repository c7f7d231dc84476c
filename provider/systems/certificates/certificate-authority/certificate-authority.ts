import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { type CheckFailure, isRecorded, type Lifecycle } from "../../../core/lifecycle";
import { NotImportableError } from "../../../core/object-errors";
import { announcement, type Line, warning } from "../../../core/plan";
import { checkArguments, replacingIn } from "../../../core/resource/description";
import { isUnknown, unknownIn } from "../../../core/unknown";
import { describe } from "../../../pki/certificate";
import { authorityExtensions } from "../../../pki/extensions";
import { issueCertificate } from "../../../pki/issue";
import { subject as subjectKind } from "../../../pki/kinds";
import { writePem } from "../../../pki/pem";
import { fingerprintOf } from "../../../pki/public-key";
import { encodeSubject, sameSubjects } from "../../../pki/subject";
import { noticeTime, validityFrom } from "../../../pki/validity";
import {
  type CertificateAuthorityInputs,
  type CertificateAuthorityOutputs,
  certificateAuthorityResource,
} from "./resource";

const DEFAULT_RSA_BITS = 3072;
const DEFAULT_CURVE = "P256";
const DEFAULT_VALIDITY_DAYS = 3650;
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
      ...checkArguments(certificateAuthorityResource, inputs),
      ...checkName(inputs),
      ...checkAlgorithm(inputs),
    ];
    return { inputs, failures, lines: [] };
  },

  async diff(_id, olds, news, { clock }) {
    const lines = endsSoon(olds, clock.now());
    const unknown = unknownIn(news);
    if (unknown.length > 0) return { differing: unknown, lines };
    const replaces = replacingIn(certificateAuthorityResource).filter((input) =>
      input === "subject" ? !sameSubjects(olds.subject, news.subject) : olds[input] !== news[input],
    );
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
  async read(id, state, { self }) {
    if (!isRecorded(state, "privateKey")) throw new NotImportableError(self.name, KEY_IS_IN_STATE);
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

const KEY_IS_IN_STATE = "an authority's private key is in the state of the stack that made it, and nowhere else";

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

const checkName = ({ subject }: CertificateAuthorityInputs): CheckFailure[] =>
  subjectKind.complaints(subject).length > 0 || isUnknown(subject) || subject.commonName !== undefined
    ? []
    : [{ property: "subject.commonName", reason: "an authority must have a name" }];

/** Which argument the other kind of key has. */
const FOREIGN = { RSA: { argument: "ecdsaCurve", of: "ECDSA" }, ECDSA: { argument: "rsaBits", of: "RSA" } } as const;

function checkAlgorithm({ keyAlgorithm, ...inputs }: CertificateAuthorityInputs): CheckFailure[] {
  // What is no algorithm is refused as an argument.
  if (keyAlgorithm !== "RSA" && keyAlgorithm !== "ECDSA") return [];
  const { argument, of } = FOREIGN[keyAlgorithm];
  if (inputs[argument] === undefined || isUnknown(inputs[argument])) return [];
  return [{ property: argument, reason: `is only for keyAlgorithm ${of}` }];
}

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
