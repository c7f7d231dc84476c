import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { KeyProtectSimulator, type KeyProtectSimulatorOptions } from "../../../simulator";
import { projectRoot } from "../../../tools/engine/paths";
import { Workspace } from "../../engine/harness";
import { type Issued, issue, makeAuthority } from "../../kit/certificates";
import { activeKey, clientAt } from "../../kit/kmip-client";
import { lastingPort } from "../../kit/lasting-port";
import { FinishableSite } from "../stack-site";
import { isWrite } from "../strike-point";
import { program, vaulted } from "./operations";

/**
 * `bare`: nothing at all. `external`: a cluster has its master key in an adapter. `vaulted`: there is no cluster, and a client
 * has two keys in an adapter that destroys them when it is deleted.
 */
export type StartState = "bare" | "external" | "vaulted";

const PROGRAM = join(projectRoot, "tests/chaos/key-protect/program.js");
const PROPAGATION_SECONDS = 1;
/** Whoever rotates twice is seen: Key Protect would refuse the second rotation. */
const SWITCHES = { propagationSeconds: PROPAGATION_SECONDS, rotationPauseSeconds: 0 };

/** A region of Key Protect beside a cluster, and one stack. */
export class RegionSite extends FinishableSite<StartState> {
  /** Clients without a cluster. */
  readonly clients = { vault: newClient(), other: newClient() };
  private regionInService?: KeyProtectSimulator;
  private ports?: { api: number; kmip: number };
  private isAway = false;
  /** Writes after which somebody could not read what is encrypted. */
  private readonly unreadable: string[] = [];

  /** Makes a site and its start states. */
  static async open(states: readonly StartState[] = ["external", "vaulted"]): Promise<RegionSite> {
    const site = new RegionSite(await Workspace.create({ program: { file: PROGRAM }, residentProgram: true }));
    await site.start();
    site.declare(program());
    await site.keep("bare");
    if (states.includes("external")) {
      await site.up();
      await site.keep("external");
    }
    if (states.includes("vaulted")) {
      await site.restore("bare");
      site.declare(vaulted(site));
      await site.up();
      const client = await clientAt(site.region, site.clients.vault);
      await activeKey(client);
      await activeKey(client);
      await client.close();
      await site.up();
      await site.keep("vaulted");
    }
    return site;
  }

  get region(): KeyProtectSimulator {
    if (this.regionInService === undefined) throw new Error("the site is not in service");
    return this.regionInService;
  }

  override environment(): NodeJS.ProcessEnv {
    const { endpoint, instance, apiKey, iamEndpoint, iamCertificate, certificate, kmipEndpoint } = this.region;
    const origin = { endpoint, instance, apiKey, caCertificate: certificate, kmipEndpoint };
    const connection = { ...origin, iamEndpoint, iamCaCertificate: iamCertificate };
    return { ...super.environment(), EKM_KEY_PROTECT_INSTANCES: JSON.stringify({ default: connection }) };
  }

  override async start(): Promise<void> {
    this.unreadable.splice(0);
    await Promise.all([super.start(), this.startRegion(SWITCHES)]);
    const { authority, region } = this;
    this.workspace.write("lab.json", { authority, kmipCertificate: region.certificate });
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.regionInService?.close();
  }

  override breakConnections(): void {
    super.breakConnections();
    this.region.breakConnections();
  }

