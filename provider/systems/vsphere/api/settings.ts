import type { HttpsSettings } from "../../../connections/https/settings";

/** How one vCenter is reached. At most one of `caCertificate`, `fingerprint256` and `insecure` may be given. */
export interface VcenterSettings extends HttpsSettings {
  /** A user of single sign-on, such as `administrator@vsphere.local`. */
  username: string;
  /** Never shown, and never written to state in clear. */
  password: string;
}
