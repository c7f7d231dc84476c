/**
 * Where a system is reached over HTTPS, and how its certificate is verified. At most one of `caCertificate`,
 * `fingerprint256` and `insecure` may be given.
 */
export interface HttpsSettings {
  /** `https://host[:port]`. The port is 443 when left out. */
  endpoint: string;
  /** CA certificates (PEM) that sign the endpoint's TLS certificate. Default: the system's own. */
  caCertificate?: string;
  /** SHA-256 fingerprint of the endpoint's TLS certificate, in hex with or without colons. Works for IP addresses too. */
  fingerprint256?: string;
  /** Accepts any TLS certificate. Whoever sits on the path can then read the credentials and pose as the system. */
  insecure?: boolean;
}

/** What stands behind the identity of the cluster's TLS endpoint. */
export type TlsVerification = "systemRoots" | "caCertificate" | "fingerprint256" | "off";

export function tlsVerification(settings: HttpsSettings): TlsVerification {
  if (settings.insecure) return "off";
  if (settings.fingerprint256 !== undefined) return "fingerprint256";
  return settings.caCertificate === undefined ? "systemRoots" : "caCertificate";
}
