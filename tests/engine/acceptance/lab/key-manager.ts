import { cpSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type KmipServer, startKmipServer } from "../../../../simulator";
import { type Authority, issue, makeAuthority } from "../../../fixtures/certificates";

const YEAR = 365 * 86_400_000;

/** Lets certificates be issued by programs whose clock was moved by a year or so. */
export const lastingAuthority = (): Authority =>
  makeAuthority({ notBefore: new Date(Date.now() - 2 * YEAR), notAfter: new Date(Date.now() + 30 * YEAR) });

/** A key server, and the authority that signed its own certificate and that it trusts for its clients. */
export class KeyManager {
  private constructor(
    readonly authority: Authority,
    private server: KmipServer,
    private readonly start: (port: number) => Promise<KmipServer>,
    private readonly folder: string,
  ) {}

  static async start(authority = lastingAuthority()): Promise<KeyManager> {
    const { cert, key } = issue(authority, { commonName: "key-server", usage: "server" });
    const folder = mkdtempSync(join(tmpdir(), "ekm-key-manager-"));
    const start = (port: number) => startKmipServer({ cert, key, ca: authority.certificate, stateDir: folder, port });
    return new KeyManager(authority, await start(0), start, folder);
  }

  /** What a program needs to know of it. */
  get settings() {
    const { host, port } = this.server;
    return { hostnames: [host], port, caCertificate: this.authority.certificate };
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
    this.server = await this.start(this.server.port);
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
