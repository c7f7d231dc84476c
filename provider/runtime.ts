import { configuredConnections, type RawConfig } from "./adapters/pulumi/connections";
import { systemClock } from "./clock";
import { ConnectionFailures } from "./connection-failures";
import { RunDeclarations } from "./declarations";
import { AskedOnce } from "./element/api/asked-once";
import type { Cluster } from "./element/api/cluster";
import { clusterPlace } from "./element/api/peer";
import type { ElementConnections } from "./element/system";
import { element } from "./element/system";
import { EngineLink } from "./engine";
import { type EkmError, RunIncompleteError } from "./errors";
import { ExclusiveWork } from "./exclusive-work";
import { FileJournal, journalFolder } from "./journal/file-journal";
import { NO_HISTORY } from "./journal/history";
import { type Leftover, NO_JOURNAL } from "./journal/journal";
import type { Context } from "./lifecycle";
import { resourceInWords } from "./resource-type";
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
  private readonly journal = new FileJournal(journalFolder(process.env), systemClock, (message) => {
    void this.engine.say("", "warn", message);
  });
  private readonly failures = new ConnectionFailures();
  private readonly cancellation = new AbortController();
  private connections?: ElementConnections;
  private isPreview = false;
  /** A check, create or update of this run has failed. */
  private hasFailed = false;

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

  /**
   * For a check: what it and the comparison after it say is about what this run will do.
   *
   * @param isPreview the engine tells it to programs alone, and has a process for each phase
   */
  planContext(urn: string, isPreview: boolean): Context {
    this.planned.add(urn);
    this.isPreview = isPreview;
    return this.context(urn);
  }

  /** For a comparison. A refresh compares as well, without a check before, and does nothing that could be announced. */
  comparisonContext(urn: string): Context {
    const context = this.contextOf(urn);
    return this.planned.has(urn) ? context : { ...context, log: SILENCE, journal: NO_JOURNAL, leftovers: () => [] };
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

  /**
   * An error as it is shown. Where the engine has no program run, it gives the configuration that it recorded; a process in
   * which nothing is checked cannot tell.
   */
  inFull(error: EkmError): string {
    const isRecorded = (name: string) => this.planned.size === 0 && this.connections?.dependsOnDeclared(name) === true;
    return this.failures.inFull(error, isRecorded);
  }

  private contextOf(urn: string): Context {
    // An engine that is told to stop calls nothing any more: it has saved what it was given before this call.
    this.journal.deliver();
    const log = this.lines.once(urn, this.engine.log(urn, this.isPreview));
    return {
      urn,
      cluster: (name) => {
        this.connections ??= this.connect({});
        return this.connections.connection(name);
      },
      clock: systemClock,
      log,
      signal: this.cancellation.signal,
      exclusively: (subject, work) => this.exclusiveWork.run(subject, log, this.cancellation.signal, work),
      declarations: this.declarations,
      fleet: this.summary,
      journal: this.journal,
      history: NO_HISTORY,
      leftovers: (system) => this.leftoversOf(system, urn),
    };
  }

  private askedOnce(cluster: Cluster): Cluster {
    const asked = this.looks.get(cluster.name) ?? new AskedOnce(cluster);
    this.looks.set(cluster.name, asked);
    return asked;
  }

  /** To be told of each check, create or update that fails. */
  noteFailure(): void {
    this.hasFailed = true;
  }

  /**
   * Told to continue on errors, an engine takes what a failed program did not come to register for what it no longer
   * declares, and would delete it.
   *
   * @throws RunIncompleteError
   */
  assertMayDelete(urn: string, cluster: string | undefined): void {
    const isUp = this.planned.size > 0;
    if (!isUp || !this.hasFailed || this.planned.has(urn)) return;
    throw new RunIncompleteError({
      attempt: `deleting ${resourceInWords(urn)}`,
      place: cluster === undefined ? undefined : clusterPlace(cluster),
      reason:
        "this run has failed, and the engine takes everything that the program did not come to register for removed from it",
      wayOut:
        "mend what failed and run again: what the program still declares stays, and what it no longer declares is deleted then; leave out continueOnError (--continue-on-error)",
    });
  }

  private leftoversOf(system: string, urn: string): Leftover[] {
    return this.journal.leftovers(system, stackOf(urn)).filter((leftover) => !this.planned.has(leftover.urn));
  }

  /** What nothing in this run has asked about is not forgotten: the engine knows nothing of it. */
  private async tellOfLeftovers(): Promise<void> {
    const [urn] = this.planned;
    if (urn === undefined) return;
    const leftovers = [...this.journal.systems].flatMap((system) => this.leftoversOf(system, urn));
    for (const { kind, name, urn: maker } of leftovers) {
      await this.engine.say(
        "",
        "warn",
        `a run that was cut off was about to make ${kind} "${name}" for ${resourceInWords(maker)}, which the program does not declare any more: where the cluster has it, delete it there, or declare it once more, run "pulumi up", and take it away again`,
      );
    }
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
    await this.tellOfLeftovers();
    this.engine.close();
  }

  private connect(config: RawConfig): ElementConnections {
    return configuredConnections(element, config, process.env, {
      clock: systemClock,
      signal: this.cancellation.signal,
      assertEngineAlive: (attempt) => this.engine.assertAlive(attempt),
    });
  }
}

/** With what the URNs of a stack's resources begin. */
const stackOf = (urn: string): string => `${urn.split("::", 2).join("::")}::`;
