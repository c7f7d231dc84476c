import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Region } from "../region/machine";
import type { Key, Sealed } from "../region/state";
import { stateOf } from "./aging";
import { newestVersion } from "./wire";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Why a root key seals and opens nothing now. */
export class RootKeyUnavailableError extends Error {
  override readonly name = "RootKeyUnavailableError";

  constructor(readonly state: "suspended" | "deactivated" | "destroyed") {
    super(`the root key is ${state}`);
  }
}

/** Seals material under a root key, in whose keeping it is. */
export interface KeyCustody {
  /** Refuses while the root key cannot be used. */
  assertUsable(): void;
  /** Under the newest version. `owner` is what the material belongs to: it is opened for the same one alone. */
  seal(material: Buffer, owner: string): Sealed;
  /** Under the version that has sealed it, be that the newest or not. */
  open(sealed: Sealed, owner: string): Buffer;
}

/** Without a key, which is purged then, nothing can be opened ever again. */
export function custodyOf(region: Region, key: Key | undefined): KeyCustody {
  const usable = (): Key => {
    const state = key && stateOf(region, key);
    if (key && state === 1) return key;
    throw new RootKeyUnavailableError(state === 2 ? "suspended" : state === 3 ? "deactivated" : "destroyed");
  };
  return {
    assertUsable: () => void usable(),
    seal: (material, owner) => seal(region, newestVersion(usable()).id, material, owner),
    open(sealed, owner) {
      usable();
      return open(region, sealed, owner);
    },
  };
}

function seal(region: Region, keyVersion: string, material: Buffer, owner: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, wrappingKeyOf(region, keyVersion), nonce).setAAD(Buffer.from(owner));
  const ciphertext = Buffer.concat([cipher.update(material), cipher.final()]);
  return { keyVersion, bytes: Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString("base64") };
}

function open(region: Region, { keyVersion, bytes }: Sealed, owner: string): Buffer {
  const sealed = Buffer.from(bytes, "base64");
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, wrappingKeyOf(region, keyVersion), nonce)
    .setAAD(Buffer.from(owner))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

/** Imported root keys may be shorter than the cipher's keys. */
function wrappingKeyOf({ secrets }: Region, keyVersion: string): Buffer {
  const material = secrets.material[keyVersion];
  if (material === undefined) throw new RootKeyUnavailableError("destroyed");
  const bytes = Buffer.from(material, "base64");
  return bytes.length === 32 ? bytes : Buffer.concat([bytes, Buffer.alloc(32 - bytes.length)]);
}
