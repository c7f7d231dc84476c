import { isEkmError } from "../../../provider/core/errors";
import { type CertificateDescription, describeCertificates, publicKeyFingerprint } from "../../../provider/pki";
import type { KeyServerKmip } from "../../../provider/systems/element/api/types";
import type { Inventory } from "../../element/inventory";
import { lifeOf, type Notice } from "../certificate-life";
import type { CertificateFacts } from "./facts";

type Purpose = CertificateFacts["purpose"];

/** The texts of a key server that are to be certificates, by what they are for. */
const textsOf = ({ kmipClientCertificate, kmipCaCertificate }: KeyServerKmip): [Purpose, string][] => [
  ["client", kmipClientCertificate],
  ["authority", kmipCaCertificate],
];

/** Every certificate once, with all the key servers that have it, in the order in which they end. */
export function certificateFacts({ keyServers, keyPair }: Inventory, now: Date, notice?: Notice): CertificateFacts[] {
  const found = new Map<string, CertificateFacts>();
  for (const server of keyServers) {
    for (const [role, text] of textsOf(server)) {
      const certificates = described(text);
      if (typeof certificates === "string") continue;
      for (const [index, certificate] of certificates.entries()) {
        const purpose = role === "client" && index > 0 ? "issuer" : role;
        const key = `${purpose} ${certificate.fingerprint256}`;
        const known = found.get(key);
        if (known === undefined)
          found.set(key, {
            ...certificate,
            purpose,
            ...lifeOf(certificate, now, notice),
            keyServers: [server.keyServerID],
          });
        else known.keyServers.push(server.keyServerID);
      }
      const [own] = certificates;
      const client = role === "client" && own && found.get(`client ${own.fingerprint256}`);
      if (client) client.isForKeyPair = publicKeyFingerprint(text) === keyPair?.publicKeyFingerprint;
    }
  }
  return [...found.values()].sort((a, b) => Date.parse(a.notAfter) - Date.parse(b.notAfter));
}

/** Why texts of a key server are no certificates. */
export const unreadableCertificates = (server: KeyServerKmip): string[] =>
  textsOf(server).flatMap(([purpose, text]) => {
    const certificates = described(text);
    return typeof certificates === "string" ? [`${PURPOSE_IN_WORDS[purpose]}: ${certificates}`] : [];
  });

export const PURPOSE_IN_WORDS: Readonly<Record<Purpose, string>> = {
  client: "client certificate",
  issuer: "issuer of a client certificate",
  authority: "authority of the key server",
};

/** The certificates of a text, or why it cannot be read. */
function described(text: string): CertificateDescription[] | string {
  try {
    return describeCertificates(text);
  } catch (error) {
    if (isEkmError(error)) return error.message;
    throw error;
  }
}
