import { rm } from "node:fs/promises";
import { join } from "node:path";
import { KmipClient } from "../../kmip";
import type { Operation } from "../../provider/systems/keyprotect/api/types";
import type { FaultAction } from "../../simulator/chassis/fault-actions";
import {
  type Adapter,
  type Instance,
  type Key,
  KeyProtectSimulator,
  type KeyProtectSwitches,
  type ScenarioName,
} from "../../simulator/keyprotect";
import { type Issued, issue, makeAuthority, type Validity } from "../kit/certificates";
import { MovedClock } from "../kit/moved-clock";
import { StagedTheatre, type StoredScene } from "../kit/theatre";
import { Caller } from "./simulator/caller";

/** No failure, log line or output of any test may hold it. */
export const API_KEY = "canary-/9c1f7be2+api-key=of-a-service-id";

/** Time from a registration until the KMIP port accepts it: as long as IBM documents. */
export const PROPAGATION_SECONDS = 300;

export const BY_HAND = "by-hand";

const authority = makeAuthority();

/** A client certificate with its private key. */
export const newClient = (commonName = "storage", validity: Validity = {}): Issued =>
  issue(authority, { commonName, usage: "client", ...validity });

/** The client whose certificate is registered at the stage `registered`. */
export const clientByHand = newClient("by hand");

/** What a region starts with: each stage is the one before it and one thing more. */
export type Stage = "bare" | "keyed" | "adapted" | "registered";

/** A simulated region on a clock that the test moves, with what somebody besides the provider does to it. */
export class Scene implements StoredScene {
  /** Called when the region has acted on a call and has not answered yet. */
  beforeAnswer: (method: string) => void | Promise<void> = () => {};
  readonly caller: Caller;
  private readonly clients: KmipClient[] = [];

  private constructor(
    private readonly folder: string,
    readonly region: KeyProtectSimulator,
    readonly clock: MovedClock,
  ) {
    this.caller = new Caller(region);
  }

  static async open(folder: string, switches: Partial<KeyProtectSwitches> = {}): Promise<Scene> {
    const clock = new MovedClock();
    const region = await KeyProtectSimulator.start({
      stateDir: join(folder, "region"),
      apiKey: API_KEY,
      iam: {},
      now: () => clock.now(),
      switches: { propagationSeconds: PROPAGATION_SECONDS, ...switches },
      beforeAnswer: (method) => scene.beforeAnswer(method),
    });
    const scene = new Scene(folder, region, clock);
    return scene;
  }

  /** Of the API alone: a token is no call of a lifecycle. */
  calls(): string[] {
    return this.region
      .calls()
      .map(({ method }) => method)
      .filter((method) => method !== "createToken");
  }

  requests(): number {
    return this.region.requests.length;
  }

  async stop(): Promise<void> {
    for (const client of this.clients.splice(0)) client.close();
    await this.region.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true });
  }

  /** The next call of an operation has its effect, and its answer does not arrive. */
  loseAnswer(method: Operation): void {
    this.answer(method, { drop: true }, "after");
  }

  /** The next call of an operation is answered so, and by default without effect. */
  answer(method: Operation, action: FaultAction, when: "before" | "after" = "before"): void {
    this.region.faults.add({ method, when, count: 1, action });
  }

  /** Has somebody else do something to the region, past the API. */
  somebody(action: ScenarioName, params: Record<string, unknown> = {}): Promise<void> {
    return this.region.act(action, params);
  }

  /** Somebody else acts between a look of the provider and what follows from it. */
  afterCallOf(method: Operation, act: () => Promise<unknown>): void {
    this.beforeAnswer = async (answered) => {
      if (answered !== method) return;
      this.beforeAnswer = () => {};
      await act();
    };
  }

  /** The first instance, in the simulator's own records. */
  get instance(): Instance {
    const [instance] = this.region.state().instances;
    if (instance === undefined) throw new Error("a region has an instance");
    return instance;
  }

  /** The root key that was made first. */
  get key(): Key {
    return present(this.instance.keys[0]);
  }

  /** The adapter that was made first. */
  get adapter(): Adapter {
    return present(this.instance.adapters[0]);
  }

  /** Names of what is registered at the first adapter. */
  registered(): string[] {
    return this.adapter.certificates.map(({ name }) => name);
  }

  /** States of the first adapter's objects, as KMIP counts them. */
  objectStates(): number[] {
    return this.region.objects().map(({ state }) => state);
  }

  /** A client of the KMIP port. Whoever is not registered, or not yet, is refused. */
  async connect({ cert, key }: Issued): Promise<KmipClient> {
    const [host = "", port] = this.region.kmipEndpoint.split(":");
    const client = await KmipClient.connect({ host, port: Number(port), ca: this.region.certificate, cert, key });
    this.clients.push(client);
    await client.discoverVersions();
    return client;
  }

  /** A client makes a key in its adapter. */
  async keyMadeBy(client: Issued): Promise<{ uid: string; material: string }> {
    const connected = await this.connect(client);
    const uid = await connected.create({ algorithm: "AES", length: 256 });
    await connected.activate(uid);
    return { uid, material: (await connected.get(uid)).toString("hex") };
  }

  /** Whether a client reads a key that was made before. */
  async reads(client: Issued, { uid, material }: { uid: string; material: string }): Promise<boolean> {
    return (await (await this.connect(client)).get(uid)).toString("hex") === material;
  }

  /** Whether a client is let in at all. */
  async lets(client: Issued): Promise<boolean> {
    return this.connect(client).then(
      () => true,
      (error: { code?: string }) => {
        if (error.code === "clientCertificateRefused") return false;
        throw error;
      },
    );
  }
}

function present<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("the stage has none of it");
  return found;
}

/** Of simulated regions. */
export class Theatre extends StagedTheatre<Scene, Stage, KeyProtectSwitches> {
  constructor() {
    super({ prefix: "keyprotect-", open: Scene.open, before: BEFORE, build: BUILD });
  }
}

const BEFORE: Record<Stage, Stage | undefined> = {
  bare: undefined,
  keyed: "bare",
  adapted: "keyed",
  registered: "adapted",
};

const BUILD: Record<Stage, (scene: Scene) => Promise<unknown>> = {
  bare: async () => {},
  keyed: ({ caller }) => caller.create("/keys", { name: BY_HAND, aliases: ["alias-by-hand"] }),
  adapted: ({ caller, key }) => caller.adapter(key.id, BY_HAND),
  registered: ({ caller, adapter }) => caller.certificate(adapter.id, clientByHand.cert, BY_HAND),
};
