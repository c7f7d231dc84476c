import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

/** AES key wrap (RFC 3394): unwrapping with another key than that of the wrapping fails, it never gives other bytes. */
const algorithm = "id-aes256-wrap";
const initialValue = Buffer.alloc(8, 0xa6);

export function wrapKey(key: Buffer, wrappingKey: Buffer): Buffer {
  const cipher = createCipheriv(algorithm, wrappingKey, initialValue);
  return Buffer.concat([cipher.update(key), cipher.final()]);
}

export function unwrapKey(wrapped: Buffer, wrappingKey: Buffer): Buffer {
  const decipher = createDecipheriv(algorithm, wrappingKey, initialValue);
  return Buffer.concat([decipher.update(wrapped), decipher.final()]);
}

export function keyDigest(key: Buffer): string {
  return createHash("sha256").update(key).digest("hex");
}
