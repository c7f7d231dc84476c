import { type Clock, systemClock, type Timer } from "../../core/clock";
import { type EkmError, type Place, RunIncompleteError } from "../../core/errors";
import { spoken } from "../../core/words";
import { RunContexts } from "../process/contexts";
import { RunDeclarations } from "../process/declarations";
import { ExclusiveWork } from "../process/exclusive-work";
import { FileJournal, journalFolder } from "../process/journal/folder";
import { RunLines } from "../process/lines";
import { RunSummary } from "../process/summary";
import { Announcements } from "./announcements";
import { ConnectionFailures } from "./connection-failures";
import { type RawConfig, SystemConnections } from "./connections";
import { EngineLink, savesEachStep } from "./engine";
import { systemOf } from "./resource/lifecycle-of";
import { resourceInWords, tokenOfUrn } from "./resource-type";
import { urns } from "./urn";
import { PULUMI_WORDS } from "./words";

/** Everything that the resources of one provider process share: configuration, connections, the link to the engine. */
export class Runtime {
  readonly summary = new RunSummary(urns.inWords);
  readonly contexts: RunContexts;
  private readonly engine: EngineLink;
  private readonly exclusiveWork = new ExclusiveWork();
  private readonly journal: FileJournal;
  private readonly failures = new ConnectionFailures();
  private readonly cancellation = new AbortController();
  private config?: RawConfig;
  readonly connections: SystemConnections;
  /** Of this process: a preview and the run after it have one each. */
  readonly announcements = new Announcements();
  /** A check, create or update of this run has failed. */
  private hasFailed = false;

  /** @param rowOf the URN of the resource that has an identity; the same where left out */
  constructor(
    engineAddress: string | undefined,
    rowOf?: (identity: string) => string,
    private readonly clock: Clock & Timer = systemClock,
  ) {
    this.engine = new EngineLink(engineAddress, rowOf);
    const lines = new RunLines(clock);
    this.journal = new FileJournal(
      journalFolder(process.env),
      clock,
      (message) => this.warn(spoken(message, PULUMI_WORDS)),
      savesEachStep(process.env),
    );
    const { signal } = this.cancellation;
    this.connections = this.connectionsBy(() => {
      this.config ??= {};
      return this.config;
    });
    this.contexts = new RunContexts({
      clock,
      signal,
      connection: (system, name) => this.connections.to(system).connection(name),
      identities: urns,
      log: (urn) => lines.once(urn, this.engine.log(urn, this.announcements)),
      exclusively: (subject, log, work) => this.exclusiveWork.run(subject, log, signal, work),
      declarations: new RunDeclarations(),
      fleet: this.summary,
      journal: this.journal,
      words: PULUMI_WORDS,
    });
  }

  /**
   * Keeps the configuration, and does nothing else: the SDK lets calls through while a slow `configure` still runs, and
   * after one that threw. Every resource type of a process brings the same configuration.
   */
  configure(config: RawConfig): void {
    this.config ??= config;
  }

  /** Connections of this process by a configuration of their own. */
  connectionsBy(config: () => RawConfig): SystemConnections {
    const { signal } = this.cancellation;
    const assertHostAlive = this.engine.assertAlive.bind(this.engine);
    return new SystemConnections(config, process.env, { clock: this.clock, signal, assertHostAlive });
  }

  /**
   * An error as it is shown. Where the engine has no program run, it gives the configuration that it recorded; a process in
   * which nothing is checked cannot tell.
   */
  inFull(error: EkmError): string {
    return this.failures.inFull(
      error,
      (place) => this.contexts.planned.size === 0 && this.connections.dependOnDeclared(place),
    );
  }

  /** Says something that is about no resource. */
  warn(message: string): void {
    void this.engine.say("", "warn", message);
  }

  /** Notes that a check, create or update has failed. */
  noteFailure(): void {
    this.hasFailed = true;
  }

  /**
   * An engine that is told to continue on errors takes resources that a failed program did not come to register for
   * resources that it no longer declares, and would delete them.
   *
   * @throws RunIncompleteError
   */
  assertMayDelete(urn: string, place: Place | undefined): void {
    const isUp = this.contexts.planned.size > 0;
    if (!isUp || !this.hasFailed || this.contexts.planned.has(urn)) return;
    throw new RunIncompleteError({
      attempt: `deleting ${resourceInWords(urn)}`,
      place,
      reason:
        "this run has failed, and the engine takes everything that the program did not come to register for removed from it",
      wayOut:
        "mend what failed and run again: what the program still declares stays, and what it no longer declares is deleted then; leave out continueOnError (--continue-on-error)",
    });
  }

  /** What nothing in this run has asked about is not forgotten: the engine knows nothing of it. */
  private async tellOfLeftovers(): Promise<void> {
    const [urn] = this.contexts.planned;
    // A failed program may not have come to register what it declares.
    if (urn === undefined || this.hasFailed) return;
    const leftovers = [...this.journal.systems].flatMap((system) => this.contexts.leftovers(system, urn));
    for (const { kind, name, identity: maker } of leftovers) {
      const { noun = "system" } = systemOf(tokenOfUrn(maker) ?? "") ?? {};
      await this.engine.say(
        "",
        "warn",
        `a run that was cut off was about to make ${kind} "${name}" for ${resourceInWords(maker)}, which the program does not declare any more: where the ${noun} has it, delete it there, or declare it once more, run ${PULUMI_WORDS.apply}, and take it away again`,
      );
    }
  }

  /** Calls back once the engine is gone: a killed engine does not tell its providers. */
  whenEngineIsGone(callback: () => void): void {
    this.engine.whenGone(callback);
  }

  /** Ends what waits. */
  cancel(): void {
    this.cancellation.abort(new Error("the engine has told this provider process to end"));
  }

  /** Ends what waits, closes every connection, and tells what became of the systems of a fleet. */
  async close(): Promise<void> {
    this.cancel();
    await this.connections.close();
    this.announcements.release();
    // The reports come last: calls that are just ending still change them.
    for (const { urn, severity, lines } of this.summary.tell()) {
      for (const line of lines) await this.engine.say(urn, severity, line);
    }
    await this.tellOfLeftovers();
    this.engine.close();
  }
}
