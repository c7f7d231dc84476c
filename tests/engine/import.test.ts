import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { readCertificateRequest } from "../../provider/pki";
import { ClusterSimulator, type ClusterSimulatorOptions } from "../../simulator";
import { connectToCluster } from "../../tools/quickstart/observation";
import { runScript } from "../interop/element-sdk/script";
import { issue } from "../kit/certificates";
import {
  configurationOf,
  connectionTo,
  encryptionOf,
  KeyManager,
  QUICK_REKEY_SECONDS,
  until,
  writesOn,
} from "./acceptance/lab";
import { Workspace } from "./harness";

const CHECKOUT = join(__dirname, "..", "..");
const EKM = join(CHECKOUT, "dist", "cli", "main.js");

/** A cluster that somebody has set up, and a folder in which a program for it is to be. */
class Brownfield {
  private constructor(
    readonly cluster: ClusterSimulator,
    readonly workspace: Workspace,
    private readonly folder: string,
  ) {}

  static async start(options: Partial<ClusterSimulatorOptions> = {}): Promise<Brownfield> {
    const folder = mkdtempSync(join(tmpdir(), "ekm-brownfield-"));
    const stateDir = join(folder, "cluster");
    const cluster = await ClusterSimulator.start({ stateDir, rekeySeconds: QUICK_REKEY_SECONDS, ...options });
    return new Brownfield(cluster, await Workspace.create({ passphrase: "of the new stack" }), folder);
  }

  /** The folder of the program. */
  get program(): string {
    return join(this.workspace.folder, "imported");
  }

  /** Arguments of the engine's commands about that program. */
  args(...more: string[]): string[] {
    return ["--cwd", this.program, ...more];
  }

  /** Writes the program, makes a stack for it, and configures that with the commands that are printed. */
  async import(): Promise<string> {
    const { cluster, workspace } = this;
    const env = { ...process.env, EKM_CLUSTERS: JSON.stringify({ default: connectionTo(cluster) }) };
    const options = { cwd: workspace.folder, env };
    const { stdout } = await promisify(execFile)(process.execPath, [EKM, "import", "--out", "imported"], options);
    await workspace.run(["stack", "init", workspace.stack, ...this.args()]);
    for (const [, command = ""] of stdout.matchAll(/^ {2}pulumi (config set .*)$/gm)) {
      const value = command.endsWith(".password") ? ["--", cluster.password] : [];
      await workspace.run([...this.args(), ...command.split(" "), ...value]);
    }
    return stdout;
  }

