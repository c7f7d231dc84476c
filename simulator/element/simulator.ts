import { randomBytes, X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { OpenConnections } from "../../kmip/open-connections";
import type { Method } from "../../provider/element/api/types";
import { BackgroundJobs } from "../chassis/background-jobs";
import { type ControlEndpoint, startControlEndpoint } from "../chassis/control-endpoint";
import { replaceEndpointCertificate } from "../chassis/endpoint-certificate";
import { FaultRules } from "../chassis/fault-rules";
import { RequestLog, type RequestRecord } from "../chassis/requests";
import { ClusterStore } from "../chassis/store";
import { createCluster } from "./birth";
import { Cluster } from "./cluster/cluster";
import { ApiError } from "./cluster/errors";
import type { ClusterState } from "./cluster/state";
import { defaultSwitches, type Switches } from "./cluster/switches";
import { type BeforeAnswer, createManagementEndpoint } from "./management-endpoint";
import { openDataKey } from "./methods/data-key";
import { resumeDriveAdditions } from "./methods/drive-addition";
import { resumeHardwareEncryption } from "./methods/hardware-encryption";
import { runRekey } from "./methods/rekey-job";
import { checkSwitches } from "./switch-values";

export interface ClusterSimulatorOptions {
  /** Folder for everything that outlives the process. A cluster that is found there goes on where it was. */
  stateDir: string;
  /** Default `127.0.0.1`. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Of the cluster's administrator. Default `admin`, or what the folder has. */
  username?: string;
  /** Default: a random one, or what the folder has. */
  password?: string;
  /** The cluster's name when it is created. Default `simulated`. */
  name?: string;
  /** Whether a new cluster has software encryption at rest, which cannot be changed later. Default true. */
  softwareEncryptionAtRest?: boolean;
  /** Shorthand for the switch of that name. */
  rekeySeconds?: number;
  switches?: Partial<Switches>;
  /** Listen for changes at run time, in plain HTTP on loopback. Default false. */
  control?: boolean | { port?: number };
  /** For tests that act in the middle of a call. */
  beforeAnswer?: BeforeAnswer;
  /** The cluster's clock. Default the system's. */
  now?: () => Date;
}

/** A simulated Element cluster: real HTTPS, real keys, real KMIP towards the key servers that it is given. */
export class ClusterSimulator {
  readonly #cluster: Cluster;
  readonly #server: Server;
  readonly #log: RequestLog;
  #control?: ControlEndpoint;
  #handshakes = 0;
  readonly #connections: OpenConnections;
  #closing?: Promise<void>;

  /** Rules for what goes wrong. */
  readonly faults: FaultRules;
  readonly endpoint: string;

  private constructor(cluster: Cluster, server: Server, faults: FaultRules, log: RequestLog) {
    this.#cluster = cluster;
    this.#server = server;
    this.#log = log;
    this.faults = faults;
    const { address, family, port } = server.address() as AddressInfo;
    this.endpoint = `https://${family === "IPv6" ? `[${address}]` : address}:${port}`;
    server.on("secureConnection", () => {
      this.#handshakes += 1;
    });
    this.#connections = new OpenConnections(server);
  }

  static async start(options: ClusterSimulatorOptions): Promise<ClusterSimulator> {
    const cluster = await openCluster(options);
    const faults = new FaultRules();
    const log = new RequestLog();
    const server = createManagementEndpoint(cluster, faults, log, options.beforeAnswer);
    server.listen(options.port ?? 0, options.host ?? "127.0.0.1");
    await once(server, "listening");
    const simulator = new ClusterSimulator(cluster, server, faults, log);
    if (options.control) {
      const port = options.control === true ? 0 : (options.control.port ?? 0);
      simulator.#control = await startControlEndpoint(simulator, cluster, port);
    }
    cluster.jobs.start(() => runRekey(cluster, true));
    cluster.jobs.start(() => resumeHardwareEncryption(cluster));
    cluster.jobs.start(() => resumeDriveAdditions(cluster));
    return simulator;
  }

  /** PEM of the management endpoint's certificate. */
  get certificate(): string {
    return this.#cluster.secrets.tlsCertificate;
  }

  /** SHA-256 of that certificate, AA:BB:.. */
  get fingerprint256(): string {
    return new X509Certificate(this.certificate).fingerprint256;
  }

  get username(): string {
    return this.#cluster.secrets.username;
  }

  get password(): string {
    return this.#cluster.secrets.password;
  }

  /** Only when it was asked for. */
  get controlEndpoint(): string | undefined {
    return this.#control?.endpoint;
  }

  /** What the documents leave open; changes take effect at once. */
  get switches(): Switches {
    return this.#cluster.switches;
  }

  /** Requests that were answered, oldest first. */
  get requests(): RequestRecord[] {
    return this.#log.records;
  }

  calls(method?: Method): RequestRecord[] {
    return this.#log.calls(method);
  }

  /** TLS handshakes accepted by this process. */
  get handshakes(): number {
    return this.#handshakes;
  }

  /** A copy of everything that is persisted, but for secrets. */
  state(): ClusterState {
    return structuredClone(this.#cluster.state);
  }

  /** Changes the state as somebody else would have. */
  async mutate(change: (state: ClusterState) => void): Promise<void> {
    change(this.#cluster.state);
    await this.#cluster.save();
  }

  /** Fetches the master key from where it is kept and says whether it still opens the same data key. */
  async unwrapDataKey(): Promise<boolean> {
    const { masterKey } = this.#cluster.state.softwareEncryption;
    if (!masterKey) return false;
    try {
      await openDataKey(this.#cluster, masterKey);
      return true;
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  }

  /** Gives the management endpoint a new self-signed certificate. Open connections break, as when a web server restarts. */
  async replaceCertificate(): Promise<void> {
    await replaceEndpointCertificate(this.#cluster);
    const { tlsCertificate: cert, tlsPrivateKey: key } = this.#cluster.secrets;
    this.#server.setSecureContext({ cert, key });
    this.breakConnections();
  }

  /** Breaks every open connection, as a network that fails. */
  breakConnections(): void {
    this.#connections.break();
  }

  /** Stops listening and breaks connections; work that is under way goes on at the next start. May be called again. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#control?.close();
    await this.#cluster.jobs.close();
    this.breakConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#cluster.store.close();
  }
}

async function openCluster(options: ClusterSimulatorOptions): Promise<Cluster> {
  const trueTime = options.now ?? (() => new Date());
  const rekeySeconds = options.rekeySeconds === undefined ? {} : { rekeySeconds: options.rekeySeconds };
  const switches = { ...defaultSwitches(), ...checkSwitches({ ...options.switches, ...rekeySeconds }) };
  const now = () => new Date(trueTime().getTime() + switches.clockOffsetSeconds * 1000);
  const store = await ClusterStore.open(options.stateDir, () =>
    createCluster(
      {
        name: options.name ?? "simulated",
        username: options.username ?? "admin",
        password: options.password ?? randomBytes(12).toString("base64url"),
        softwareEncryptionAtRest: options.softwareEncryptionAtRest ?? true,
      },
      now(),
    ),
  );
  const cluster = new Cluster(store, switches, new BackgroundJobs(), now);
  cluster.secrets.username = options.username ?? cluster.secrets.username;
  cluster.secrets.password = options.password ?? cluster.secrets.password;
  await cluster.save();
  return cluster;
}
