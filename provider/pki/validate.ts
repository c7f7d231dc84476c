import type { X509Certificate } from "node:crypto";
import { EkmError, inFull } from "../core/errors";
import type { Findings } from "../core/lifecycle";
import { type Line, warning } from "../core/plan";
import { isUnknown } from "../core/unknown";
import { certificateParts, readCertificates, sameCertificates, titleOf } from "./certificate";
import { chainComplaint, sameChains } from "./chain";
import { foreignForm } from "./foreign-form";
import { validityOf } from "./issuer";
import { isBareBase64 } from "./pem";
import { weakAlgorithmName } from "./signature-algorithm";
import { beginsLater, endInWords, noticeTime } from "./validity";

export interface CertificateCheck {
  /** Path of the input. */
  property: string;
  now: Date;
  /** The PEM text in use already: what is found wrong with the same certificates is worth a warning and no failure. */
  accepted?: string;
  /** Whether an end that is near is warned about here. Default true. */
  warnsOfEnd?: boolean;
}

const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
const ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";
const MINIMUM_RSA_BITS = 2048;
const SHOWN_USAGES = 5;

/**
 * Checks a PEM text that must be the certificate that a client presents, alone or followed by the authorities that issued
 * it. Skips an unknown value.
 */
export function checkClientCertificate(pem: unknown, check: CertificateCheck): Findings {
  return examine(pem, check, (certificates) => {
    const [own, ...issuers] = certificates;
    const disorder = chainComplaint(certificates);
    const { complaints, remarks } =
      disorder === undefined ? chainFindings(own, issuers, check.now) : { complaints: [disorder], remarks: [] };
    const isAccepted = isKnown(pem, check.accepted, sameChains);
    return combine(
      { failures: [], lines: remarks.map((remark) => warning(`${check.property}: ${remark}`)) },
      ...complaints.map((complaint) => found(complaint, isAccepted, check)),
      ...certificates.map((certificate) => beginFindings(certificate, check)),
      endFindings(own, check, "have the request signed again, or renew it where it comes from"),
      ...issuers.map((issuer) => endFindings(issuer, check, "have the request signed by its successor")),
    );
  });
}

function chainFindings(own: X509Certificate, issuers: X509Certificate[], now: Date) {
  const complaints = [
    clientAuthenticationComplaint(own),
    ...weaknesses(own),
    timeComplaint(own, now),
    ...issuers.flatMap((issuer) => [issuerComplaint(issuer), timeComplaint(issuer, now)]),
  ];
  const remarks = [
    ...(own.ca ? [`${titleOf(own)} is itself a certificate authority`] : []),
    ...issuers.flatMap(weaknesses),
  ];
  return { complaints, remarks };
}

/** Checks a PEM text of one or several certificate authorities. Skips an unknown value. */
export function checkCaCertificate(pem: unknown, check: CertificateCheck): Findings {
  return examine(pem, check, (certificates) => {
    const complaints = certificates.map((certificate) => timeComplaint(certificate, check.now));
    const oneIsValid = complaints.includes(undefined);
    const isAccepted = isKnown(pem, check.accepted, sameCertificates);
    return combine(
      { failures: [], lines: certificates.flatMap((certificate) => caWarnings(certificate, check.property)) },
      ...complaints.map((complaint) => found(complaint, oneIsValid || isAccepted, check)),
      ...certificates.map((certificate) => beginFindings(certificate, check)),
      ...certificates.map((certificate) => endFindings(certificate, check, "add its successor before")),
    );
  });
}

function examine(
  pem: unknown,
  check: CertificateCheck,
  inspect: (certificates: [X509Certificate, ...X509Certificate[]]) => Findings,
): Findings {
  if (isUnknown(pem)) return { failures: [], lines: [] };
  // A list or an object may hold a key.
  if (typeof pem === "object" && pem !== null) return refuseUnread(check, "must be one text: a certificate in PEM");
  if (typeof pem !== "string" || pem.trim() === "") return refuse(check, "must be a certificate in PEM; it is empty");
  const complaint = formComplaint(pem);
  if (complaint !== undefined) return refuseUnread(check, complaint);
  try {
    return inspect(readCertificates(pem));
  } catch (error) {
    if (error instanceof EkmError) return refuseUnread(check, inFull(error));
    throw error;
  }
}

/** Names the usual mistakes better than a parser would. */
function formComplaint(pem: string): string | undefined {
  if (/BEGIN ([A-Z0-9]{1,20} ){0,3}PRIVATE KEY-/.test(pem)) return "holds a private key: give the certificate";
  if (/^-----BEGIN (NEW )?CERTIFICATE REQUEST-----/m.test(pem)) {
    return "holds a certificate signing request: give the certificate that was signed from it";
  }
  const form = foreignForm(pem, "x509");
  if (form !== undefined) return `${form.what}: ${form.wayOut}`;
  return isBareBase64(pem) ? "is base64 without its BEGIN CERTIFICATE and END CERTIFICATE lines" : undefined;
}

