import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterSimulator, type KmipServer, startKmipServer } from "../../simulator";
import { type Authority, issue, makeAuthority } from "../fixtures/certificates";

/** A cluster and a key server on loopback, inside this process so that its records can be read. */
export class Site {
  private clusters = 0;
  private current: ClusterSimulator | undefined;

  private constructor(
    private readonly folder: string,
    private readonly authority: Authority,
    private readonly keyServer: KmipServer,
  ) {}

  static async open(): Promise<Site> {
    const folder = mkdtempSync(join(tmpdir(), "ekm-bench-"));
    const authority = makeAuthority();
    const keyServer = await startKmipServer({
      stateDir: join(folder, "key-server"),
      ...issue(authority, { commonName: "key-server", usage: "server" }),
      ca: authority.certificate,
    });
    return new Site(folder, authority, keyServer);
  }

  /** Takes a new cluster, with internal keys and no key pair, into service in place of the one before. */
  async replaceCluster(rekeySeconds: number): Promise<ClusterSimulator> {
    await this.current?.close();
    this.clusters += 1;
    this.current = await ClusterSimulator.start({
      stateDir: join(this.folder, `cluster-${this.clusters}`),
      rekeySeconds,
    });
    return this.current;
  }

  /** The connection to the cluster in service, as the provider takes it from the environment. */
  environment(): NodeJS.ProcessEnv {
    if (this.current === undefined) {
      throw new Error("no cluster is in service");
    }
    const { endpoint, username, password, fingerprint256 } = this.current;
    return { EKM_CLUSTERS: JSON.stringify({ default: { endpoint, username, password, fingerprint256 } }) };
  }

  /** The quickstart's configuration. */
  config(): { plain: Record<string, string>; secret: Record<string, string> } {
    const { certificate, privateKey } = this.authority;
    return {
      plain: {
        keyServerHost: this.keyServer.host,
        keyServerPort: String(this.keyServer.port),
        keyServerCaCertificate: certificate,
        clientCaCertificate: certificate,
      },
      secret: { clientCaPrivateKey: privateKey },
    };
  }

  async close(): Promise<void> {
    await this.current?.close();
    await this.keyServer.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
