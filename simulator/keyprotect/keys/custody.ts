import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type KeyCustody, OperationFailure } from "../../../kmip";
import type { Region } from "../region/machine";
import type { Instance } from "../region/state";
import { stateOf } from "./aging";
import { newestVersion } from "./wire";

const CIPHER = "aes-256-gcm";
/** The id of a key version stands before what it has sealed. */
const VERSION_BYTES = 36;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A root key as the custodian of KMIP objects. */
export interface RootKeyCustody extends KeyCustody {
  /** Why it neither seals nor opens now. */
  refusal(): OperationFailure | undefined;
}

/**
 * Seals under the newest version of a root key, and opens under the version that has sealed, be it the newest or not. It does
 * neither while the key is suspended, deactivated or deleted, and never again when it is purged.
 */
export function custodyOf(region: Region, instance: Instance, keyID: string): RootKeyCustody {
  const keyNow = () => instance.keys.find(({ id }) => id === keyID);
  const refusal = () => {
    const key = keyNow();
    const state = key ? stateOf(region, key) : 5;
    return state === 1 ? undefined : new OperationFailure("PermissionDenied", `the root key is ${STATES[state]}`);
  };
  const usable = () => {
    const [key, refused] = [keyNow(), refusal()];
    if (!key || refused) throw refused;
    return key;
  };
  return {
    refusal,
    seal: (material) => seal(region, newestVersion(usable()).id, material),
    open(sealed) {
      usable();
      return open(region, sealed);
    },
  };
}

const STATES = { 2: "suspended", 3: "deactivated", 5: "destroyed" } as const;

/** The key version that has sealed something. */
export const sealedBy = (sealed: Buffer): string => sealed.subarray(0, VERSION_BYTES).toString();

function seal(region: Region, keyVersion: string, material: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, wrappingKeyOf(region, keyVersion), nonce);
  const ciphertext = Buffer.concat([cipher.update(material), cipher.final()]);
  return Buffer.concat([Buffer.from(keyVersion), nonce, cipher.getAuthTag(), ciphertext]);
}

function open(region: Region, sealed: Buffer): Buffer {
  const parts = sealed.subarray(VERSION_BYTES);
  const [nonce, tag] = [parts.subarray(0, NONCE_BYTES), parts.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
  const decipher = createDecipheriv(CIPHER, wrappingKeyOf(region, sealedBy(sealed)), nonce).setAuthTag(tag);
  return Buffer.concat([decipher.update(parts.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

/** Imported root keys may be shorter than the cipher's keys. */
function wrappingKeyOf({ secrets }: Region, keyVersion: string): Buffer {
  const material = secrets.material[keyVersion];
  if (material === undefined) throw new OperationFailure("KeyValueNotPresent", "the root key's material is gone");
  const bytes = Buffer.from(material, "base64");
  return Buffer.concat([bytes, Buffer.alloc(32 - bytes.length)]);
}
