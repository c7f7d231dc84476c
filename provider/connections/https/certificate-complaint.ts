import type { X509Certificate } from "node:crypto";
import { isEkmError } from "../../core/errors";
import { describe, readCertificates, titleOf } from "../../pki/certificate";
import { weaknesses } from "../../pki/validate";
import type { Peer } from "./peer";
import type { HttpsSettings } from "./settings";

/** What to do about a certificate. */
type WayOut = (peer: Peer) => string;

export const ifReplaced: WayOut = ({ noun }) =>
  `if its certificate was replaced on purpose, pin the new fingerprint as fingerprint256; otherwise somebody poses as the ${noun}`;
const pin: WayOut = ({ noun }) =>
  `once you have compared it with the one that the ${noun} itself shows, pin its fingerprint as fingerprint256`;
const renew: WayOut = ({ noun, certificateInstallation }) =>
  `install a valid certificate on the ${noun} (${certificateInstallation}), and compare this machine's clock`;
const reissue: WayOut = (peer) =>
  `install another certificate on the ${peer.noun} (${peer.certificateInstallation}), or, ${pin(peer)}`;

/** The expected certificate, and the way out. */
interface Complaint {
  expected: string;
  wayOut: WayOut;
}

/** The complaint about a certificate that OpenSSL refuses by the name `code`. */
export function complaintOf(
  code: string,
  certificate: X509Certificate | undefined,
  { endpoint, caCertificate }: HttpsSettings,
): Complaint {
  const given = caCertificate === undefined ? [] : readCertificates(caCertificate);
  if (OF_UNKNOWN_ISSUERS.test(code)) return unknownIssuer(code, certificate, given);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return {
      expected: `one for the endpoint's host, ${URL.parse(endpoint)?.hostname ?? endpoint}`,
      wayOut: (peer) => `give the endpoint with a name that the certificate has; ${ifReplaced(peer)}`,
    };
  }
  const flaw = readable(() => flawIn(code, certificate, issuersOf(certificate, given)));
  return flaw ?? COMPLAINTS[code] ?? { expected: "one that OpenSSL accepts", wayOut: reissue };
}

/** OpenSSL's names for a chain that leads to no trusted authority. */
const OF_UNKNOWN_ISSUERS = /^(UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT)/;

function unknownIssuer(
  code: string,
  certificate: X509Certificate | undefined,
  given: readonly X509Certificate[],
): Complaint {
  const isItself = given.some(({ fingerprint256 }) => fingerprint256 === certificate?.fingerprint256);
  if (isItself) {
    return {
      expected: "one that is signed by an authority in caCertificate, which has this very certificate instead",
      wayOut: () =>
        "give the certificate of the authority that signed it as caCertificate, or pin its fingerprint as fingerprint256",
    };
  }
  if (code === "UNABLE_TO_GET_ISSUER_CERT") {
    return {
      expected: "one whose authorities lead to one that signed itself",
      wayOut: () => "add the certificates of the authorities above the given ones, up to the root, to caCertificate",
    };
  }
  const authorities = given.map(
    (authority) => `${titleOf(authority)} with SHA-256 fingerprint ${authority.fingerprint256}`,
  );
  const signer =
    authorities.length === 0 ? "an authority that this machine trusts" : `caCertificate (${authorities.join(", ")})`;
  return {
    expected: `one that is signed by ${signer}`,
    wayOut: (peer) =>
      `give the certificate of the authority that signed it as caCertificate, or, ${pin(peer)}; if it should be signed by the expected authority, somebody poses as the ${peer.noun}`,
  };
}

/** `undefined` where a certificate is malformed. */
function readable<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (isEkmError(error) || (error as NodeJS.ErrnoException).code?.startsWith("ERR_OSSL_")) return undefined;
    throw error;
  }
}

/** The certificates above one, as far as they are known: presented or given. */
function issuersOf(certificate: X509Certificate | undefined, given: readonly X509Certificate[]): X509Certificate[] {
  const issuers: X509Certificate[] = [];
  for (let below = certificate; below !== undefined && issuers.length < LONGEST_CHAIN; ) {
    const subject: X509Certificate = below;
    const above: X509Certificate | undefined =
      subject.issuerCertificate ?? given.find((authority) => subject.checkIssued(authority));
    if (above === undefined || above.fingerprint256 === subject.fingerprint256) break;
    issuers.push(above);
    below = above;
  }
  return issuers;
}

const LONGEST_CHAIN = 16;

/** OpenSSL has one code for many flaws, and Node one more for all that it has no name for. */
function flawIn(code: string, leaf: X509Certificate | undefined, issuers: X509Certificate[]): Complaint | undefined {
  const chain = leaf === undefined ? [] : [leaf, ...issuers];
  const now = new Date();
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    const ended = issuers.find(({ validFromDate, validToDate }) => now < validFromDate || now > validToDate);
    if (ended === undefined) return undefined;
    const { notBefore, notAfter } = describe(ended);
    return {
      expected: `one whose authorities are valid now; ${titleOf(ended)} is valid from ${notBefore} to ${notAfter}`,
      wayOut: renew,
    };
  }
  const isForServers = leaf?.keyUsage?.some((usage) => FOR_SERVERS.includes(usage)) ?? true;
  if (code === "INVALID_PURPOSE" && !isForServers) return undefined;
  const pretender = issuers.find(({ ca }) => !ca);
  if (pretender !== undefined) {
    return { expected: `one that an authority signed; ${titleOf(pretender)} above it is none`, wayOut: reissue };
  }
  const [weakness] = chain.flatMap(weaknesses);
  return weakness === undefined ? undefined : { expected: `a stronger one: ${weakness}`, wayOut: reissue };
}

/** serverAuth and anyExtendedKeyUsage. */
const FOR_SERVERS = ["1.3.6.1.5.5.7.3.1", "2.5.29.37.0"];

/** Complaints where the certificates themselves show no more. */
const COMPLAINTS: Readonly<Record<string, Complaint>> = {
  CERT_HAS_EXPIRED: { expected: "one that has not expired", wayOut: renew },
  CERT_NOT_YET_VALID: { expected: "one that is valid already", wayOut: renew },
  INVALID_PURPOSE: { expected: "one that may stand for a server (extended key usage serverAuth)", wayOut: renew },
  PATH_LENGTH_EXCEEDED: {
    expected: "one below no more authorities than those above it allow (path length)",
    wayOut: reissue,
  },
  INVALID_CA: { expected: "one that an authority signed; one of those above it is none", wayOut: reissue },
  CA_MD_TOO_WEAK: { expected: "one that is signed with SHA-256 or better", wayOut: reissue },
  EE_KEY_TOO_SMALL: { expected: "one with a longer key", wayOut: reissue },
  CA_KEY_TOO_SMALL: { expected: "one that is signed with a longer key", wayOut: reissue },
  CERT_REVOKED: { expected: "one that is not revoked", wayOut: renew },
};
