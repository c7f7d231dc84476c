import type { HttpsSettings } from "../../../connections/https/settings";

/** How one cluster is reached. Exactly one of `caCertificate`, `fingerprint256` and `insecure` may be given. */
export interface ConnectionSettings extends HttpsSettings {
  /** The cluster's management address: `https://host[:port]`. The port is 443 when left out. */
  endpoint: string;
  /** A cluster administrator. */
  username: string;
  /** Its password. Never shown, and never written to state in clear. */
  password: string;
  /** CA certificates (PEM) that sign the cluster's TLS certificate. Default: the system's own. */
  caCertificate?: string;
  /** SHA-256 fingerprint of the cluster's TLS certificate, in hex with or without colons. Works for IP addresses too. */
  fingerprint256?: string;
  /** Accepts any TLS certificate. Whoever sits on the path can then read the password and pose as the cluster. */
  insecure?: boolean;
}
