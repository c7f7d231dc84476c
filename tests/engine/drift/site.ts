import { rmSync } from "node:fs";
import { join } from "node:path";
import { KMIP_PORT } from "../../../provider/systems/element/api/results";
import { KmipClient } from "../../../simulator";
import { replaceFolder } from "../../chaos/installation";
import { StackSite } from "../../chaos/stack-site";
import { type Authority, issue, makeAuthority, publicKeyOf } from "../../kit/certificates";
import { daysLater, type Road, roadWorkspace, writesOn } from "../acceptance/lab";
import type { CommandResult, StateResource, Workspace } from "../harness";
import { Administrator } from "./administrator";
import { type AuditEnd, audit, type DriftSite } from "./drift-site";
import { type Picture, pictureOf } from "./picture";

/**
 * `attached`: everything of the road but the master key, which is internal. `external`: the whole road. `aged`: the whole
 * road, and all clocks at the time when it was walked, {@link AGE_DAYS} ago. `encrypted`: and hardware encryption with the
 * road's provider.
 */
export type StartState = "attached" | "external" | "encrypted" | "aged";

/** Long enough for the client certificate to be renewed by now, and not so long that it has expired. */
export const AGE_DAYS = 340;
const DAY_MS = 86_400_000;

/** Where each row begins, with what others may do there. */
export class Site extends StackSite<StartState> implements DriftSite<StartState> {
  /** Signs what is not signed by who should have. */
  readonly strangeAuthority: Authority = makeAuthority({ commonName: "Another Authority" });
  private state: StartState = "external";
  private daysAhead = 0;
  /** How the runs are told to reach the cluster. */
  private connection: NodeJS.ProcessEnv = {};
  private hand?: Administrator;
  private otherUniqueID?: string;

  private constructor(workspace: Workspace) {
    super(workspace, { control: true, now: () => this.now(), switches: { faultCacheSeconds: 0 } });
  }

  /** Makes a site, and its start states. */
  static async open(states: ReadonlySet<StartState>): Promise<Site> {
    const site = new Site(await roadWorkspace());
    site.hand = await Administrator.start(() => site.cluster);
    await site.start();
    const walk = async (state: StartState, road: Road) => {
      site.declare(road);
      site.acceptConnection();
      await site.up();
      await site.keep(state);
    };
    if (states.has("attached")) await walk("attached", { internal: true });
    if (states.has("external")) await walk("external", {});
    if (states.has("encrypted")) await walk("encrypted", { encryption: "external" });
    if (states.has("aged")) {
      await site.workspace.destroy({ env: site.environment() });
      site.daysAhead = -AGE_DAYS;
      await walk("aged", {});
    }
    return site;
  }

  /** Uses the vendor's SDK. */
  get administrator(): Administrator {
    if (this.hand === undefined) throw new Error("the site is not open");
    return this.hand;
  }

  override async restore(state: StartState): Promise<void> {
    this.state = state;
    this.daysAhead = state === "aged" ? -AGE_DAYS : 0;
    await super.restore(state);
    this.acceptConnection();
  }

  override async close(): Promise<void> {
    await this.administrator.end();
    await super.close();
  }

  /** Configures the runs for the cluster as it is reached by now. */
  acceptConnection(): void {
    this.connection = this.environment();
  }

  preview(expected?: AuditEnd): Promise<CommandResult> {
    return audit(this.workspace, this.runEnvironment(), expected);
  }

  up(options: { fails?: boolean } = {}): Promise<CommandResult> {
    return this.workspace.up({ args: ["--refresh"], env: this.runEnvironment(), expectFailure: options.fails });
  }

  asked(): string[] {
    return this.cluster.calls().map(({ method }) => method);
  }

  writes(): string[] {
    return writesOn(this.cluster);
  }

  picture(): Picture {
    return pictureOf(this.cluster);
  }

  async expectKeys(): Promise<void> {
    expect(await this.cluster.unwrapDataKey()).toBe(true);
  }

  get accidents(): Record<string, string> {
    const { east, west, cluster, otherUniqueID } = this;
    return {
      [east.settings.port]: "5696",
      [west.settings.port]: "5697",
      [new URL(cluster.endpoint).port]: "443",
      [cluster.state().identity.uniqueID]: "abcd",
      ...(otherUniqueID === undefined ? {} : { [otherUniqueID]: "wxyz" }),
    };
  }

  refresh(args: string[] = []): Promise<CommandResult> {
    return this.workspace.refresh({ args: ["--expect-no-changes", ...args], env: this.runEnvironment() });
  }

