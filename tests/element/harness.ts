import { ok } from "node:assert";
import { Calls, type Refusal } from "../../provider/adapters/process/calls";
import { type Host, RunContexts } from "../../provider/adapters/process/contexts";
import { RunDeclarations } from "../../provider/adapters/process/declarations";
import { journalled } from "../../provider/adapters/process/journal/journalled";
import { configuredConnections } from "../../provider/adapters/pulumi/connections";
import { type CarriedInputs, carrying } from "../../provider/adapters/pulumi/dynamic/carried-inputs";
import { urns } from "../../provider/adapters/pulumi/urn";
import { PULUMI_WORDS } from "../../provider/adapters/pulumi/words";
import type { Connections } from "../../provider/connections/by-name";
import type { Clock, Timer } from "../../provider/core/clock";
import { EngineGoneError, IncompleteError, isEkmError, withWayOut } from "../../provider/core/errors";
import type { Entry, Journal, Leftover, Stage } from "../../provider/core/journal";
import type { Context, CreateResult, Lifecycle } from "../../provider/core/lifecycle";
import type { Plan } from "../../provider/core/plan";
import type { Description } from "../../provider/core/resource/description";
import type { ConnectionRuntime, NamedSystem } from "../../provider/core/system";
import type { Cluster } from "../../provider/systems/element/api/cluster";
import type { ConnectionSettings } from "../../provider/systems/element/api/settings";
import type { Method } from "../../provider/systems/element/api/types";
import { LEFTOVER_KINDS } from "../../provider/systems/element/leftovers";
import { element } from "../../provider/systems/element/system";
import { registry } from "../../provider/systems/registry";
import type { ClusterSimulator } from "../../simulator";
import { connecting } from "../kit/driver";
import { PASSWORD, type Scene, turn } from "./stage";

/** A clock that is moved: sleeping advances it at once, and lets the rest of the process run meanwhile. */
export class MovedClock implements Clock, Timer {
  private offset = 0;
  private readonly timeouts: { at: number; controller: AbortController }[] = [];

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.offset += milliseconds;
    await turn();
  }

  /** Aborts when the clock is advanced so far: no real call takes long. */
  timeout(milliseconds: number): AbortSignal {
    const controller = new AbortController();
    this.timeouts.push({ at: this.offset + milliseconds, controller });
    return controller.signal;
  }

  advance(milliseconds: number): void {
    this.offset += milliseconds;
    for (const { at, controller } of this.timeouts) if (at <= this.offset) controller.abort(new Error("timed out"));
  }
}

export interface Line {
  severity: "progress" | "info" | "warn";
  message: string;
}

/** The journal of one machine. */
export class MachineJournal implements Journal {
  private readonly entries = new Map<string, string>();
  /** Keys of entries about creates, by the objects that they made. */
  private readonly given = new Map<string, string>();

  find(system: string, urn: string): Entry | undefined {
    const entry = this.entries.get(JSON.stringify([system, urn]));
    return entry === undefined ? undefined : JSON.parse(entry);
  }

  write(system: string, urn: string, entry: Entry, _stage: Stage, object?: string): void {
    const key = JSON.stringify([system, urn]);
    this.entries.set(key, JSON.stringify(entry));
    if (object !== undefined) this.given.set(object, key);
  }

  deliver(objects: readonly string[]): void {
    for (const object of objects) {
      const key = this.given.get(object);
      const entry = key === undefined ? undefined : this.entries.get(key);
      if (key && entry) this.entries.set(key, JSON.stringify({ ...JSON.parse(entry), delivered: true }));
    }
  }

  leftovers(system: string, stack: string): Leftover[] {
    return [...this.entries].flatMap(([key, text]) => {
      const [of, urn] = JSON.parse(key) as [string, string];
      const { before, receipt, attempts, delivered } = JSON.parse(text) as Entry;
      if (of !== system || !urn.startsWith(stack) || before !== null || receipt === null || delivered) return [];
      return attempts.flatMap(({ to, name }) => (name === undefined ? [] : [{ identity: urn, kind: to, name }]));
    });
  }

