import { createHash, type KeyObject } from "node:crypto";

/** SHA-256 of the key's SubjectPublicKeyInfo, in lowercase hexadecimal: equal for key, request and certificate. */
export function fingerprintOf(publicKey: KeyObject): string {
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
}
