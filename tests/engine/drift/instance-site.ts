import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KeyProtectSwitches } from "../../../simulator";
import { projectRoot } from "../../../tools/engine/paths";
import { replaceFolder } from "../../chaos/installation";
import { type Issued, issue, makeAuthority } from "../../kit/certificates";
import { activeKey, clientAt } from "../../kit/kmip-client";
import { daysLater, Region } from "../acceptance/lab";
import { type CommandResult, Workspace } from "../harness";
import { type AuditEnd, audit, type DriftSite } from "./drift-site";

/** `registered`: the whole program was run, and its client has a key in the adapter. */
export type StartState = "registered";

const PROGRAM = join(projectRoot, "tests/engine/acceptance/lab/key-protect.js");
const ACTIVE = 2;
/** Those that rows change, as they are otherwise. */
const SWITCHES = {
  propagationSeconds: 0,
  certificateEcho: "asGiven",
  contentType: "vendor",
  deniedMethods: [],
} satisfies Partial<KeyProtectSwitches>;

type Resource = "key" | "adapter" | "certificate" | "clients";
interface Declared {
  args?: Partial<Record<Resource, object>>;
}

/** What the region's own records say, but for IDs and times: what is made again is as good as before. */
export type Picture = ReturnType<typeof pictureOf>;

const pictureOf = ({ keys, adapters }: Region["objects"]) => ({
  keys: keys.map(({ name, state, keyRing, expiresAt, versions }) => ({
    ...{ name, state, keyRing, expiresAt },
    versions: versions.length,
  })),
  adapters: adapters.map(({ name, certificates, objects, keyID }) => ({
    name,
    rootKey: keys.find(({ id }) => id === keyID)?.name,
    certificates: certificates.map((each) => each.name).sort(),
    liveKeys: objects.filter(({ managed }) => managed.state === "Active").length,
  })),
});

/** A stack with root key, adapter, registration and clients, in a region of Key Protect that has another instance as well. */
export class InstanceSite implements DriftSite<StartState> {
  /** A client that nobody declares. */
  readonly stranger: Issued = issue(makeAuthority(), { commonName: "stranger", usage: "client" });
  private readonly folder = mkdtempSync(join(tmpdir(), "ekm-instance-site-"));
  private readonly apiKey: string;
  private readonly kept = new Map<StartState, ReturnType<Region["simulator"]["state"]>>();
  private callsBefore = 0;
  private daysAhead = 0;
  /** How the runs are told to reach the instance. */
  private connection: object = {};

  private constructor(
    readonly workspace: Workspace,
    readonly region: Region,
    readonly client: Issued,
  ) {
    this.apiKey = region.simulator.apiKey;
    this.connectBy({});
  }

  /** Makes a site, and its start state. */
  static async open(): Promise<InstanceSite> {
    const { cert, key } = issue(makeAuthority(), { commonName: "client", usage: "client" });
    const client = { cert: cert.replaceAll("\r\n", "\n"), key };
    const [workspace, region] = await Promise.all([
      Workspace.create({ program: { file: PROGRAM }, residentProgram: true }),
      Region.start({ switches: SWITCHES, instances: 2 }),
    ]);
    const site = new InstanceSite(workspace, region, client);
    workspace.write("lab.json", { certificate: client.cert });
    site.declare({});
    await site.up();
    const kmip = await clientAt(region.simulator, client);
    await activeKey(kmip);
    await kmip.close();
    await site.up();
    await site.keep("registered");
    return site;
  }

  /** Changes what the program declares. */
  declare(declared: Declared): void {
    this.workspace.write("road.json", declared);
  }

  /** Configures the runs for the instance as it is reached by now, but for some members. */
  connectBy(members: object): void {
    this.connection = { ...this.region.connection, ...members };
  }

  /** The API key is good again that the runs had from the beginning. */
  returnApiKey(): Promise<void> {
    return this.region.simulator.act("replaceApiKey", { apiKey: this.apiKey });
  }

  /** Time passes for the runs. */
  passDays(days: number): void {
    this.daysAhead = days;
  }

  /** ID of the root key. */
  get key(): string {
    return this.region.objects.keys[0]?.id ?? "";
  }

  /** ID of the adapter. */
  get adapter(): string {
    return this.region.objects.adapters[0]?.id ?? "";
  }

  /** The registration of the client. */
  get registration() {
    const [registration] = this.region.objects.adapters[0]?.certificates ?? [];
    if (registration === undefined) throw new Error("no client is registered");
    return registration;
  }

  async restore(state: StartState): Promise<void> {
    const { simulator } = this.region;
    replaceFolder(join(this.folder, state), this.workspace.folder);
    Object.assign(simulator.switches, SWITCHES);
    await this.returnApiKey();
    await simulator.mutate((now) => Object.assign(now, structuredClone(this.kept.get(state))));
    this.connectBy({});
    this.passDays(0);
    this.callsBefore = simulator.calls().length;
  }

  preview(expected?: AuditEnd): Promise<CommandResult> {
    return audit(this.workspace, this.environment(), expected);
  }

  up({ fails = false }: { fails?: boolean } = {}): Promise<CommandResult> {
    return this.workspace.up({ args: ["--refresh"], env: this.environment(), expectFailure: fails });
  }

  asked(): string[] {
    return this.region.simulator
      .calls()
      .slice(this.callsBefore)
      .map(({ method }) => method);
  }

  writes(): string[] {
    return this.region.writes;
  }

  picture(): Picture {
    return pictureOf(this.region.objects);
  }

  async expectKeys(): Promise<void> {
    const client = await clientAt(this.region.simulator, this.client);
    const active = this.region.simulator.objects().filter(({ state }) => state === ACTIVE);
    for (const { id } of active) expect(await client.get(id)).toHaveLength(32);
    await client.close();
  }

  get accidents(): Record<string, string> {
    const { name } = this.kept.get("registered")?.instances[0]?.adapters[0]?.certificates[0] ?? {};
    const { endpoint } = this.region.connection;
    return {
      ...(name === undefined ? {} : { [name]: name.replace(/[^-]*$/, "abcdef") }),
      [new URL(endpoint).port]: "443",
    };
  }

  async close(): Promise<void> {
    this.workspace.remove();
    await this.region.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async keep(state: StartState): Promise<void> {
    this.kept.set(state, this.region.simulator.state());
    replaceFolder(this.workspace.folder, join(this.folder, state));
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      EKM_KEY_PROTECT_INSTANCES: JSON.stringify({ default: this.connection }),
      ...(this.daysAhead === 0 ? {} : daysLater(this.daysAhead)),
    };
  }
}