  clear(): void {
    this.entries.clear();
  }
}

/** What a run shares with others, and who looks over its shoulder. */
export interface RunOptions {
  clock?: MovedClock;
  /** Of the machine that it is on. Default: of one of its own. */
  journal?: MachineJournal;
  stack?: string;
  /** Keeps runs apart. Default: there is no other one. */
  exclusively?: Context["exclusively"];
  /** Sees each call of a lifecycle to a cluster, and may interrupt it. */
  around?<T>(method: Method, call: () => Promise<T>): Promise<T>;
}

/** The engine's runs one after the other: what lifecycles share in a provider process, and what they said. */
export class Run {
  readonly lines: Line[] = [];
  readonly clock: MovedClock;
  readonly stack: string;
  /** Another one is put in its place where the next run is on another machine. */
  journal: MachineJournal;
  /** What the program of the present run declares. */
  declarations = new RunDeclarations();
  contexts: RunContexts;
  /** Cleared to play an engine that was killed. */
  engineLives = true;
  private readonly cancellation = new AbortController();
  private readonly connections: Connections<ConnectionSettings, Cluster>;

  constructor(
    clusters: Record<string, Pick<ClusterSimulator, "endpoint" | "username" | "fingerprint256">>,
    private readonly options: RunOptions = {},
  ) {
    this.clock = options.clock ?? new MovedClock();
    this.stack = options.stack ?? "dev";
    this.journal = options.journal ?? new MachineJournal();
    const settings = Object.entries(clusters).map(([name, { endpoint, username, fingerprint256 }]) => [
      name,
      { endpoint, username, password: PASSWORD, fingerprint256 },
    ]);
    this.connections = configuredConnections(element, { clusters: Object.fromEntries(settings) }, {}, this.runtime());
    this.contexts = new RunContexts(this.host());
  }

  /** Of what is declared, and of the machine that it is on, as they are at each call. */
  private host(): Host {
    const line = (severity: Line["severity"]) => (message: string) => {
      ok(!message.includes(PASSWORD), message);
      this.lines.push({ severity, message });
    };
    const fact = (message: string) => {
      ok(!/(?:^|: )will /.test(message), `to be announced, or it stays under what is done: ${message}`);
      line("info")(message);
    };
    const log = { announce: line("info"), progress: line("progress"), info: fact, warn: line("warn") };
    const { exclusively = (_subject, work) => work() } = this.options;
    const run = this;
    return {
      clock: this.clock,
      signal: this.cancellation.signal,
      connection: connecting((name) => this.cluster(name)),
      identities: urns,
      log: () => log,
      exclusively: (subject, _log, work) => exclusively(subject, work),
      fleet: { expect() {} },
      words: PULUMI_WORDS,
      get declarations() {
        return run.declarations;
      },
      get journal() {
        return run.journal;
      },
    };
  }

  context(urn: string): Context {
    return this.contexts.changing(urn);
  }

  cluster(name = "default"): Cluster {
    const cluster = this.connections.connection(name);
    const { around } = this.options;
    return around === undefined ? cluster : watched(cluster, around);
  }

  /** Begins the next run: nothing is declared yet. */
  next(): void {
    this.declarations = new RunDeclarations();
    this.contexts = new RunContexts(this.host());
  }

  close(): Promise<void> {
    return this.connections.close();
  }

  private runtime(): ConnectionRuntime {
    return {
      clock: this.clock,
      signal: this.cancellation.signal,
      assertHostAlive: async () => {
        if (this.engineLives) return;
        throw new EngineGoneError({ attempt: "writing", reason: "the engine is gone", wayOut: "run again" });
      },
    };
  }
}

