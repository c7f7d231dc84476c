import { isEkmError } from "../../core/errors";
import { type Kind, oneOf } from "../../core/resource/kinds";
import type { Complain } from "../../core/system";
import { readCertificates } from "../../pki/certificate";
import { CertificateError, PemError } from "../../pki/errors";
import { writePem } from "../../pki/pem";
import type { Peer } from "./peer";

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

/** What stands behind the identity of a TLS endpoint. */
export type TlsVerification = "systemRoots" | "caCertificate" | "fingerprint256" | "off";

/** The same, as outputs have it. */
export const tlsVerificationKind: Kind<TlsVerification> = {
  ...oneOf("systemRoots", "caCertificate", "fingerprint256", "off"),
  name: "TlsVerification",
};

export function tlsVerification(settings: HttpsSettings): TlsVerification {
  if (settings.insecure) return "off";
  if (settings.fingerprint256 !== undefined) return "fingerprint256";
  return settings.caCertificate === undefined ? "systemRoots" : "caCertificate";
}

/** Settings as a source gives them, before anybody has looked at them. */
type Given = { readonly [Member in keyof HttpsSettings]?: unknown };

/**
 * Settings in the only form in which they are used.
 *
 * @param shape the way to give a connection
 * @throws the error that `complain` makes of settings that cannot be used
 */
export function httpsSettings(given: Given, { noun }: Peer, complain: Complain, shape: string): HttpsSettings {
  const caCertificate = textIn(given, "caCertificate", complain, shape);
  const fingerprint256 = textIn(given, "fingerprint256", complain, shape);
  const { insecure } = given;
  const url = URL.parse(String(given.endpoint));
  if (url?.protocol !== "https:" || url.pathname !== "/" || url.username !== "" || url.password !== "") {
    throw complain(
      "endpoint is no address of the form https://host[:port]",
      "the API is HTTPS only; the path and the credentials are added to the address by this provider",
    );
  }
  if ([caCertificate, fingerprint256, insecure || undefined].filter((each) => each !== undefined).length > 1) {
    throw complain(
      "more than one of caCertificate, fingerprint256 and insecure is given",
      `give the one that says how the ${noun}'s certificate is verified`,
    );
  }
  const authorities = caCertificate === undefined ? undefined : certificatesAlone(caCertificate, noun, complain);
  if (fingerprint256 !== undefined && !/^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i.test(fingerprint256)) {
    throw complain("fingerprint256 is no SHA-256 fingerprint", "give 32 bytes in hex, with or without colons");
  }
  if (insecure !== undefined && typeof insecure !== "boolean") {
    throw complain("insecure is neither true nor false", shape);
  }
  return { endpoint: url.origin, caCertificate: authorities, fingerprint256, insecure };
}

function textIn(given: Given, member: keyof Given, complain: Complain, shape: string): string | undefined {
  const value = given[member];
  if (value !== undefined && typeof value !== "string") throw complain(`${member} is no text`, shape);
  return value;
}

/** As OpenSSL reads them: it passes over what it cannot read, such as indented lines, and then trusts nothing. */
function certificatesAlone(pem: string, noun: string, complain: Complain): string {
  try {
    return readCertificates(pem)
      .map(({ raw }) => writePem("CERTIFICATE", raw))
      .join("");
  } catch (error) {
    if (!isEkmError(error)) throw error;
    const own = error instanceof CertificateError || error instanceof PemError ? error.ownWayOut : undefined;
    throw complain(
      `caCertificate is no certificate in PEM: ${error.message}`,
      own ?? `give the certificates of the authorities that sign the ${noun}'s own, each with its BEGIN and END lines`,
    );
  }
}
