import { generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

export interface RsaKeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** Makes RSA 2048 key pairs one ahead, so that nobody waits for primes. Each pair is handed out once. */
class RsaKeyPool {
  #ahead?: Promise<RsaKeyPair>;

  take(): Promise<RsaKeyPair> {
    const taken = this.#ahead ?? generate("rsa", { modulusLength: 2048 });
    this.#ahead = generate("rsa", { modulusLength: 2048 });
    return taken;
  }
}

export const rsaKeyPool = new RsaKeyPool();
