import { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { OperationFailure } from "./failure";

/** Judges whether a client is let in at `now`; answers why it is not. */
export type Admission = (socket: TLSSocket, now: Date) => OperationFailure | undefined;

/** @param ca PEM of the authorities whose clients are let in */
export function admissionBy(ca: string): Admission {
  const authorities = certificatesIn(ca);
  return (socket, now) => {
    const refuse = (why: string) => new OperationFailure("AuthenticationNotSuccessful", why);
    const certificate = socket.getPeerX509Certificate();
    if (!socket.authorized && !(certificate && isDateAlone(socket, certificate, authorities))) {
      return refuse(`client certificate refused: ${socket.authorizationError}`);
    }
    if (!certificate) return refuse("client certificate missing");
    const valid = new Date(certificate.validFrom) <= now && now <= new Date(certificate.validTo);
    return valid ? undefined : refuse("client certificate refused: not valid now");
  };
}

/** TLS judges dates by the system's clock, which need not be the server's own. Nothing else may be wrong. */
const isDateAlone = (socket: TLSSocket, certificate: X509Certificate, authorities: X509Certificate[]): boolean =>
  ["CERT_NOT_YET_VALID", "CERT_HAS_EXPIRED"].includes(`${socket.authorizationError}`) &&
  authorities.some((authority) => certificate.checkIssued(authority) && certificate.verify(authority.publicKey));

const certificatesIn = (pem: string): X509Certificate[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (block) => new X509Certificate(block),
  );
