import { ok } from "node:assert";
import { type Host, RunContexts } from "../../provider/adapters/process/contexts";
import { RunDeclarations } from "../../provider/adapters/process/declarations";
import { configuredConnections, type RawConfig } from "../../provider/adapters/pulumi/connections";
import { urns } from "../../provider/adapters/pulumi/urn";
import { PULUMI_WORDS } from "../../provider/adapters/pulumi/words";
import type { Connections } from "../../provider/connections/by-name";
import { EngineGoneError } from "../../provider/core/errors";
import type { Context } from "../../provider/core/lifecycle";
import type { ConnectionRuntime, System, SystemConnection } from "../../provider/core/system";
import { connecting } from "./driver";
import { MachineJournal } from "./machine-journal";
import { MovedClock } from "./moved-clock";

export interface Line {
  severity: "progress" | "info" | "warn";
  message: string;
}

/** What a run shares with others, and who looks over its shoulder. */
export interface RunOptions {
  clock?: MovedClock;
  /** Of the machine that it is on. Default: of one of its own. */
  journal?: MachineJournal;
  stack?: string;
  /** Keeps runs apart. Default: there is no other one. */
  exclusively?: Context["exclusively"];
  /** Sees each call of a lifecycle to a system, and may interrupt it. */
  around?<T>(method: string, call: () => Promise<T>): Promise<T>;
  /** No line, outcome or state may hold it. */
  secret?: string;
}

/** The engine's runs one after the other: what lifecycles share in a provider process, and what they said. */
export class SystemRun<Settings extends { endpoint: string }, Connection extends SystemConnection> {
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
  private readonly connections: Connections<Settings, Connection>;
  /** What a provider instance is configured with that reaches the same systems. */
  readonly configuration: RawConfig;

  /** @param settings of connections, by name */
  constructor(
    system: System<Settings, Connection>,
    settings: Readonly<Record<string, Settings>>,
    private readonly options: RunOptions = {},
  ) {
    this.clock = options.clock ?? new MovedClock();
    this.stack = options.stack ?? "dev";
    this.journal = options.journal ?? new MachineJournal();
    this.configuration = { [system.configurationKey]: settings };
    this.connections = configuredConnections(system, this.configuration, {}, this.runtime());
    this.contexts = new RunContexts(this.host());
  }

  /** Of what is declared, and of the machine that it is on, as they are at each call. */
  private host(): Host {
    const line = (severity: Line["severity"]) => (message: string) => {
      this.assertNoSecret(message);
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
      connection: connecting((name) => this.connection(name)),
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

  connection(name = "default"): Connection {
    const connection = this.connections.connection(name);
    const { around } = this.options;
    return around === undefined ? connection : watched(connection, around);
  }

  /** Begins the next run: nothing is declared yet. */
  next(): void {
    this.declarations = new RunDeclarations();
    this.contexts = new RunContexts(this.host());
  }

  close(): Promise<void> {
    return this.connections.close();
  }

  assertNoSecret(text: string): void {
    const { secret } = this.options;
    ok(secret === undefined || !text.includes(secret), text);
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

function watched<Connection extends SystemConnection>(
  connection: Connection,
  around: NonNullable<RunOptions["around"]>,
): Connection {
  const call = (method: string, params: object) =>
    around(method, () => connection.call(method as never, params as never));
  return new Proxy(connection, { get: (target, key) => (key === "call" ? call : Reflect.get(target, key)) });
}
