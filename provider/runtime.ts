import { systemClock } from "./clock";
import { RunDeclarations } from "./declarations";
import { AskedOnce } from "./element/api/asked-once";
import type { Cluster } from "./element/api/cluster";
import { Connections, type RawConfig } from "./element/connections";
import { EngineLink } from "./engine";
import { ExclusiveWork } from "./exclusive-work";
import type { Context } from "./lifecycle";
import { RunLines, SILENCE } from "./run-lines";
import { RunSummary } from "./run-summary";

/** What one provider process shares between all its resources: configuration, connections, the link to its engine. */
export class Runtime {
  readonly summary = new RunSummary();
  private readonly engine: EngineLink;
  private readonly declarations = new RunDeclarations();
  private readonly exclusiveWork = new ExclusiveWork();
  private readonly lines = new RunLines(systemClock);
  private readonly looks = new Map<string, Cluster>();
  private readonly planned = new Set<string>();
  private readonly cancellation = new AbortController();
  private connections?: Connections;

  constructor(engineAddress: string | undefined) {
    this.engine = new EngineLink(engineAddress);
  }

  /**
   * Keeps the configuration, and does nothing else: the SDK lets calls through while a slow `configure` still runs, and
   * after one that threw. Every resource type of a process brings the same configuration.
   */
  configure(config: RawConfig): void {
    this.connections ??= this.connect(config);
  }

  /** For a check: what it and the comparison after it say is about what this run will do. */
  planContext(urn: string): Context {
    this.planned.add(urn);
    return this.context(urn);
  }

  /** For a comparison. A refresh compares as well, without a check before, and does nothing that could be announced. */
  comparisonContext(urn: string): Context {
    const context = this.contextOf(urn);
    return this.planned.has(urn) ? context : { ...context, log: SILENCE };
  }

  /** For one look of a refresh: they all look at what the first one got, until something may be planned or done. */
  refreshContext(urn: string): Context {
    const context = this.contextOf(urn);
    return { ...context, cluster: (name) => this.askedOnce(context.cluster(name)) };
  }

  context(urn: string): Context {
    this.looks.clear();
    return this.contextOf(urn);
  }

  private contextOf(urn: string): Context {
    const log = this.lines.once(urn, this.engine.log(urn));
    return {
      urn,
      cluster: (name) => {
        this.connections ??= this.connect({});
        return this.connections.cluster(name);
      },
      clock: systemClock,
      log,
      signal: this.cancellation.signal,
      exclusively: (subject, work) => this.exclusiveWork.run(subject, log, this.cancellation.signal, work),
      declarations: this.declarations,
      fleet: this.summary,
    };
  }

  private askedOnce(cluster: Cluster): Cluster {
    const asked = this.looks.get(cluster.name) ?? new AskedOnce(cluster);
    this.looks.set(cluster.name, asked);
    return asked;
  }

  /** Calls back once the engine is gone, which a killed one does not tell. */
  whenEngineIsGone(callback: () => void): void {
    this.engine.whenGone(callback);
  }

  /** Ends what waits, closes every connection, and tells what became of the clusters of a fleet. */
  async close(): Promise<void> {
    this.cancellation.abort(new Error("the engine has told this provider process to end"));
    await this.connections?.close();
    // Last: what still ends may have something to say.
    for (const { urn, severity, lines } of this.summary.tell()) {
      for (const line of lines) await this.engine.say(urn, severity, line);
    }
    this.engine.close();
  }

  private connect(config: RawConfig): Connections {
    return new Connections(config, process.env, {
      clock: systemClock,
      signal: this.cancellation.signal,
      assertEngineAlive: (attempt) => this.engine.assertAlive(attempt),
    });
  }
}
