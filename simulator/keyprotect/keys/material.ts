import { randomBytes, randomUUID } from "node:crypto";
import { invalidField } from "../region/errors";
import type { Region } from "../region/machine";
import type { KeyVersion } from "../region/state";

/** Bytes that root keys may have. */
const ROOT_KEY_BYTES = [16, 24, 32];
const MOST_BYTES = 7_500;

/** A new version: of the bytes (base64) that somebody brings, or of the region's own. */
export function newVersion({ secrets, now }: Region, payload: string | undefined, extractable: boolean): KeyVersion {
  const version = { id: randomUUID(), createdAt: now().toISOString() };
  secrets.material[version.id] =
    payload === undefined ? randomBytes(32).toString("base64") : checked(payload, extractable);
  return version;
}

function checked(payload: string, extractable: boolean): string {
  const bytes = Buffer.from(payload, "base64");
  if (bytes.toString("base64") !== payload) throw invalidField("payload", "a base64 encoded key material");
  const fits = extractable ? bytes.length > 0 && bytes.length <= MOST_BYTES : ROOT_KEY_BYTES.includes(bytes.length);
  if (!fits) throw invalidField("payload", extractable ? `1 to ${MOST_BYTES} bytes` : "16, 24 or 32 bytes");
  return payload;
}
