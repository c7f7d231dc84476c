import type { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { describe, titleOf } from "../../pki/certificate";
import { complaintOf, ifReplaced } from "./certificate-complaint";
import type { Peer } from "./peer";
import { type HttpsSettings, tlsVerification } from "./settings";

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
export function distrustOf(
  socket: TLSSocket,
  settings: HttpsSettings,
  peer: Peer,
): UntrustedCertificateError | undefined {
  const certificate = socket.getPeerX509Certificate();
  switch (tlsVerification(settings)) {
    case "off":
      return undefined;
    case "fingerprint256":
      if (normalised(certificate?.fingerprint256) === normalised(settings.fingerprint256)) return undefined;
      return new UntrustedCertificateError(
        `it presented ${present(certificate)}; expected is the pinned fingerprint256 ${spelled(settings.fingerprint256)}`,
        `compare the presented fingerprint with the one that the ${peer.noun} itself shows: ${ifReplaced(peer)}`,
      );
    default:
      if (socket.authorized) return undefined;
      return unverified(String(socket.authorizationError), certificate, settings, peer);
  }
}

function unverified(
  code: string,
  certificate: X509Certificate | undefined,
  settings: HttpsSettings,
  peer: Peer,
): UntrustedCertificateError {
  const { expected, wayOut } = complaintOf(code, certificate, settings);
  return new UntrustedCertificateError(
    `it presented ${present(certificate)}; expected is ${expected} (${code})`,
    wayOut(peer),
  );
}

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

const normalised = (fingerprint: string | undefined): string | undefined =>
  fingerprint?.replaceAll(":", "").toUpperCase();

/** As tools show it: pairs separated by colons. */
const spelled = (fingerprint: string | undefined): string | undefined =>
  normalised(fingerprint)?.match(/../g)?.join(":");
