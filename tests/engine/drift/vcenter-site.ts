import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VCenterScenarioName } from "../../../simulator/vsphere";
import { projectRoot } from "../../../tools/engine/paths";
import { replaceFolder } from "../../chaos/installation";
import { KeyManager, lastingAuthority, VCenter } from "../acceptance/lab";
import { type CommandResult, Workspace } from "../harness";
import { type AuditEnd, audit, type DriftSite } from "./drift-site";

/** `healthy`: the whole program was run, and a machine is encrypted by the default provider. */
export type StartState = "healthy";

const PROGRAM = join(projectRoot, "tests/engine/acceptance/lab/key-providers.js");

interface Declared {
  args?: Partial<Record<"standard" | "trusted" | "default", object>>;
}

/** What the vCenter's own records say, but for what no run has in common with another. */
export type Picture = ReturnType<typeof pictureOf>;

const pictureOf = ({
  kmsClusters,
  trustAuthorityClusters,
  defaultProvider,
}: ReturnType<VCenter["simulator"]["state"]>) => ({
  defaultProvider,
  providers: [...kmsClusters, ...trustAuthorityClusters.flatMap(({ providers }) => providers)].map(
    ({ name, servers, common, trustedCertificates, clientCertificate, ...others }) => ({
      ...{ name, servers, common, trustedCertificates, clientCertificate: clientCertificate?.pem },
      ...("primaryKeyID" in others ? { primaryKeyID: others.primaryKeyID, description: others.description } : {}),
    }),
  ),
});

/** A stack with a key provider of each kind on a vCenter, two key servers, and a third one that nobody declares. */
export class VcenterSite implements DriftSite<StartState> {
  /** The way back of key servers that are not as they were. */
  readonly backwards: (() => Promise<unknown>)[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), "ekm-vcenter-site-"));
  private callsBefore = 0;
  /** How the runs are told to reach the vCenter. */
  private connection: object = {};

  private constructor(
    readonly workspace: Workspace,
    readonly vcenter: VCenter,
    readonly keyManagers: readonly [KeyManager, KeyManager, KeyManager],
  ) {
    this.connectBy({});
  }

  /** Makes a site, and its start state. */
  static async open(): Promise<VcenterSite> {
    const authority = lastingAuthority("Clients");
    const [workspace, vcenter, ...keyManagers] = await Promise.all([
      Workspace.create({ program: { file: PROGRAM }, residentProgram: true }),
      VCenter.start({ healthLagSeconds: 0, switches: { taskSeconds: 0 } }),
      KeyManager.start(authority),
      KeyManager.start(authority),
      KeyManager.start(authority),
    ]);
    const site = new VcenterSite(workspace, vcenter, keyManagers);
    workspace.write("lab.json", {
      authority,
      servers: site.servers.slice(0, 2),
      trustedServers: keyManagers.slice(0, 2).map(({ fingerprint256 }) => fingerprint256),
      trustAuthorityCluster: vcenter.simulator.trustAuthorityClusters[0],
      // vCenter sees at once how its key servers are.
      patience: "4s",
    });
    site.declare({});
    await site.up();
    await vcenter.simulator.act("encrypt", { machine: "db" });
    await site.up();
    vcenter.keep(join(site.folder, "vcenter"));
    replaceFolder(workspace.folder, join(site.folder, "workspace"));
    return site;
  }

  get servers(): { hostname: string | undefined; port: number }[] {
    return this.keyManagers.map(({ settings: { hostnames, port } }) => ({ hostname: hostnames[0], port }));
  }

  /** Changes what the program declares. */
  declare(declared: Declared): void {
    this.workspace.write("road.json", declared);
  }

  /** Configures the runs for the vCenter as it is reached by now, but for some members. */
  connectBy(members: object): void {
    this.connection = { ...this.vcenter.connection, ...members };
  }

  /** Somebody does something to the vCenter. */
  somebody(action: VCenterScenarioName, params: Record<string, unknown> = {}): Promise<void> {
    return this.vcenter.simulator.act(action, params);
  }

  /** Names of the standard and of the trusted provider. */
  get standard(): string {
    return this.vcenter.simulator.state().kmsClusters[0]?.name ?? "";
  }
  get trusted(): string {
    return this.vcenter.simulator.state().trustAuthorityClusters[0]?.providers[0]?.name ?? "";
  }

  async restore(): Promise<void> {
    for (const back of this.backwards.splice(0)) await back();
    replaceFolder(join(this.folder, "workspace"), this.workspace.folder);
    await this.vcenter.goBack(join(this.folder, "vcenter"));
    this.connectBy({});
    this.callsBefore = this.vcenter.simulator.calls().length;
  }

  preview(expected?: AuditEnd): Promise<CommandResult> {
    return audit(this.workspace, this.environment(), expected);
  }

  up({ fails = false }: { fails?: boolean } = {}): Promise<CommandResult> {
    return this.workspace.up({ args: ["--refresh"], env: this.environment(), expectFailure: fails });
  }

  asked(): string[] {
    return this.vcenter.simulator
      .calls()
      .slice(this.callsBefore)
      .filter(({ method }) => !FOLLOWING.has(method))
      .map(({ method, params }) => `${method} ${JSON.stringify(params)}`);
  }

  writes(): string[] {
    return this.vcenter.writes;
  }

  picture(): Picture {
    return JSON.parse(JSON.stringify(pictureOf(this.vcenter.simulator.state())));
  }

  async expectKeys(): Promise<void> {
    expect(await this.vcenter.unreadable()).toEqual([]);
  }

  get accidents(): Record<string, string> {
    const ports = this.servers.map(({ port }, index) => [String(port), String(5696 + index)]);
    const { endpoint } = this.vcenter.connection;
    return { ...Object.fromEntries(ports), [new URL(endpoint).port]: "443", ...REFUSED_LOGIN };
  }

  async close(): Promise<void> {
    this.workspace.remove();
    await this.vcenter.remove();
    await Promise.all(this.keyManagers.map((keyManager) => keyManager.remove()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private environment(): NodeJS.ProcessEnv {
    return { EKM_VCENTERS: JSON.stringify({ default: this.connection }) };
  }
}

/** Either API refuses it, each in its own words: chance decides which of them is asked first. */
const REFUSED_LOGIN = {
  'calling Login on vcenter "default": InvalidLogin: Cannot complete login due to an incorrect user name or password. (a SOAP fault)':
    'calling POST /api/session on vcenter "default": the vCenter refused the user name or password (HTTP 401)',
};

/** By these, tasks are followed to their ends. */
const FOLLOWING: ReadonlySet<string> = new Set(["getTask", "RetrievePropertiesEx"]);