  async end(): Promise<void> {
    this.workspace.remove();
    await this.cluster.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

let keyManager: KeyManager;
let site: Brownfield;

beforeAll(async () => {
  keyManager = await KeyManager.start();
});
afterAll(() => keyManager.remove());
afterEach(() => site.end());

/** Adopts everything; the cluster must not notice. */
async function adopt({ cluster, workspace }: Brownfield): Promise<void> {
  const [before, writes, calls] = [configurationOf(cluster), writesOn(cluster), cluster.calls().length];
  const { steps } = await workspace.up({ args: site.args() });
  expect(steps.filter(({ op, failed }) => op !== "create" || failed)).toEqual([]);
  const drift = await workspace.preview({ args: site.args("--refresh", "--expect-no-changes") });
  expect(drift.steps).toEqual([]);
  expect(cluster.calls().length).toBeGreaterThan(calls);
  expect(writesOn(cluster)).toEqual(writes);
  expect(configurationOf(cluster)).toEqual(before);
}

it("takes over what the vendor's SDK has set up, without a write, and does not let go of it", async () => {
  site = await Brownfield.start();
  const { cluster, workspace, program } = site;
  const { authority, settings } = keyManager;
  await runScript("set_up_cluster.py", { cluster, authority, keyServerPort: settings.port });
  const writes = writesOn(cluster);

  expect(await site.import()).toContain('KeyServer                  1 "key server", 127.0.0.1');
  const compiler = require.resolve("typescript/bin/tsc");
  const compiled = promisify(execFile)(process.execPath, [compiler, "--project", program], { cwd: CHECKOUT });
  const [{ stdout }] = await Promise.all([compiled, adopt(site)]);
  expect(stdout).toBe("");
  const { keyID, certificateSigningRequest } = JSON.parse(
    (await workspace.run(["stack", "output", "--json", ...site.args()])).stdout,
  );
  expect(keyID).toBe(cluster.state().softwareEncryption.masterKey?.keyID);
  expect(certificateSigningRequest).toContain("BEGIN CERTIFICATE REQUEST");

  const before = configurationOf(cluster);
  const refused = await workspace.destroy({ args: site.args(), expectFailure: true });
  expect(refused.stdout).toContain("because it is protected");
  expect(writesOn(cluster)).toEqual(writes);
  expect(configurationOf(cluster)).toEqual(before);
  expect(keyManager.activeKeyIDs()).toEqual([keyID]);
}, 120_000);

const HOSTILE = [
  '"); process.exit(1); ("',
  "`$".concat("{process.exit(1)}`"),
  "*/ process.exit(1) /*",
  "\nprocess.exit(1)\n",
];

it("takes over two providers, equal servers and lone ones, whatever they are called", async () => {
  const name = `${HOSTILE[0]}\u001b[2J`;
  site = await Brownfield.start({ name, switches: { multipleServersPerProvider: true } });
  const { cluster } = site;
  const [first = "", second = "", third = "", fourth = ""] = HOSTILE;
  await setUp(cluster, {
    subject: second,
    servers: [first, second, second, third, fourth],
    providers: [first, first, fourth],
  });

  const printed = await site.import();
  expect(printed).not.toContain("\u001b");
  for (const remark of [
    "Key servers 1 and 2 and 3 and 4 and 5 have the same hosts and port",
    "Key providers 1 and 2 bear the same name",
    "has several key servers, 1 and 2",
    "belongs to no key provider",
    "has no key server",
  ]) {
    expect(printed).toContain(remark);
  }
  await adopt(site);
  const { stdout } = await site.workspace.run(["stack", "export", ...site.args()]);
  const adopted: { type: string; id?: string }[] = JSON.parse(stdout).deployment.resources;
  const ids = (type: string) => adopted.filter((one) => one.type.endsWith(`:${type}`)).map(({ id }) => id);
  expect(ids("KeyServer").sort()).toEqual(["1", "2", "3", "4", "5"]);
  expect(ids("KeyProvider").sort()).toEqual(["1", "2", "3"]);
  expect(ids("KeyServerAttachment").sort()).toEqual(["1", "2", "3"]);
  expect(ids("MasterKey")).toEqual([cluster.state().identity.uniqueID]);
  expect(ids("HardwareEncryption")).toEqual([cluster.state().identity.uniqueID]);
}, 120_000);

interface Names {
  /** Organization of the key pair. */
  subject: string;
  servers: string[];
  providers: string[];
}

/**
 * The first two servers belong to the first provider, which holds the master key; the third to the second one, with which
 * hardware encryption is enabled.
 */
async function setUp(simulator: ClusterSimulator, { subject, servers, providers }: Names): Promise<void> {
  const { authority, settings } = keyManager;
  const cluster = connectToCluster(connectionTo(simulator), new AbortController().signal);
  await cluster.call("CreatePublicPrivateKeyPair", { commonName: "storage-1", organization: subject });
  const { clientCertificateSignRequest } = await cluster.call("GetClientCertificateSignRequest", {});
  const publicKey = readCertificateRequest(clientCertificateSignRequest).publicKey;
  const { cert } = issue(authority, {
    commonName: "storage-1",
    usage: "client",
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
  });
  for (const kmipKeyServerName of servers) {
    await cluster.call("CreateKeyServerKmip", {
      kmipKeyServerName,
      kmipKeyServerHostnames: settings.hostnames,
      kmipKeyServerPort: settings.port,
      kmipCaCertificate: settings.caCertificate,
      kmipClientCertificate: cert,
    });
  }
  for (const keyProviderName of providers) await cluster.call("CreateKeyProviderKmip", { keyProviderName });
  for (const [keyServerID, keyProviderID] of [
    [1, 1],
    [2, 1],
    [3, 2],
  ] as const) {
    await cluster.call("AddKeyServerToProviderKmip", { keyServerID, keyProviderID });
  }
  await cluster.call("RekeySoftwareEncryptionAtRestMasterKey", { keyManagementType: "External", keyProviderID: 1 });
  await cluster.call("EnableEncryptionAtRest", { keyProviderID: 2 });
  await until(() => simulator.state().softwareEncryption.rekey === undefined);
  await until(() => encryptionOf(simulator).state === "enabled");
  await cluster.close();
}
