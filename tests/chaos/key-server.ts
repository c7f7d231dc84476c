import { type KmipServer, startKmipServer } from "../../simulator";
import { type Authority, type Issued, issue } from "../kit/certificates";
import { lastingPort } from "../kit/lasting-port";

/** By what names it can be reached. */
export const HOSTS = ["127.0.0.1", "localhost"];

/** A KMIP server that is stopped and started again over another folder, at the address that it had. */
export class KeyServer {
  isRunning = false;
  /** Whether it presents another certificate than at first, from its next start on. */
  isReissued = false;
  private server?: KmipServer;
  private address = { host: "127.0.0.1", port: 0 };
  private readonly identity: Issued;
  private successor?: Issued;

  constructor(
    private readonly stateDir: string,
    private readonly authority: Authority,
    private readonly clock?: () => Date,
  ) {
    this.identity = identityBy(authority, HOSTS);
  }

  /** @param authority who signed the certificate that it presents; clients are let in by its own as ever */
  async start({ authority = this.authority, address = this.address } = {}): Promise<void> {
    const { stateDir, clock } = this;
    const isUsual = authority === this.authority && address === this.address;
    if (address.port === 0) address.port = await lastingPort();
    const usual = this.isReissued ? this.reissued : this.identity;
    const identity = isUsual ? usual : identityBy(authority, [address.host]);
    this.server = await startKmipServer({ ...identity, ...address, ca: this.authority.certificate, stateDir, clock });
    this.isRunning = true;
  }

  async stop(): Promise<void> {
    this.isRunning = false;
    await this.server?.close();
  }

  /** Goes on at another port. */
  async move(): Promise<void> {
    await this.stop();
    this.address = { ...this.address, port: 0 };
    await this.start();
  }

  /** What a program needs to know of it. */
  get settings() {
    const { host, port } = this.address;
    return { hostnames: [host], port, caCertificate: this.authority.certificate };
  }

  /** The certificate that it presents at first, and the other one, PEM. */
  get certificates() {
    return { first: this.identity.cert, reissued: this.reissued.cert };
  }

  /** Names of its keys that can be used, and how many it ever had. */
  get keys() {
    const objects = this.server?.objects() ?? [];
    const active = objects
      .filter(({ state }) => state === "Active")
      .flatMap(({ customAttributes }) => Object.values(customAttributes));
    return { active, made: objects.length };
  }

  private get reissued(): Issued {
    this.successor ??= identityBy(this.authority, HOSTS);
    return this.successor;
  }
}

const identityBy = (authority: Authority, hosts: string[]): Issued =>
  issue(authority, { commonName: "key-server", usage: "server", hosts });
