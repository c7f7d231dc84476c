import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { KmipClient } from "../../../kmip";
import { publicKeyFingerprint } from "../../../provider/pki";
import { VCenterSimulator, type VCenterSwitches } from "../../../simulator/vsphere";
import type { KeyProvider } from "../../../simulator/vsphere/vcenter/state";
import { projectRoot } from "../../../tools/engine/paths";
import { Workspace } from "../../engine/harness";
import { issue } from "../../kit/certificates";
import { lastingPort } from "../../kit/lasting-port";
import { SoapCaller } from "../../vsphere/simulator/soap-caller";
import { replaceFolder } from "../installation";
import { KeyServer } from "../key-server";
import { FinishableSite } from "../stack-site";
import { isWrite } from "../strike-point";
import { FAMILIES, type Family, type Program } from "./operations";

/**
 * `bare`: a machine is encrypted by a provider that somebody made by hand, which is the default. Of either road: a provider
 * stands beside it, and where it is `used`, a machine and a host have keys of it; where it is `reissued`, one of its servers
 * presents another certificate than before.
 */
export type StartState = "bare" | Family | `${Family}, used` | `${Family}, reissued`;

export type ServerName = "east" | "west" | "south";

const PROGRAM = join(projectRoot, "tests/chaos/vsphere/program.js");
const BY_HAND = "by-hand";
/** What a write of the REST API takes: the first look at its task finds it at work. */
const TASK_SECONDS = 0.15;
const SWITCHES: Partial<VCenterSwitches> = { healthLagSeconds: 0, taskSeconds: 0 };

/** A vCenter with three key servers that have all keys in common, and one stack. */
export class VcenterSite extends FinishableSite<StartState> {
  private readonly south = new KeyServer(join(this.folder, "now/south"), this.authority);
  private vcenterInService?: VCenterSimulator;
  private vcenterPort = 0;
  private isAway = false;
  private primaryKeyID = "";
  /** Writes after which a machine or a host could not be read. */
  private readonly unreadable: string[] = [];

  /** Makes a site and its start states. */
  static async open(families: readonly Family[] = FAMILIES): Promise<VcenterSite> {
    const site = new VcenterSite(await Workspace.create({ program: { file: PROGRAM }, residentProgram: true }));
    await site.start();
    await site.beginBare();
    for (const family of families) await site.beginOn(family);
    return site;
  }

  get vcenter(): VCenterSimulator {
    if (this.vcenterInService === undefined) throw new Error("the site is not in service");
    return this.vcenterInService;
  }

  override environment(): NodeJS.ProcessEnv {
    const { endpoint, username, password, fingerprint256 } = this.vcenter;
    const connection = { endpoint, username, password, fingerprint256 };
    return { ...super.environment(), EKM_VCENTERS: JSON.stringify({ default: connection }) };
  }

  override async start(): Promise<void> {
    this.unreadable.splice(0);
    await Promise.all([super.start(), this.south.start(), this.startVcenter(SWITCHES)]);
    this.describe();
  }

  override async stop(): Promise<void> {
    await super.stop();
    await Promise.all([this.south.stop(), this.vcenterInService?.close()]);
  }

  override async restore(state: StartState): Promise<void> {
    this.east.isReissued = state.endsWith("reissued");
    await super.restore(state);
  }

  override breakConnections(): void {
    super.breakConnections();
    this.vcenter.breakConnections();
  }

  override sent(method: string): void {
    if (!method.startsWith("getTask")) this.vcenter.switches.taskSeconds = isWrite(method) ? TASK_SECONDS : 0;
  }

  /** What vCenter and state say, but for IDs and names. */
  async outcome() {
    const { kmsClusters, trustAuthorityClusters, defaultProvider } = this.vcenter.state();
    const standard = kmsClusters.filter(({ managementType }) => managementType === "vCenter");
    const trusted = trustAuthorityClusters.flatMap(({ providers }) => providers);
    return {
      standard: standard
        .map((each) => ({
          ...this.pictureOf(each),
          isByHand: each.name === BY_HAND,
          isDefault: each.name === defaultProvider,
        }))
        .sort((some) => (some.isByHand ? -1 : 1)),
      trusted: trusted.map((each) => ({
        ...this.pictureOf(each),
        // A standard provider forgets no certificate, so that nobody can tell by them how it came to be what it is.
        trusts: each.trustedCertificates.map((pem) => this.whose(pem)).sort(),
        hasPrimaryKey: each.primaryKeyID === this.primaryKeyID,
      })),
      readable: (await this.vcenter.unwraps()).map(({ name, unwraps }) => `${name}: ${unwraps}`),
      unreadableAfter: [...this.unreadable],
      keys: this.east.keys.made,
      serves: await this.served([...standard, ...trusted].map(({ name }) => name)),
      inState: this.resourcesInState(),
    };
  }

  /** Nobody has keys of the provider of the program any more. */
  async freeProvider(): Promise<void> {
    for (const machine of USERS) await this.vcenter.act("decrypt", { machine });
  }

  /** After each write, and at each look at its task, machines and hosts read their keys. */
  protected override async acted(method: string): Promise<void> {
    if ((isWrite(method) || method === "getTask") && !this.isAway) {
      const lost = (await this.vcenter.unwraps()).filter(({ unwraps }) => !unwraps).map(({ name }) => name);
      if (lost.length > 0) this.unreadable.push(`${method}: ${lost.join(", ")}`);
    }
    await super.acted(method);
  }

  protected override async leaveService(): Promise<() => Promise<void>> {
    this.isAway = true;
    const returnCluster = await super.leaveService();
    const { switches } = this.vcenter;
    await this.vcenter.close();
    return async () => {
      await Promise.all([returnCluster(), this.startVcenter(switches)]);
      this.isAway = false;
    };
  }

