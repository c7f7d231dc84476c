import { X509Certificate } from "node:crypto";
import { type ControlEndpoint, startControlEndpoint } from "./control-endpoint";
import { type EndpointSecrets, selfSignedEndpointCertificate } from "./endpoint-certificate";
import { type BeforeAnswer, type ExchangeOptions, exchange } from "./exchange";
import { FaultRules } from "./fault-rules";
import { HttpsEndpoint } from "./https-endpoint";
import type { Machine } from "./machine";
import { RequestLog, type RequestRecord } from "./requests";
import type { System } from "./system";

export interface SimulatorOptions {
  /** Folder for everything that outlives the process. A system that is found there goes on where it was. */
  stateDir: string;
  /** Default `127.0.0.1`. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Listen for changes at run time, in plain HTTP on loopback. Default false. */
  control?: boolean | { port?: number };
  /** For tests that act in the middle of a call. */
  beforeAnswer?: BeforeAnswer;
}

/** A simulated system that is in service. */
export abstract class Simulator<M extends Machine<object, EndpointSecrets, object>, Method extends string = string> {
  /** Faults of its answers. */
  readonly faults = new FaultRules();
  readonly #log = new RequestLog();
  readonly #endpoint: HttpsEndpoint;
  readonly #otherEndpoints: HttpsEndpoint[] = [];
  #control?: ControlEndpoint;
  #closing?: Promise<void>;

  protected constructor(
    protected readonly machine: M,
    private readonly system: System<M["switches"]>,
    private readonly beforeAnswer?: BeforeAnswer,
  ) {
    this.#endpoint = this.#newEndpoint(machine.secrets, system.read.bind(system));
  }

  #newEndpoint(secrets: EndpointSecrets, read: ExchangeOptions["read"]): HttpsEndpoint {
    const { faults, machine, beforeAnswer } = this;
    return new HttpsEndpoint(secrets, exchange({ read, faults, log: this.#log, now: machine.now, beforeAnswer }));
  }

  /** Listens, and goes on with the work that an earlier process has left unfinished. */
  protected async open({ host = "127.0.0.1", port = 0, control = false }: SimulatorOptions): Promise<this> {
    await this.#endpoint.listen(host, port);
    if (control) {
      const controlPort = control === true ? 0 : (control.port ?? 0);
      this.#control = await startControlEndpoint(this, this.system, controlPort);
    }
    for (const job of this.system.unfinished) this.machine.jobs.start(job);
    return this;
  }

  /** Listens at a second address, with a certificate of its own and for other requests. Resolves with its URL. */
  protected async openAnother(
    secrets: EndpointSecrets,
    read: ExchangeOptions["read"],
    { host = "127.0.0.1", port = 0 }: Pick<SimulatorOptions, "host" | "port">,
  ): Promise<string> {
    const endpoint = this.#newEndpoint(secrets, read);
    this.#otherEndpoints.push(endpoint);
    await endpoint.listen(host, port);
    return endpoint.url;
  }

  get endpoint(): string {
    return this.#endpoint.url;
  }

  /** PEM of the endpoint's certificate. */
  get certificate(): string {
    return this.machine.secrets.tlsCertificate;
  }

  /** SHA-256 of that certificate, AA:BB:.. */
  get fingerprint256(): string {
    return new X509Certificate(this.certificate).fingerprint256;
  }

  /** Only when it was asked for. */
  get controlEndpoint(): string | undefined {
    return this.#control?.endpoint;
  }

  /** Choices where documents leave the behaviour open. Changes take effect at once. */
  get switches(): M["switches"] {
    return this.machine.switches;
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
    return this.#endpoints.reduce((sum, { handshakes }) => sum + handshakes, 0);
  }

  /** A copy of everything that is persisted, but for secrets. */
  state(): M["state"] {
    return structuredClone(this.machine.state);
  }

  /** Changes the state as somebody else would have. */
  async mutate(change: (state: M["state"]) => void): Promise<void> {
    change(this.machine.state);
    await this.machine.save();
  }

  /** Gives the endpoint a new self-signed certificate. Open connections break, as when a web server restarts. */
  async replaceCertificate(): Promise<void> {
    const { machine, system } = this;
    Object.assign(machine.secrets, await selfSignedEndpointCertificate(system.certificateSubject, machine.now()));
    await machine.save();
    this.#endpoint.present(machine.secrets);
  }

  /** Breaks every open connection, as a network that fails. */
  breakConnections(): void {
    for (const endpoint of this.#endpoints) endpoint.breakConnections();
  }

  /** Resolves once the work has ended that goes on by now: calls to key servers take time on whatever clock. */
  jobsEnded(): Promise<void> {
    return this.machine.jobs.ended();
  }

  /** Stops listening and breaks connections; work that is under way goes on at the next start. May be called again. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#control?.close();
    await this.machine.jobs.close();
    for (const endpoint of this.#endpoints) await endpoint.close();
    await this.machine.store.close();
  }

  get #endpoints(): HttpsEndpoint[] {
    return [this.#endpoint, ...this.#otherEndpoints];
  }
}
