import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCertificateRequest } from "../../provider/pki";
import { ClusterSimulator, type ClusterSimulatorOptions } from "../../simulator";
import { connectToCluster } from "../../tools/quickstart/observation";
import { projectComplaints } from "../cli/toolchain";
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
import { ImportedProgram, LANGUAGES } from "./imported-program";

/** A cluster that somebody has set up, and a program for it. */
class Brownfield {
  private imported?: ImportedProgram;

  private constructor(
    readonly cluster: ClusterSimulator,
    private readonly folder: string,
  ) {}

  static async start(options: Partial<ClusterSimulatorOptions> = {}): Promise<Brownfield> {
    const folder = mkdtempSync(join(tmpdir(), "ekm-brownfield-"));
    const stateDir = join(folder, "cluster");
    const cluster = await ClusterSimulator.start({ stateDir, rekeySeconds: QUICK_REKEY_SECONDS, ...options });
    return new Brownfield(cluster, folder);
  }

  /** Writes the program, in one of the languages. */
  async import(language: (typeof LANGUAGES)[number] = "typescript"): Promise<ImportedProgram> {
    const connection = { EKM_CLUSTERS: JSON.stringify({ default: connectionTo(this.cluster) }) };
    const { password: secret } = this.cluster;
    this.imported = await ImportedProgram.write(language, { system: "element", connection, secret });
    return this.imported;
  }

  async end(): Promise<void> {
    this.imported?.remove();
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
async function adopt({ cluster }: Brownfield, program: ImportedProgram): Promise<void> {
  const [before, writes, calls] = [configurationOf(cluster), writesOn(cluster), cluster.calls().length];
  await program.expectAdoption();
  expect(cluster.calls().length).toBeGreaterThan(calls);
  expect(writesOn(cluster)).toEqual(writes);
  expect(configurationOf(cluster)).toEqual(before);
}

it("takes over what the vendor's SDK has set up, without a write, and does not let go of it", async () => {
  site = await Brownfield.start();
  const { cluster } = site;
  const { authority, settings } = keyManager;
  await runScript("set_up_cluster.py", { cluster, authority, keyServerPort: settings.port });

  const program = await site.import();
  expect(program.printed).toContain('KeyServer                  1 "key server", 127.0.0.1');
  expect(projectComplaints(program.folder)).toBe("");
  await adopt(site, program);
  const { keyID, certificateSigningRequest } = JSON.parse(
    (await program.workspace.run(["stack", "output", "--json", ...program.args()])).stdout,
  );
  expect(keyID).toBe(cluster.state().softwareEncryption.masterKey?.keyID);
  expect(certificateSigningRequest).toContain("BEGIN CERTIFICATE REQUEST");
  expect(keyManager.activeKeyIDs()).toEqual([keyID]);
}, 120_000);

const HOSTILE = [
  '"); process.exit(1); ("',
  "`$".concat("{process.exit(1)}` $$ $1"),
  "*/ process.exit(1) /*",
  "\nprocess.exit(1)\n",
];

it.each(LANGUAGES)(
  "takes over two providers, equal servers and lone ones, whatever they are called, in %s",
  async (language) => {
    const name = `${HOSTILE[0]}\u001b[2J`;
    site = await Brownfield.start({ name, switches: { multipleServersPerProvider: true } });
    const { cluster } = site;
    const [first = "", second = "", third = "", fourth = ""] = HOSTILE;
    await setUp(cluster, {
      subject: second,
      servers: [first, second, second, third, fourth],
      providers: [first, first, fourth],
    });

    const program = await site.import(language);
    const { printed } = program;
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
    await adopt(site, program);
    const ids = await program.ids();
    expect(ids("KeyServer")).toEqual(["1", "2", "3", "4", "5"]);
    expect(ids("KeyProvider")).toEqual(["1", "2", "3"]);
    expect(ids("KeyServerAttachment")).toEqual(["1", "2", "3"]);
    expect(ids("MasterKey")).toEqual([cluster.state().identity.uniqueID]);
    expect(ids("HardwareEncryption")).toEqual([cluster.state().identity.uniqueID]);
  },
  120_000,
);

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
