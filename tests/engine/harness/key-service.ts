import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

const CIPHER = "aes-256-gcm";
const PREFIX = "vault:v1:";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Wraps the keys that stacks encrypt their secrets with, through the API of Vault's transit engine, one of the engine's
 * secrets providers. A passphrase would be stretched anew by every command, which costs more than half of its time.
 */
export class KeyService {
  private static started?: Promise<KeyService>;
  private readonly key = randomBytes(32);
  private readonly server: Server;

  private constructor() {
    this.server = createServer(async (request, response) => {
      const { plaintext, ciphertext } = (await json(request)) as { plaintext: string; ciphertext: string };
      const wraps = request.url?.startsWith("/v1/transit/encrypt/");
      const data = wraps ? { ciphertext: this.wrap(plaintext) } : { plaintext: this.unwrap(ciphertext) };
      response.setHeader("content-type", "application/json").end(JSON.stringify({ data }));
    });
  }

  /** The one of this process; it ends with it. */
  static running(): Promise<KeyService> {
    KeyService.started ??= KeyService.start();
    return KeyService.started;
  }

  private static async start(): Promise<KeyService> {
    const service = new KeyService();
    service.server.listen(0, "127.0.0.1").unref();
    await once(service.server, "listening");
    return service;
  }

  /** What the engine's option `--secrets-provider` calls it. */
  readonly secretsProvider = "hashivault://tests";

  /** Tells an engine where it is. */
  get environment(): NodeJS.ProcessEnv {
    const { port } = this.server.address() as AddressInfo;
    return { VAULT_SERVER_URL: `http://127.0.0.1:${port}`, VAULT_SERVER_TOKEN: "tests" };
  }

  private wrap(plaintext: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce);
    const sealed = Buffer.concat([nonce, cipher.update(plaintext, "base64"), cipher.final(), cipher.getAuthTag()]);
    return PREFIX + sealed.toString("base64");
  }

  private unwrap(ciphertext: string): string {
    const sealed = Buffer.from(ciphertext.slice(PREFIX.length), "base64");
    const decipher = createDecipheriv(CIPHER, this.key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString(
      "base64",
    );
  }
}
