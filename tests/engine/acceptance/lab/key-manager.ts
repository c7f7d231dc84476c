import { X509Certificate } from "node:crypto";
import { cpSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KmipClient } from "../../../../kmip";
import { type KmipServer, type KmipServerOptions, startKmipServer } from "../../../../simulator";
import { type Authority, issue, makeAuthority } from "../../../kit/certificates";
import { lastingPort } from "../../../kit/lasting-port";

const YEAR = 365 * 86_400_000;

/** Lets certificates be issued by programs whose clock was moved by a year or so. */
export const lastingAuthority = (commonName?: string): Authority =>
  makeAuthority({ commonName, notBefore: new Date(Date.now() - 2 * YEAR), notAfter: new Date(Date.now() + 30 * YEAR) });

/** What a key server is to others: its own certificate, and whom it trusts. */
type Identity = Pick<KmipServerOptions, "cert" | "key" | "ca">;

const identityFrom = (authority: Authority, ca: string): Identity => ({
  ...issue(authority, { commonName: "key-server", usage: "server" }),
  ca,
});

/** A key server, and the authority that signed its own certificate and that it trusts for its clients. */
export class KeyManager {
  private constructor(
    readonly authority: Authority,
    private server: KmipServer,
    private identity: Identity,
    private readonly folder: string,
  ) {}

  static async start(authority = lastingAuthority()): Promise<KeyManager> {
    const stateDir = mkdtempSync(join(tmpdir(), "ekm-key-manager-"));
    const identity = identityFrom(authority, authority.certificate);
    const server = await startKmipServer({ ...identity, stateDir, port: await lastingPort() });
    return new KeyManager(authority, server, identity, stateDir);
  }

  /** What a program needs to know of it. */
  get settings() {
    const { host, port } = this.server;
    return { hostnames: [host], port, caCertificate: this.authority.certificate };
  }

  /** Its own certificate, for whoever trusts it. */
  get certificate(): string {
    return this.identity.cert;
  }

  /** Of its own certificate, for whoever pins it. */
  get fingerprint256(): string {
    return new X509Certificate(this.certificate).fingerprint256;
  }

  /** Somebody makes a key that can be used; gives its id. */
  async makeKey(): Promise<string> {
    const { cert, key } = issue(this.authority, { commonName: "somebody", usage: "client" });
    const { host, port } = this.server;
    const client = await KmipClient.connect({ host, port, ca: this.authority.certificate, cert, key });
    try {
      const uid = await client.create({ algorithm: "AES", length: 256 });
      await client.activate(uid);
      return uid;
    } finally {
      client.close();
    }
  }

  /** The cluster's names of the master keys that can be used, oldest first. */
  activeKeyIDs(): string[] {
    return this.server
      .objects()
      .filter(({ state }) => state === "Active")
      .flatMap(({ customAttributes }) => Object.values(customAttributes));
  }

  /** How many keys were ever made on it. */
  get keysMade(): number {
    return this.server.objects().length;
  }

  stop(): Promise<void> {
    return this.server.close();
  }

  /** Goes on at the same port with what it had. */
  async restart(): Promise<void> {
    this.server = await startKmipServer({ ...this.identity, stateDir: this.folder, port: this.server.port });
  }

  /**
   * Has a certificate of another authority from now on. Gives the way back.
   *
   * @param trusted certificates of the authorities whose clients it lets in
   */
  presentAnother(authority: Authority, trusted: string): Promise<() => Promise<unknown>> {
    return this.become(identityFrom(authority, trusted));
  }

  /** Lets in clients of another authority alone. Gives the way back. */
  trustClientsOf({ certificate }: Authority): Promise<() => Promise<unknown>> {
    return this.become({ ...this.identity, ca: certificate });
  }

  private async become(identity: Identity): Promise<() => Promise<unknown>> {
    const former = this.identity;
    this.identity = identity;
    await this.stop();
    await this.restart();
    return () => this.become(former);
  }

  /** Loses every key that it has. Gives the way to have them back from a backup. */
  async loseKeys(): Promise<() => Promise<void>> {
    const [objects, backup] = [join(this.folder, "objects"), join(this.folder, "backup")];
    await this.stop();
    renameSync(objects, backup);
    await this.restart();
    return async () => {
      await this.stop();
      cpSync(backup, objects, { recursive: true });
      rmSync(backup, { recursive: true });
      await this.restart();
    };
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