function watched(cluster: Cluster, around: NonNullable<RunOptions["around"]>): Cluster {
  const call: Cluster["call"] = (method, params) => around(method, () => cluster.call(method, params));
  return new Proxy(cluster, { get: (target, key) => (key === "call" ? call : Reflect.get(target, key)) });
}

/** What became of one operation. */
export type Did = "created" | "updated" | "replaced" | "unchanged" | "refreshed" | "gone" | "deleted";

export type Outcome<O> =
  | { did: Did; outputs?: O }
  | { refused: Refusal[] }
  /** `code` is the cause's where the resource is left incomplete. */
  | { failed: string; message: string; error: unknown; incomplete: boolean };

/** What the engine keeps of a resource, through JSON each time. */
export interface ResourceState<I = object, O = object> {
  id: string;
  inputs: I;
  outputs: O;
  /** Its latest create or update left it incomplete: the next run updates it, whatever its diff says. */
  hasInitErrors?: true;
}

/** One resource of a program, driven through its lifecycle as the engine drives it, with its part of the state. */
export class Resource<I extends object, O extends object> {
  state?: ResourceState<I, O>;
  readonly urn: string;

  constructor(
    private readonly lifecycle: Lifecycle<I, O>,
    token: string,
    private readonly run: Run,
    name = "main",
  ) {
    this.urn = urnOf(token, name, run.stack);
  }

  /** The arguments as the resource's class completes them. */
  complete(inputs: Omit<I, "cluster"> & { cluster?: string } & Partial<CarriedInputs>): I {
    return stored({ resourceUrn: this.urn, cluster: "default", ...inputs }) as unknown as I;
  }

  check(inputs: Parameters<this["complete"]>[0]) {
    return this.calls.check(this.urn, this.state?.inputs ?? {}, this.complete(inputs));
  }

  /** What a preview says of new inputs, unknown ones among them. */
  async preview(
    inputs: Parameters<this["complete"]>[0],
  ): Promise<Partial<Omit<Plan, "lines">> & { failures: Refusal[] }> {
    const { inputs: checked, failures } = await this.check(inputs);
    if (failures.length > 0 || this.state === undefined) return { failures };
    const { id, outputs } = this.state;
    return { failures, ...(await this.calls.diff(this.urn, id, outputs, stored(checked))) };
  }

  up(inputs: Parameters<this["complete"]>[0]): Promise<Outcome<O>> {
    return this.outcome(async () => {
      const { inputs: news, failures } = await this.check(inputs);
      if (failures.length > 0) return { refused: failures };
      if (this.state === undefined) return this.create(stored(news), "created");
      const { id, outputs } = this.state;
      const { differing, replaces = [] } = await this.calls.diff(this.urn, id, outputs, stored(news));
      if (differing.length === 0 && !this.state.hasInitErrors) {
        this.state.inputs = stored(news);
        return { did: "unchanged", outputs: this.state.outputs };
      }
      if (replaces.length > 0) return this.replace(stored(news), inputs);
      return this.update(stored(news));
    });
  }

  refresh(): Promise<Outcome<O>> {
    return this.outcome(async () => {
      const { id, outputs } = this.present;
      const found = await this.calls.read(this.urn, id, outputs);
      this.state = found === undefined ? undefined : stored(found);
      return found === undefined ? { did: "gone" } : { did: "refreshed", outputs: this.state?.outputs };
    });
  }

  destroy(): Promise<Outcome<O>> {
    return this.outcome(async () => {
      await this.calls.delete(this.urn, this.present.id, this.present.outputs);
      this.state = undefined;
      return { did: "deleted" };
    });
  }

  private get present() {
    if (this.state === undefined) throw new Error(`${this.urn} is not in state`);
    return this.state;
  }

