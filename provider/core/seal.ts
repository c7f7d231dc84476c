import { createHash, randomBytes } from "node:crypto";

/** Texts by name, so that they can be compared with others and cannot be read: they may be secret, and easy to guess. */
export function seal(values: Readonly<Record<string, string>>): string {
  return sealWith(randomBytes(12).toString("hex"), values);
}

export const isSealOf = (sealed: string | undefined, values: Readonly<Record<string, string>>): boolean =>
  sealed !== undefined && sealWith(sealed.slice(0, sealed.indexOf(":")), values) === sealed;

function sealWith(salt: string, values: Readonly<Record<string, string>>): string {
  const entries = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${salt}:${createHash("sha256")
    .update(`${salt}${JSON.stringify(entries)}`)
    .digest("hex")}`;
}
