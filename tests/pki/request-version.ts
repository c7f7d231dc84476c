import { createPrivateKey, sign } from "node:crypto";

const INTEGER_ZERO = Buffer.from("020100", "hex");
const HEADER_LENGTH = 4;

/** The same request with another version in it, signed by `rsaKey` with SHA-256, as Element 11.7 does with 2. */
export function withVersion(request: string, version: number, rsaKey: string): string {
  const der = Buffer.from(request.replace(/-----.*-----|\s/g, ""), "base64");
  const at = der.indexOf(INTEGER_ZERO);
  der[at + 2] = version;
  const infoLength = HEADER_LENGTH + der.readUInt16BE(HEADER_LENGTH + 2);
  const info = der.subarray(HEADER_LENGTH, HEADER_LENGTH + infoLength);
  const signature = sign("sha256", info, createPrivateKey(rsaKey));
  signature.copy(der, der.length - signature.length);
  const body = der.toString("base64").replace(/.{64}/g, "$&\n").trimEnd();
  return `-----BEGIN CERTIFICATE REQUEST-----\n${body}\n-----END CERTIFICATE REQUEST-----\n`;
}