  /** As the present run makes them. */
  private get calls(): Calls<I, O> {
    const entries: { lifecycle: object; description: Description; system?: NamedSystem }[] = Object.values(registry);
    const entry = entries.find(({ lifecycle }) => lifecycle === this.lifecycle);
    if (entry === undefined) throw new Error(`the lifecycle of ${this.urn} is not in the registry`);
    const { description, system } = entry;
    const kept = journalled(carrying(this.lifecycle as never, system), description, system);
    return new Calls(kept as unknown as Lifecycle<I, O>, this.run.contexts);
  }

  private async create(inputs: I, did: Did): Promise<Outcome<O>> {
    return this.completing(inputs, did, () => this.calls.create(this.urn, inputs));
  }

  private async update(inputs: I): Promise<Outcome<O>> {
    const { id, outputs } = this.present;
    return this.completing(inputs, "updated", async () => ({
      id,
      outputs: await this.calls.update(this.urn, id, outputs, inputs),
    }));
  }

  private async completing(inputs: I, did: Did, work: () => Promise<CreateResult<O>>): Promise<Outcome<O>> {
    try {
      this.state = stored({ ...(await work()), inputs });
    } catch (error) {
      if (error instanceof IncompleteError) this.state = incompleteState(error, inputs);
      throw error;
    }
    return { did, outputs: this.state.outputs };
  }

  /** Deletes first, as the classes of Element's resources ask for, and checks again as for a new resource. */
  private async replace(_news: I, inputs: Parameters<this["complete"]>[0]): Promise<Outcome<O>> {
    await this.calls.delete(this.urn, this.present.id, this.present.outputs);
    this.state = undefined;
    const again = await this.check(inputs);
    return this.create(stored(again.inputs), "replaced");
  }

  private async outcome(operation: () => Promise<Outcome<O>>): Promise<Outcome<O>> {
    const outcome = await operation().catch((error: unknown): Outcome<O> => {
      if (!isEkmError(error)) throw error;
      const incomplete = error instanceof IncompleteError;
      const cause = incomplete && isEkmError(error.cause) ? error.cause : error;
      return { failed: cause.code, message: withWayOut(cause, PULUMI_WORDS), error, incomplete };
    });
    ok(!JSON.stringify([outcome, this.state]).includes(PASSWORD), this.urn);
    return outcome;
  }
}

function incompleteState<I, O>({ id, outputs }: IncompleteError, inputs: I): ResourceState<I, O> {
  return stored({ id, inputs, outputs, hasInitErrors: true }) as unknown as ResourceState<I, O>;
}

export const urnOf = (token: string, name: string, stack: string): string =>
  `urn:pulumi:${stack}::tests::pulumi-nodejs:dynamic/ekm/${token}::${name}`;

/** As a value comes back from the engine's state. */
export const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** Notes what a run leaves that was cut off when it had made a key server and a key provider, and makes both. */
export async function cutOff({ journal, stack }: Run, scene: Scene): Promise<void> {
  const { uniqueID } = scene.cluster.state().identity;
  const noted = (token: string, kind: string) => {
    const attempts = [{ to: kind, name: `${kind} of a run that was cut off` }];
    const entry: Entry = { before: null, receipt: "never arrived", wrote: true, attempts };
    journal.write(uniqueID, urnOf(token, "left behind", stack), entry, "attempted");
    return attempts[0]?.name ?? "";
  };
  const { hostnames, port, caCertificate, clientCertificate } = await scene.keyServerArguments();
  await scene.byHand("CreateKeyServerKmip", {
    kmipKeyServerName: noted("element:KeyServer", LEFTOVER_KINDS.keyServer),
    kmipKeyServerHostnames: hostnames,
    kmipKeyServerPort: port,
    kmipCaCertificate: caCertificate,
    kmipClientCertificate: clientCertificate,
  });
  const keyProviderName = noted("element:KeyProvider", LEFTOVER_KINDS.keyProvider);
  await scene.byHand("CreateKeyProviderKmip", { keyProviderName });
}

export const runOn = ({ cluster }: Scene): Run => new Run({ default: cluster });