  /** What the region, the cluster and state say, but for IDs and names. */
  async outcome() {
    const { keys, adapters } = this.objects;
    const { keyServers, keyProviders, softwareEncryption, keysToDestroy } = this.cluster.state();
    const { masterKey, rekey, dataKey } = softwareEncryption;
    // Nobody lives on a registration that was removed.
    this.region.switches.propagationSeconds = 0;
    return {
      rootKeys: keys.map(({ state, versions }) => `${state}, ${versions.length} versions`),
      adapters: adapters
        .map(({ keyID, certificates, objects }) => ({
          rootKey: keys.findIndex(({ id }) => id === keyID),
          clients: certificates.map(({ fingerprint256 }) => this.whose(fingerprint256)).sort(),
          hasKeyOfCluster: objects.some(({ managed }) => managed.uid === masterKey?.kmipUid),
        }))
        .sort((some, other) => some.clients.join().localeCompare(other.clients.join())),
      keysOfCluster: this.region.objects().filter(({ state, adapter }) => state === ACTIVE && !this.isVault(adapter))
        .length,
      keysOpen: this.region.objects().every(({ state, opens }) => state !== ACTIVE || opens),
      keyServers: keyServers.map(({ keyProviderID }) => `attached: ${keyProviderID !== null}`),
      keyProviders: keyProviders.length,
      holder: masterKey?.keyManagementType,
      rekeyRuns: rekey !== undefined,
      keysToDestroy: keysToDestroy.length,
      wrappedDataKeys: dataKey?.wrapped.length,
      dataUnwraps: await this.cluster.unwrapDataKey(),
      clientsRead: await this.clientsRead(),
      unreadableAfter: [...this.unreadable],
      inState: this.resourcesInState(),
    };
  }

  /** After each write, whoever has encrypted something reads it, also when no registration lives on. */
  protected override async acted(method: string): Promise<void> {
    if (isWrite(method) && !this.isAway && !(await this.isReadable())) this.unreadable.push(method);
    await super.acted(method);
  }

  protected override async leaveService(): Promise<() => Promise<void>> {
    this.isAway = true;
    const returnCluster = await super.leaveService();
    const { switches } = this.region;
    await this.region.close();
    return async () => {
      await Promise.all([returnCluster(), this.startRegion(switches)]);
      this.isAway = false;
    };
  }

  private async up(): Promise<void> {
    await this.workspace.up({ env: this.environment() });
  }

  private async startRegion(switches: KeyProtectSimulatorOptions["switches"]): Promise<void> {
    this.ports ??= { api: await lastingPort(), kmip: await lastingPort() };
    const { api, kmip } = this.ports;
    this.regionInService = await KeyProtectSimulator.start({
      stateDir: join(this.folder, "now/region"),
      port: api,
      kmip: { port: kmip },
      switches,
      beforeAnswer: (method) => this.acted(method),
    });
  }

  private get objects() {
    const [instance] = this.region.state().instances;
    if (instance === undefined) throw new Error("the region has no instance");
    return instance;
  }

  private async isReadable(): Promise<boolean> {
    const { switches } = this.region;
    const { propagationSeconds } = switches;
    switches.propagationSeconds = 0;
    try {
      return await this.cluster.unwrapDataKey();
    } finally {
      switches.propagationSeconds = propagationSeconds;
    }
  }

  /** Whether the clients that are registered by themselves read the keys of their adapters. */
  private async clientsRead(): Promise<boolean> {
    for (const client of Object.values(this.clients)) {
      const adapter = this.objects.adapters.find(({ certificates }) =>
        certificates.some(({ fingerprint256 }) => fingerprint256 === fingerprintOf(client.cert)),
      );
      const keys = this.region.objects().filter(({ adapter: id, state }) => id === adapter?.id && state === ACTIVE);
      if (adapter === undefined) continue;
      const connected = await clientAt(this.region, client);
      for (const { id } of keys) await connected.get(id);
      await connected.close();
    }
    return true;
  }

  private isVault(adapter: string): boolean {
    const { certificates = [] } = this.objects.adapters.find(({ id }) => id === adapter) ?? {};
    return certificates.some(({ fingerprint256 }) => /vault|other/.test(this.whose(fingerprint256)));
  }

  private whose(fingerprint256: string): string {
    const ofCluster = this.cluster
      .state()
      .keyServers.some(({ kmipClientCertificate }) => fingerprintOf(kmipClientCertificate) === fingerprint256);
    if (ofCluster) return "cluster";
    const [name] = Object.entries(this.clients).find(([, { cert }]) => fingerprintOf(cert) === fingerprint256) ?? [];
    return name ?? "nobody";
  }
}

const ACTIVE = 2;

const newClient = (): Issued => {
  const { cert, key } = issue(makeAuthority(), { commonName: "client", usage: "client" });
  return { cert: cert.replaceAll("\r\n", "\n"), key };
};

const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256;
