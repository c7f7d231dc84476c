import { X509Certificate } from "node:crypto";
import { connect, type DetailedPeerCertificate } from "node:tls";
import { ConnectionUnreachableError } from "../../../connections/errors";
import { networkFailure } from "../../../connections/https/network-error";
import { writePem } from "../../../pki";
import type { Instance } from "../api/instance";

const TIMEOUT_MS = 10_000;

/**
 * The certificates that a KMIP endpoint presents, PEM. Nothing is sent, and nothing is trusted.
 *
 * @throws ConnectionUnreachableError
 */
export function presentedChain(
  { place }: Pick<Instance, "place">,
  { hostname, port }: { hostname: string; port: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = (why: string, cause?: Error) =>
      reject(
        new ConnectionUnreachableError(
          {
            attempt: "looking at the KMIP endpoint",
            place,
            reason: `${hostname}:${port} presented no certificate (${why})`,
            wayOut: "check kmipEndpoint of the connection, and the way from this machine to it",
          },
          cause && { cause },
        ),
      );
    // Certificates are what is asked for here: whether they can be trusted is for a person to say.
    const socket = connect({ host: hostname, port, rejectUnauthorized: false, minVersion: "TLSv1.2" });
    socket.setTimeout(TIMEOUT_MS, () => {
      socket.destroy();
      failed("no answer within 10 seconds");
    });
    socket.once("error", (error) => failed(networkFailure(error) ?? error.message, error));
    socket.once("secureConnect", () => {
      const chain = chainOf(socket.getPeerCertificate(true));
      socket.destroy();
      if (chain.length === 0) failed("none");
      else resolve(chain.map((raw) => writePem("CERTIFICATE", raw)).join(""));
    });
  });
}

/** Node links issuers, a self-signed one to itself. */
function chainOf(first: DetailedPeerCertificate): Buffer[] {
  const chain: Buffer[] = [];
  for (let each = first; each?.raw !== undefined; each = each.issuerCertificate) {
    if (chain.some((known) => known.equals(each.raw))) break;
    chain.push(new X509Certificate(each.raw).raw);
  }
  return chain;
}
