import type { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { describe, readCertificates, titleOf } from "../../pki/certificate";
import { type ConnectionSettings, tlsVerification } from "./settings";

/** The certificate that an endpoint presented is not what the settings trust. */
export class UntrustedCertificateError extends Error {
  constructor(
    reason: string,
    readonly wayOut: string,
  ) {
    super(reason);
  }
}

/** Compares what was presented with what the settings trust. To be asked before the first byte of a request is written. */
export function distrustOf(socket: TLSSocket, settings: ConnectionSettings): UntrustedCertificateError | undefined {
  const certificate = socket.getPeerX509Certificate();
  switch (tlsVerification(settings)) {
    case "off":
      return undefined;
    case "fingerprint256":
      if (normalised(certificate?.fingerprint256) === normalised(settings.fingerprint256)) return undefined;
      return new UntrustedCertificateError(
        `it presented ${present(certificate)}; expected is the pinned fingerprint256 ${spelled(settings.fingerprint256)}`,
        `compare the presented fingerprint with the one that the cluster itself shows: ${IF_REPLACED}`,
      );
    default:
      if (socket.authorized) return undefined;
      return unverified(String(socket.authorizationError), certificate, settings);
  }
}

const IF_REPLACED =
  "if its certificate was replaced on purpose, pin the new fingerprint as fingerprint256; otherwise somebody poses as the cluster";

function unverified(
  code: string,
  certificate: X509Certificate | undefined,
  { endpoint, caCertificate }: ConnectionSettings,
): UntrustedCertificateError {
  const { expected, wayOut } = COMPLAINTS[code] ?? {
    expected: `one that is signed by ${caCertificate === undefined ? "an authority that this machine trusts" : `caCertificate (${authorities(caCertificate)})`}`,
    wayOut:
      "give the certificate of the authority that signed it as caCertificate, or, once you have compared it with the one that the cluster itself shows, its fingerprint as fingerprint256; if it should be signed by the expected authority, somebody poses as the cluster",
  };
  const wanted = expected.replace("HOST", () => URL.parse(endpoint)?.hostname ?? endpoint);
  return new UntrustedCertificateError(`it presented ${present(certificate)}; expected is ${wanted} (${code})`, wayOut);
}

const RENEW = "install a valid certificate on the cluster (SetSSLCertificate), and compare this machine's clock";

/** What Node and OpenSSL find beside a missing signature of an authority. */
const COMPLAINTS: Readonly<Record<string, { expected: string; wayOut: string }>> = {
  CERT_HAS_EXPIRED: { expected: "one that has not expired", wayOut: RENEW },
  CERT_NOT_YET_VALID: { expected: "one that is valid already", wayOut: RENEW },
  INVALID_PURPOSE: { expected: "one that may stand for a server (extended key usage serverAuth)", wayOut: RENEW },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    expected: "one for the endpoint's host, HOST",
    wayOut: `give the endpoint with a name that the certificate has; ${IF_REPLACED}`,
  },
};

function present(certificate: X509Certificate | undefined): string {
  if (certificate === undefined) return "no certificate";
  const { fingerprint256 } = certificate;
  try {
    const { issuer, notBefore, notAfter } = describe(certificate);
    const names = certificate.subjectAltName === undefined ? "" : ` for ${certificate.subjectAltName}`;
    return `${titleOf(certificate)}${names}, issued by "${issuer}", valid from ${notBefore} to ${notAfter}, with SHA-256 fingerprint ${fingerprint256}`;
  } catch {
    return `a malformed certificate with SHA-256 fingerprint ${fingerprint256}`;
  }
}

const authorities = (pem: string): string =>
  readCertificates(pem)
    .map((authority) => `${titleOf(authority)} with SHA-256 fingerprint ${authority.fingerprint256}`)
    .join(", ");

const normalised = (fingerprint: string | undefined): string | undefined =>
  fingerprint?.replaceAll(":", "").toUpperCase();

/** As tools show it: pairs separated by colons. */
const spelled = (fingerprint: string | undefined): string | undefined =>
  normalised(fingerprint)?.match(/../g)?.join(":");
