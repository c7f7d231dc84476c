import { type KmipServer, startKmipServer } from "../../simulator";
import { type Authority, issue } from "../fixtures/certificates";

/** By what names it can be reached. */
export const HOSTS = ["127.0.0.1", "localhost"];

/** A KMIP server that is stopped and started again over another folder, at the address that it had. */
export class KeyServer {
  isRunning = false;
  private server?: KmipServer;
  private port = 0;
  private readonly identity: { cert: string; key: string };

  constructor(
    private readonly stateDir: string,
    private readonly authority: Authority,
  ) {
    this.identity = issue(authority, { commonName: "key-server", usage: "server", hosts: HOSTS });
  }

  async start(): Promise<void> {
    const { authority, stateDir, port } = this;
    this.server = await startKmipServer({ ...this.identity, ca: authority.certificate, stateDir, port });
    this.port = this.server.port;
    this.isRunning = true;
  }

  async stop(): Promise<void> {
    this.isRunning = false;
    await this.server?.close();
  }

  /** Goes on at another port. */
  async move(): Promise<void> {
    await this.stop();
    this.port = 0;
    await this.start();
  }

  /** What a program needs to know of it. */
  get settings() {
    return { hostnames: ["127.0.0.1"], port: this.port, caCertificate: this.authority.certificate };
  }

  /** Names of its keys that can be used, and how many it ever had. */
  get keys() {
    const objects = this.server?.objects() ?? [];
    const active = objects
      .filter(({ state }) => state === "Active")
      .flatMap(({ customAttributes }) => Object.values(customAttributes));
    return { active, made: objects.length };
  }
}