  private get servers(): Record<ServerName, KeyServer> {
    const { east, west, south } = this;
    return { east, west, south };
  }

  private async beginBare(): Promise<void> {
    const { east, vcenter } = this;
    this.primaryKeyID = await this.newKey();
    const soap = new SoapCaller(vcenter);
    const { cert, key } = issue(this.authority, { commonName: "vcenter", usage: "client" });
    const cluster = { id: BY_HAND };
    await soap.register(BY_HAND, east.settings.port);
    await soap.done("UploadKmipServerCert", { cluster, certificate: east.certificates.first });
    await soap.done("UploadKmipServerCert", { cluster, certificate: east.certificates.reissued });
    await soap.done("UploadClientCert", { cluster, certificate: cert, privateKey: key });
    await vcenter.act("changeDefault", { provider: BY_HAND });
    await vcenter.act("encrypt", { machine: "web" });
    await this.keepReplicated("bare");
  }

  private async beginOn(family: Family): Promise<void> {
    await this.restore("bare");
    this.declare({ family } satisfies Program);
    await this.workspace.up({ env: this.environment() });
    await this.keep(family);
    const provider = await this.usable(this.nameOf(family));
    for (const machine of USERS) await this.vcenter.act("encrypt", { machine, provider });
    await this.keepReplicated(`${family}, used`);
    await this.keep(`${family}, reissued`);
  }

  /** Keeps the present as a start state, in which every key server has the keys of the first one. */
  private async keepReplicated(state: StartState): Promise<void> {
    const now = join(this.folder, "now");
    await this.stop();
    for (const other of ["west", "south"]) replaceFolder(join(now, "east"), join(now, other));
    await this.start();
    await this.keep(state);
  }

  private describe(): void {
    const named = <T>(of: (server: KeyServer) => T) =>
      Object.fromEntries(Object.entries(this.servers).map(([name, server]) => [name, of(server)]));
    this.workspace.write("lab.json", {
      authority: this.authority,
      keyServers: named(({ settings: { hostnames, port } }) => ({ hostname: hostnames[0], port })),
      certificates: named(({ certificates }) => certificates),
      fingerprints: named(({ certificates: { first, reissued } }) => ({
        first: new X509Certificate(first).fingerprint256,
        reissued: new X509Certificate(reissued).fingerprint256,
      })),
      byHand: BY_HAND,
      primaryKeyID: this.primaryKeyID,
      trustAuthorityCluster: this.vcenter.trustAuthorityClusters[0],
    });
  }

  private async startVcenter(switches: Partial<VCenterSwitches>): Promise<void> {
    this.vcenterPort ||= await lastingPort();
    this.vcenterInService = await VCenterSimulator.start({
      stateDir: join(this.folder, "now/vcenter"),
      port: this.vcenterPort,
      switches,
      beforeAnswer: (method) => this.acted(method),
    });
  }

  private async newKey(): Promise<string> {
    const { authority, east } = this;
    const { cert, key } = issue(authority, { commonName: "somebody", usage: "client" });
    const { hostnames, port } = east.settings;
    const host = hostnames[0] ?? "";
    const client = await KmipClient.connect({ host, port, ca: authority.certificate, cert, key });
    const uid = await client.create({ algorithm: "AES", length: 256 });
    await client.activate(uid);
    await client.close();
    return uid;
  }

  private nameOf(family: Family): string {
    const { kmsClusters, trustAuthorityClusters } = this.vcenter.state();
    const all = family === "standard" ? kmsClusters : trustAuthorityClusters.flatMap(({ providers }) => providers);
    const found = all.find(({ name }) => name !== BY_HAND);
    if (found === undefined) throw new Error(`there is no ${family} provider`);
    return found.name;
  }

  /** A trusted provider is used by whoever knows it by its name. */
  private async usable(provider: string): Promise<string> {
    if (!this.vcenter.state().kmsClusters.some(({ name }) => name === provider)) {
      const soap = new SoapCaller(this.vcenter);
      await soap.done("RegisterKmsCluster", { clusterId: { id: provider }, managementType: "trustAuthority" });
    }
    return provider;
  }

  /** By how many providers a machine can be encrypted now. */
  private async served(providers: string[]): Promise<number> {
    let count = 0;
    for (const provider of providers) {
      const usable = await this.usable(provider);
      const isUsed = this.vcenter.act("encrypt", { machine: "mail", provider: usable });
      await isUsed.then(
        () => count++,
        () => {},
      );
    }
    return count;
  }

  private pictureOf({ servers, trustedCertificates, clientCertificate, signingRequest }: KeyProvider) {
    const trusted = trustedCertificates.map((pem) => this.whose(pem));
    const nameOf = (port: number) =>
      Object.entries(this.servers).find(([, { settings }]) => settings.port === port)?.[0] ?? "nobody";
    return {
      servers: servers
        .map(({ port }) => nameOf(port))
        .map((name) => `${name}, trusted: ${trusted.some((each) => each.startsWith(name))}`)
        .sort(),
      trustsStrangers: trusted.includes("nobody"),
      certificate: clientCertificate?.origin,
      isOfRequest:
        clientCertificate !== undefined &&
        signingRequest !== undefined &&
        publicKeyFingerprint(clientCertificate.pem) === publicKeyFingerprint(signingRequest),
    };
  }

  private whose(pem: string): string {
    const { raw } = new X509Certificate(pem);
    for (const [name, { certificates }] of Object.entries(this.servers)) {
      for (const [which, known] of Object.entries(certificates)) {
        if (new X509Certificate(known).raw.equals(raw)) return `${name}, ${which}`;
      }
    }
    return "nobody";
  }
}

/** A virtual machine and a host. */
const USERS = ["db", "esx-1.simulated.local"];
