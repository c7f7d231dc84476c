import { createPublicKey, type KeyObject, sign } from "node:crypto";
import * as forge from "node-forge";

/**
 * Lets node-forge build certificates and requests while Node's own crypto signs them with SHA-256: forge's arithmetic in
 * JavaScript takes a hundred times as long.
 */
export function nativeSigner(privateKey: KeyObject) {
  let signed = "";
  const digest = {
    algorithm: "sha256",
    start: () => {
      signed = "";
    },
    update: (bytes: string) => {
      signed += bytes;
    },
  };
  const key = { sign: () => sign("sha256", Buffer.from(signed, "binary"), privateKey).toString("binary") };
  return {
    publicKey: forge.pki.publicKeyFromPem(
      createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString(),
    ),
    signInto: (target: forge.pki.Certificate | forge.pki.CertificateSigningRequest) =>
      target.sign(key as unknown as forge.pki.rsa.PrivateKey, digest as unknown as forge.md.MessageDigest),
  };
}
