import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterSimulator, VCenterSimulator } from "../../../../simulator";
import { KeyProtectSimulator } from "../../../../simulator/keyprotect";
import { askForToken } from "../../../keyprotect/simulator/caller";
import { type Issued, issue } from "../../../kit/certificates";
import { ProcessWatch, type SeenProcess } from "../../../secrets/process-watch";
import { type CommandOptions, Workspace } from "../../harness";
import { pathWithPlugin } from "../../native/plugin-path";
import { connectionTo, KeyManager } from "../lab";
import {
  API_KEY,
  BROKEN_KEY,
  KMIP_PASSWORD,
  MARKER,
  PASSPHRASE,
  PASSWORDS,
  TRIGGER,
  VCENTER_PASSWORD,
} from "./canaries";

/** As loud as the engine gets without printing secrets itself; its plugins too. */
const LOUD = ["-v=2", "--logflow", "--logtostderr"];

/** Of one command: there is much to do on a busy machine. */
const TIMEOUT_SECONDS = 180;

/** Who serves the program's resources. */
export type Way = "dynamic" | "native";

type Command = "up" | "preview" | "refresh" | "destroy";

/** A program with secrets in every channel, the commands run over it, and all that they leave behind. */
export class CanaryRun {
  /** What each command printed. */
  readonly printed: Record<string, string> = {};
  readonly temporary: string;
  readonly compileCache: string;
  private readonly watch: ProcessWatch;
  /** By which the vCenter proves itself to its key servers. */
  private readonly client: Issued;

  private constructor(
    private readonly way: Way,
    private readonly keyManager: KeyManager,
    private readonly clusters: Record<"default" | "west" | "north", ClusterSimulator>,
    private readonly region: KeyProtectSimulator,
    private readonly vcenter: VCenterSimulator,
    private readonly workspace: Workspace,
    private readonly outside: string,
  ) {
    this.temporary = join(outside, "temporary");
    this.compileCache = join(outside, "compiled");
    this.watch = new ProcessWatch(outside);
    this.client = issue(keyManager.authority, { commonName: "vcenter", usage: "client" });
  }

  static async start(way: Way): Promise<CanaryRun> {
    const outside = mkdtempSync(join(tmpdir(), "ekm-canary-"));
    const clusters = await startClusters(outside);
    const region = await KeyProtectSimulator.start({ stateDir: join(outside, "region"), apiKey: API_KEY, iam: {} });
    const vcenter = await VCenterSimulator.start({
      stateDir: join(outside, "vcenter"),
      password: VCENTER_PASSWORD,
      healthLagSeconds: 0.2,
    });
    const workspace = await Workspace.create({
      program: { file: require.resolve("./program.js") },
      project: "canary",
      passphrase: PASSPHRASE,
      quickStart: false,
      env: {
        TMPDIR: join(outside, "temporary"),
        NODE_COMPILE_CACHE: join(outside, "compiled"),
        PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "false",
        PATH: pathWithPlugin(outside),
        EKM_CLUSTERS: JSON.stringify({ default: connectionTo(clusters.default) }),
      },
    });
    return new CanaryRun(way, await KeyManager.start(), clusters, region, vcenter, workspace, outside);
  }

  async end(): Promise<void> {
    this.watch.stop();
    this.workspace.remove();
    await Promise.all(
      [...Object.values(this.clusters), this.region, this.vcenter].map((simulator) => simulator.close()),
    );
    await this.keyManager.remove();
    rmSync(this.outside, { recursive: true, force: true });
  }

  /** Runs every kind of command once, among them such as fail over a secret. */
  async perform(): Promise<void> {
    await this.configure();
    this.declare();
    await this.command("up", { args: ["--message", MARKER] });
    await this.command("preview", { args: ["--diff"] }, "in detail");
    await this.command("preview", { args: ["--json"] }, "as JSON");
    await this.command("refresh");
    for (const mistaken of ["a broken key", "a key for a certificate"]) {
      this.declare({ mistaken });
      await this.failingUp(`with ${mistaken}`);
    }
    this.declare({ quarter: "2" });
    await this.failingUp("with broken JSON", `{"default": {"password": ${JSON.stringify(PASSWORDS.wrong)}`);
    const wrong = { default: { ...connectionTo(this.clusters.default), password: PASSWORDS.wrong } };
    await this.failingUp("with a wrong password", JSON.stringify(wrong));
  }

  destroy(): Promise<void> {
    return this.command("destroy");
  }

  get folder(): string {
    return this.workspace.folder;
  }

  get clientPrivateKey(): string {
    return this.client.key;
  }

  get caPrivateKey(): string {
    return this.keyManager.authority.privateKey;
  }

