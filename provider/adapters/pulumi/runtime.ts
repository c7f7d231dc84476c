import { systemClock } from "../../core/clock";
import { type EkmError, type Place, RunIncompleteError } from "../../core/errors";
import { spoken } from "../../core/words";
import { RunContexts } from "../process/contexts";
import { RunDeclarations } from "../process/declarations";
import { ExclusiveWork } from "../process/exclusive-work";
import { FileJournal, journalFolder } from "../process/journal/folder";
import { RunLines } from "../process/lines";
import { RunSummary } from "../process/summary";
import { ConnectionFailures } from "./connection-failures";
import { type RawConfig, SystemConnections } from "./connections";
import { systemOf } from "./dynamic/lifecycle-of";
import { EngineLink, savesEachStep } from "./engine";
import { resourceInWords, tokenOfUrn } from "./resource-type";
import { urns } from "./urn";
import { PULUMI_WORDS } from "./words";

/** Everything that the resources of one provider process share: configuration, connections, the link to the engine. */
export class Runtime {
  readonly summary = new RunSummary(urns.inWords);
  readonly contexts: RunContexts;
  private readonly engine: EngineLink;
  private readonly exclusiveWork = new ExclusiveWork();
  private readonly lines = new RunLines(systemClock);
  private readonly journal = new FileJournal(
    journalFolder(process.env),
    systemClock,
    (message) => void this.engine.say("", "warn", spoken(message, PULUMI_WORDS)),
    savesEachStep(process.env),
  );
  private readonly failures = new ConnectionFailures();
  private readonly cancellation = new AbortController();
  private config?: RawConfig;
  private readonly connections: SystemConnections;
  /** The engine tells programs alone, which pass it on with each check. Each phase has a process of its own. */
  isPreview = false;
  /** A check, create or update of this run has failed. */
  private hasFailed = false;

  constructor(engineAddress: string | undefined) {
    this.engine = new EngineLink(engineAddress);
    const { signal } = this.cancellation;
    const assertHostAlive = this.engine.assertAlive.bind(this.engine);
    const takeConfig = () => {
      this.config ??= {};
      return this.config;
    };
    this.connections = new SystemConnections(takeConfig, process.env, { clock: systemClock, signal, assertHostAlive });
    this.contexts = new RunContexts({
      clock: systemClock,
      signal,
      connection: (system, name) => this.connections.to(system).connection(name),
      identities: urns,
      log: (urn) => this.lines.once(urn, this.engine.log(urn, this.isPreview)),
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

  /** Ends what waits, closes every connection, and tells what became of the systems of a fleet. */
  async close(): Promise<void> {
    this.cancellation.abort(new Error("the engine has told this provider process to end"));
    await this.connections.close();
    // The reports come last: calls that are just ending still change them.
    for (const { urn, severity, lines } of this.summary.tell()) {
      for (const line of lines) await this.engine.say(urn, severity, line);
    }
    await this.tellOfLeftovers();
    this.engine.close();
  }
}
