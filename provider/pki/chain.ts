import type { X509Certificate } from "node:crypto";
import { readCertificates, titleOf } from "./certificate";
import { CertificateError, PemError } from "./errors";

/** A client's own certificate, and after it what issued it, and what issued that. */
export type Chain = [own: X509Certificate, ...issuers: X509Certificate[]];

/** More than anyone has: whether a longer text is a chain in another order is not worth the time. */
const LONGEST_CHAIN = 10;

const ORDER = "give the client's own first, then the authority that issued it, then that one's issuer, and so on";

/** What keeps certificates from being a chain, in words. */
export function chainComplaint(certificates: Chain): string | undefined {
  const reason = reasonAgainst(certificates);
  return reason && `holds ${certificates.length} certificates that are no chain: ${reason}: ${ORDER}`;
}

/** The authorities above a certificate, as far as they are among the candidates, beginning with its issuer. */
export function issuersOf(certificate: X509Certificate, candidates: readonly X509Certificate[]): X509Certificate[] {
  const issuer = candidates.find((candidate) => isIssuedBy(certificate, candidate));
  return issuer === undefined ? [] : [issuer, ...issuersOf(issuer, without(issuer, candidates))];
}

/**
 * Whether two PEM texts hold the same certificate first, and the same others after it. Where the others stand makes no
 * difference, nor does whatever is around them. A text that cannot be read equals only itself.
 */
export function sameChains(a: string, b: string): boolean {
  if (a === b) return true;
  try {
    return spelled(a) === spelled(b);
  } catch (error) {
    if (error instanceof PemError || error instanceof CertificateError) return false;
    throw error;
  }
}

function spelled(pem: string): string {
  const [own, ...others] = readCertificates(pem).map(({ fingerprint256 }) => fingerprint256);
  return [own, ...[...new Set(others)].sort()].join();
}

function reasonAgainst(certificates: Chain): string | undefined {
  const repeated = certificates.find((certificate, index) => certificates.slice(0, index).some(isEqualTo(certificate)));
  if (repeated !== undefined) return `${titleOf(repeated)} is there twice`;
  for (const [index, certificate] of certificates.entries()) {
    const next = certificates[index + 1];
    if (next === undefined || isIssuedBy(certificate, next)) continue;
    if (isOrderAlone(certificates)) return "they stand in another order";
    return `${titleOf(certificate)} was not issued by ${titleOf(next)}, which follows it`;
  }
  return undefined;
}

const isOrderAlone = (certificates: Chain): boolean =>
  certificates.length <= LONGEST_CHAIN &&
  certificates.some((own) => issuersOf(own, without(own, certificates)).length === certificates.length - 1);

/** By name and signature: whether the issuer is an authority is another question. */
function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.issuer === issuer.subject && certificate.verify(issuer.publicKey);
}

const isEqualTo =
  (certificate: X509Certificate) =>
  (other: X509Certificate): boolean =>
    isSame(certificate, other);

const isSame = (a: X509Certificate, b: X509Certificate): boolean => a.fingerprint256 === b.fingerprint256;

const without = (certificate: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] =>
  all.filter((other) => !isSame(certificate, other));