  /** With what every token begins that this region gives out. */
  async tokenBeginning(): Promise<string> {
    const { json } = await askForToken(this.region);
    return String(json.access_token).split(".")[0] ?? "";
  }

  get processes(): SeenProcess[] {
    return this.watch.processes();
  }

  /** State, its secrets in clear. */
  async decryptedState(): Promise<string> {
    return (await this.workspace.run(["stack", "export", "--show-secrets"])).stdout;
  }

  /** What the engine prints, and writes to a file, when it is told to leave nothing out. */
  async unrestrained() {
    const file = join(this.outside, "grpc.json");
    const args = ["--debug", "-v=9", "--logtostderr"];
    const { stdout, stderr } = await this.workspace.preview({
      args,
      env: { PULUMI_DEBUG_GRPC: file },
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    return { stdout, stderr, debugFile: readFileSync(file, "utf8") };
  }

  private async configure(): Promise<void> {
    const { password, ...connection } = connectionTo(this.clusters.west);
    const settings = Object.entries(connection).map(([key, value]) => `ekm:clusters.west.${key}=${value}`);
    await this.workspace.run(["config", "set-all", "--path", ...settings.flatMap((it) => ["--plaintext", it])]);
    await this.workspace.setConfig("ekm:clusters.west.password", password, { path: true, secret: true });
    await this.configureRegion();
    await this.configureVcenter();
    const { caPrivateKey, clientPrivateKey } = this;
    const keys = { caPrivateKey, brokenKey: BROKEN_KEY, clientPrivateKey };
    const secrets = { northPassword: PASSWORDS.north, trigger: TRIGGER, kmipPassword: KMIP_PASSWORD, ...keys };
    await this.workspace.setConfig("secrets", JSON.stringify(secrets), { secret: true });
  }

  private async configureRegion(): Promise<void> {
    const { endpoint, instance, fingerprint256, iamEndpoint, iamCertificate: iamCaCertificate } = this.region;
    const connection = { endpoint, instance, fingerprint256, iamEndpoint, iamCaCertificate };
    const settings = Object.entries(connection).map(
      ([key, value]) => `ekm:keyProtectInstances.default.${key}=${value}`,
    );
    await this.workspace.run(["config", "set-all", "--path", ...settings.flatMap((it) => ["--plaintext", it])]);
    await this.workspace.setConfig("ekm:keyProtectInstances.default.apiKey", API_KEY, { path: true, secret: true });
  }

  private async configureVcenter(): Promise<void> {
    const { endpoint, username, fingerprint256 } = this.vcenter;
    const settings = Object.entries({ endpoint, username, fingerprint256 }).map(
      ([key, value]) => `ekm:vcenters.default.${key}=${value}`,
    );
    await this.workspace.run(["config", "set-all", "--path", ...settings.flatMap((it) => ["--plaintext", it])]);
    await this.workspace.setConfig("ekm:vcenters.default.password", VCENTER_PASSWORD, { path: true, secret: true });
  }

  /** Tells the program what is no secret. */
  private declare(differently: object = {}): void {
    const { password: _, ...north } = connectionTo(this.clusters.north);
    const { settings: keyServer, authority, fingerprint256 } = this.keyManager;
    const [hostname] = keyServer.hostnames;
    const vcenter = {
      servers: [{ hostname, port: keyServer.port }],
      trustedServers: [fingerprint256],
      clientCertificate: this.client.cert,
      trustAuthorityCluster: this.vcenter.trustAuthorityClusters[0],
    };
    const site = {
      way: this.way,
      keyServer,
      authority: authority.certificate,
      north,
      quarter: "1",
      vcenter,
      ...differently,
    };
    this.workspace.write("site.json", site);
  }

  private failingUp(how: string, environment?: string): Promise<void> {
    const env = environment === undefined ? {} : { EKM_CLUSTERS: environment };
    return this.command("up", { env, args: ["--continue-on-error"], expectFailure: true }, how);
  }

  private async command(command: Command, { args = [], ...options }: CommandOptions = {}, how = "plainly") {
    const all = { args: [...args, ...LOUD], timeoutSeconds: TIMEOUT_SECONDS, ...options };
    const { stdout, stderr } = await this.workspace[command](all);
    this.printed[`${command} ${how}, stdout`] = stdout;
    this.printed[`${command} ${how}, stderr`] = stderr;
  }
}

async function startClusters(folder: string) {
  for (const name of ["temporary", "compiled"]) mkdirSync(join(folder, name));
  const start = (name: "default" | "west" | "north") =>
    ClusterSimulator.start({
      stateDir: join(folder, name),
      password: PASSWORDS[name],
      switches: { rekeySeconds: 0.3, hardwareEncryptionSeconds: 0.3 },
    });
  return { default: await start("default"), west: await start("west"), north: await start("north") };
}
