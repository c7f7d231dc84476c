import { randomBytes, X509Certificate } from "node:crypto";
import { join } from "node:path";
import type { KmipEndpoint, Tenant } from "../../kmip";
import { BackgroundJobs } from "../chassis/background-jobs";
import { type EndpointSecrets, selfSignedEndpointCertificate } from "../chassis/endpoint-certificate";
import { Simulator, type SimulatorOptions } from "../chassis/simulator";
import { Store } from "../chassis/store";
import { checkSwitches } from "../chassis/switch-values";
import type { HttpRequest } from "../chassis/system";
import { type Client, clientOf } from "./adapters/admission";
import type { Method } from "./http/methods";
import { readIamRequest } from "./iam/token-endpoint";
import { openKmipPort } from "./kmip-port";
import { tenantOf } from "./objects/tenant";
import { createInstance, createRegion, iamSubject } from "./region/birth";
import { Region } from "./region/machine";
import { defaultSwitches, type Switches } from "./region/switches";
import { type ScenarioName, scenarios } from "./scenarios";
import { switchValues } from "./switch-values";
import { keyProtectSystem, type ObservedObject, objectsOf } from "./system";

export interface KeyProtectSimulatorOptions extends SimulatorOptions {
  /** Default: a random one, or what the folder has. */
  apiKey?: string;
  /** How many instances the region has; a folder with more keeps them. Default 1. */
  instances?: number;
  /** Serves IAM at an endpoint of its own, with a certificate of its own. Default: at the service's. */
  iam?: { host?: string; port?: number };
  /** Where KMIP is spoken. Default: a free port of 127.0.0.1. */
  kmip?: { host?: string; port?: number };
  /** Shorthand for the switch of that name. */
  propagationSeconds?: number;
  switches?: Partial<Switches>;
  /** The region's clock, and IAM's. Default the system's. */
  now?: () => Date;
}

/** A simulated region of IBM Key Protect: IAM, the REST API of its instances, and their KMIP endpoint. */
export class KeyProtectSimulator extends Simulator<Region, Method> {
  #iam?: EndpointSecrets & { url: string };
  #kmip?: KmipEndpoint;

  static async start(options: KeyProtectSimulatorOptions): Promise<KeyProtectSimulator> {
    const region = await openRegion(options);
    const system = keyProtectSystem(region, options.iam === undefined);
    const simulator = new KeyProtectSimulator(region, system, options.beforeAnswer);
    await simulator.open(options);
    if (options.iam) await simulator.#openIam(options.iam);
    simulator.#kmip = await openKmipPort(region, options.kmip ?? {});
    return simulator;
  }

  async #openIam(address: { host?: string; port?: number }): Promise<void> {
    const { machine } = this;
    machine.secrets.iam ??= await selfSignedEndpointCertificate(iamSubject, machine.now());
    await machine.save();
    const read = (request: HttpRequest) => readIamRequest(machine, request);
    this.#iam = { url: await this.openAnother(machine.secrets.iam, read, address), ...machine.secrets.iam };
  }

  /** Where KMIP is spoken, `HOST:PORT`. */
  get kmipEndpoint(): string {
    return `${this.#kmip?.host}:${this.#kmip?.port}`;
  }

  override async close(): Promise<void> {
    await this.#kmip?.close();
    await super.close();
  }

  get apiKey(): string {
    return this.machine.secrets.apiKey;
  }

  /** GUIDs of the instances. */
  get instances(): string[] {
    return this.machine.state.instances.map(({ guid }) => guid);
  }

  /** GUID of the first instance. */
  get instance(): string {
    return this.instances[0] ?? "";
  }

  get iamEndpoint(): string {
    return this.#iam?.url ?? this.endpoint;
  }

  /** PEM of the certificate of IAM's endpoint. */
  get iamCertificate(): string {
    return this.#iam?.tlsCertificate ?? this.certificate;
  }

  /** SHA-256 of that certificate, AA:BB:.. */
  get iamFingerprint256(): string {
    return new X509Certificate(this.iamCertificate).fingerprint256;
  }

  /** Does what somebody else would do, past the API's refusals. */
  async act(name: ScenarioName, params: Record<string, unknown> = {}): Promise<void> {
    scenarios[name](this.machine, params);
    await this.machine.save();
  }

  /** Whom the KMIP port lets in, by the SHA-256 of a client certificate. */
  clientOf(fingerprint256: string, now = this.machine.now()): Client | undefined {
    return clientOf(this.machine, fingerprint256, now);
  }

  /** What the KMIP port offers to a client: the objects of its adapter, in the custody of the root key. */
  tenantOf(client: Client): Tenant {
    return tenantOf(this.machine, client);
  }

  /** Every KMIP object, and whether a client could have its material now. */
  objects(): ObservedObject[] {
    return objectsOf(this.machine);
  }
}

async function openRegion(options: KeyProtectSimulatorOptions): Promise<Region> {
  const trueTime = options.now ?? (() => new Date());
  const { propagationSeconds } = options;
  const shorthand = propagationSeconds === undefined ? {} : { propagationSeconds };
  const switches = { ...defaultSwitches(), ...checkSwitches(switchValues, { ...options.switches, ...shorthand }) };
  const now = () => new Date(trueTime().getTime() + switches.clockOffsetSeconds * 1000);
  const store = await Store.open(join(options.stateDir, "region.json"), () =>
    createRegion(options.apiKey ?? randomBytes(33).toString("base64url"), now()),
  );
  const region = new Region(store, switches, new BackgroundJobs(), now);
  region.secrets.apiKey = options.apiKey ?? region.secrets.apiKey;
  while (region.state.instances.length < (options.instances ?? 1)) {
    region.state.instances.push(createInstance(region.state));
  }
  await region.save();
  return region;
}