function clientAuthenticationComplaint(certificate: X509Certificate): string | undefined {
  const usages = certificate.keyUsage as string[] | undefined;
  if (usages === undefined || usages.includes(CLIENT_AUTHENTICATION) || usages.includes(ANY_EXTENDED_KEY_USAGE)) {
    return undefined;
  }
  return `${titleOf(certificate)} is not for client authentication: its extended key usage is ${usages.slice(0, SHOWN_USAGES).join(", ")}`;
}

/** Key servers refuse what such a one has issued. */
function issuerComplaint(issuer: X509Certificate): string | undefined {
  return issuer.ca ? undefined : `${titleOf(issuer)} issued what stands before it, and is no certificate authority`;
}

function caWarnings(certificate: X509Certificate, property: string): Line[] {
  const unmarked = certificate.ca ? [] : [`${titleOf(certificate)} is not marked as a certificate authority`];
  return [...unmarked, ...weaknesses(certificate)].map((remark) => warning(`${property}: ${remark}`));
}

/** The name of the weak algorithm that a certificate's signature rests on, if it does and somebody relies on it. */
export function weakSignature(certificate: X509Certificate): string | undefined {
  // Nobody relies on the signature that a root makes under itself.
  const selfIssued = certificate.subject === certificate.issuer;
  return selfIssued ? undefined : weakAlgorithmName(certificateParts(certificate).signatureAlgorithm);
}

/** What makes a certificate easy to forge, in words. */
export function weaknesses(certificate: X509Certificate): string[] {
  const algorithm = weakSignature(certificate);
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const isRsa = asymmetricKeyType === "rsa" || asymmetricKeyType === "rsa-pss";
  const bits = isRsa ? (asymmetricKeyDetails?.modulusLength ?? 0) : MINIMUM_RSA_BITS;
  return [
    algorithm !== undefined ? `${titleOf(certificate)} is signed with ${algorithm}, which is weak` : undefined,
    bits < MINIMUM_RSA_BITS
      ? `${titleOf(certificate)} has an RSA key of ${bits} bits, fewer than ${MINIMUM_RSA_BITS}`
      : undefined,
  ].filter(isPresent);
}

function timeComplaint(certificate: X509Certificate, now: Date): string | undefined {
  if (beginsLater(validityOf(certificate), now)) {
    return `${titleOf(certificate)} is not valid before ${certificate.validFromDate.toISOString()}`;
  }
  if (now > certificate.validToDate) {
    return `${titleOf(certificate)} expired at ${certificate.validToDate.toISOString()}`;
  }
  return undefined;
}

function found(complaint: string | undefined, tolerated: boolean, check: CertificateCheck): Findings {
  if (complaint === undefined) return { failures: [], lines: [] };
  return tolerated ? { failures: [], lines: [warning(`${check.property}: ${complaint}`)] } : refuse(check, complaint);
}

/** Of a certificate that may be valid already by the clocks of its client and of the server, which alone count. */
function beginFindings(certificate: X509Certificate, { property, now }: CertificateCheck): Findings {
  const { notBefore } = validityOf(certificate);
  if (now >= notBefore || beginsLater({ notBefore }, now)) return { failures: [], lines: [] };
  const seconds = Math.ceil((notBefore.getTime() - now.getTime()) / 1000);
  const text = `${property}: ${titleOf(certificate)} is not valid before ${notBefore.toISOString()}, in ${seconds} s by the clock of this machine`;
  return { failures: [], lines: [warning(text)] };
}

/** Of a certificate that is valid, but not for long. */
function endFindings(
  certificate: X509Certificate,
  { property, now, warnsOfEnd = true }: CertificateCheck,
  advice: string,
) {
  const { notAfter } = validityOf(certificate);
  const isNear = warnsOfEnd && now >= noticeTime(validityOf(certificate)) && now <= notAfter;
  const text = `${property}: ${titleOf(certificate)} ${endInWords(notAfter, now)}, at ${notAfter.toISOString()}: ${advice}`;
  return { failures: [], lines: isNear ? [warning(text)] : [] };
}

const isKnown = (pem: unknown, accepted: string | undefined, same: (a: string, b: string) => boolean): boolean =>
  accepted !== undefined && typeof pem === "string" && same(pem, accepted);

const isPresent = <T>(value: T | undefined): value is T => value !== undefined;

const refuse = ({ property }: CertificateCheck, reason: string): Findings => ({
  failures: [{ property, reason }],
  lines: [],
});

/** Without the property, whose value the engine would print: what could not be read may be a key. */
const refuseUnread = ({ property }: CertificateCheck, reason: string): Findings => ({
  failures: [{ property: "", reason: `${property}: ${reason}` }],
  lines: [],
});

const combine = (...findings: Findings[]): Findings => ({
  failures: findings.flatMap(({ failures }) => failures),
  lines: findings.flatMap(({ lines }) => lines),
});
