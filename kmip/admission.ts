import { X509Certificate } from "node:crypto";
import { OperationFailure } from "./failure";
import type { Tenant } from "./operations/operation";

/** Who has opened a connection. By its handshake it has the private key of its certificate. */
export interface Peer {
  /** Absent where it showed none. */
  certificate?: X509Certificate;
  /** Why no known authority vouches for the certificate, by TLS; absent where one does. */
  authorizationError?: string;
}

/** Judges at `now` whose client somebody is; answers why it is not let in. */
export type Admission = (peer: Peer, now: Date) => Tenant | OperationFailure;

/**
 * Lets in whoever has a certificate of an authority, as clients of one tenant.
 *
 * @param ca PEM of the authorities
 */
export function admissionBy(ca: string, tenant: Tenant): Admission {
  const authorities = certificatesIn(ca);
  return ({ certificate, authorizationError }, now) => {
    const refuse = (why: string) => new OperationFailure("AuthenticationNotSuccessful", why);
    if (authorizationError && !(certificate && isDateAlone(authorizationError, certificate, authorities))) {
      return refuse(`client certificate refused: ${authorizationError}`);
    }
    if (!certificate) return refuse("client certificate missing");
    const valid = new Date(certificate.validFrom) <= now && now <= new Date(certificate.validTo);
    return valid ? tenant : refuse("client certificate refused: not valid now");
  };
}

/** TLS judges dates by the system's clock, which need not be the server's own. Nothing else may be wrong. */
const isDateAlone = (complaint: string, certificate: X509Certificate, authorities: X509Certificate[]): boolean =>
  ["CERT_NOT_YET_VALID", "CERT_HAS_EXPIRED"].includes(complaint) &&
  authorities.some((authority) => certificate.checkIssued(authority) && certificate.verify(authority.publicKey));

const certificatesIn = (pem: string): X509Certificate[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (block) => new X509Certificate(block),
  );