  /** Time passes for everyone. */
  passDays(days: number): void {
    this.daysAhead += days;
  }

  /** Somebody sets another password. */
  async changePassword(password: string): Promise<void> {
    await this.cluster.close();
    await this.startCluster({ password });
  }

  /** The cluster goes on where it was closed. */
  returnToService(): Promise<void> {
    return this.startCluster();
  }

  /** Another box takes over the address; whoever runs accepts its certificate and has an account there. */
  async replaceBox(): Promise<void> {
    await this.cluster.close();
    rmSync(join(this.folder, "now/cluster"), { recursive: true });
    await this.startCluster();
    this.otherUniqueID = this.cluster.state().identity.uniqueID;
    this.acceptConnection();
  }

  /** The box of the start state is back at its address. */
  async returnBox(): Promise<void> {
    await this.cluster.close();
    replaceFolder(join(this.kept(this.state), "cluster"), join(this.folder, "now/cluster"));
    await this.startCluster();
    this.acceptConnection();
  }

  /** The key server moves to the port that is meant when none is given, at an address that no other test uses. */
  async useDefaultPort(): Promise<void> {
    const { authority, east } = this;
    const { caCertificate } = east.settings;
    const host = `127.56.${Math.floor(process.pid / 256) % 256}.${process.pid % 256}`;
    await east.stop();
    await east.start({ address: { host, port: KMIP_PORT } });
    this.workspace.write("lab.json", { keyManager: { hostnames: [host], caCertificate }, authority });
    await this.up();
  }

  /** State is as a version of the package left it that did not know some properties. */
  async forgetInState(properties: { inputs: string[]; outputs: string[] }): Promise<void> {
    const { stdout } = await this.workspace.run(["stack", "export"]);
    const exported = JSON.parse(stdout);
    for (const resource of exported.deployment.resources as StateResource[]) {
      for (const name of [...properties.inputs, ...properties.outputs]) delete resource.inputs?.[name];
      for (const name of properties.outputs) delete resource.outputs?.[name];
    }
    this.workspace.write("older.json", exported);
    await this.workspace.importState("older.json");
  }

  /** The key server presents a certificate of another authority. */
  async replaceKeyServerCertificate(): Promise<void> {
    await this.east.stop();
    await this.east.start({ authority: this.strangeAuthority });
  }

  /** An administrator of the key server works on the key of one kind of encryption there. */
  async onKeyOf(
    encryption: "softwareEncryption" | "hardwareEncryption",
    work: (client: KmipClient, uid: string) => Promise<void>,
  ): Promise<void> {
    const { port, hostnames, caCertificate: ca } = this.east.settings;
    const account = issue(this.authority, { commonName: "key administrator", usage: "client" });
    const client = await KmipClient.connect({ ...account, host: hostnames[0] ?? "", port, ca });
    const { softwareEncryption, hardwareEncryption } = this.cluster.state();
    const key = encryption === "softwareEncryption" ? softwareEncryption.masterKey : hardwareEncryption.key;
    await work(client, key?.kmipUid ?? "");
    await client.close();
  }

  /** The key server gets all its keys back from its backup. */
  async restoreKeys(): Promise<void> {
    await this.east.stop();
    replaceFolder(join(this.kept(this.state), "east"), join(this.folder, "now/east"));
    await this.east.start();
  }

  /** Another client certificate for the cluster's key pair. */
  async issueClientCertificate(): Promise<string> {
    const { clientCertificateSignRequest } = await this.administrator.call("get_client_certificate_sign_request");
    const publicKey = publicKeyOf(String(clientCertificateSignRequest));
    return issue(this.authority, { commonName: "by hand", usage: "client", publicKey }).cert;
  }

  /** A client certificate for a key that the cluster does not have. */
  strangersCertificate(): string {
    return issue(this.authority, { commonName: "stranger", usage: "client" }).cert;
  }

  /** Past the cluster's own test of it. */
  storeClientCertificate(kmipClientCertificate: string): Promise<void> {
    return this.cluster.mutate(({ keyServers: [server] }) => Object.assign(server ?? {}, { kmipClientCertificate }));
  }

  private now(): Date {
    return new Date(Date.now() + this.daysAhead * DAY_MS);
  }

  private runEnvironment(): NodeJS.ProcessEnv {
    return { ...this.connection, ...(this.daysAhead === 0 ? {} : daysLater(this.daysAhead)) };
  }
}
