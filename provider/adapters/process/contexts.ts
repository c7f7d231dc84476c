import { insecureWarning } from "../../connections/identity";
import type { Clock } from "../../core/clock";
import { placeInWords } from "../../core/errors";
import { NO_HISTORY } from "../../core/history";
import { type Journal, type Leftover, NO_JOURNAL } from "../../core/journal";
import type { Comparing, Context, Declarations, Fleet, Log, Looking, Self } from "../../core/lifecycle";
import type { Line } from "../../core/plan";
import type { System, SystemConnection } from "../../core/system";
import { spoken, type Words } from "../../core/words";
import { askedOnce } from "./intercepted";
import type { Journalling } from "./journal/journalled";

/** Lines on a resource's own row, about work and about plans. */
export interface RowLog extends Log {
  /** Tells what a run will do. A preview keeps the line; a run that does it replaces the line. */
  announce(message: string): void;
}

/** Reads the identities of resources, which nobody but the way in that gives them can do. */
export interface Identities {
  selfOf(identity: string): Self;
  /** The resource in words. */
  inWords(identity: string): string;
  /** The beginning that the identities of all resources of the same stack share. */
  stackOf(identity: string): string;
}

/** What a run stands on: a provider process, or a test. */
export interface Host {
  clock: Clock;
  /** Aborted when the run is told to end. */
  signal: AbortSignal;
  connection: Context["connection"];
  identities: Identities;
  log(urn: string): RowLog;
  exclusively<T>(subject: string, log: Log, work: () => Promise<T>): Promise<T>;
  declarations: Declarations;
  fleet: Fleet;
  journal: Journal;
  words: Words;
}

/** What the calls of one run may touch, and which of their lines are told. */
export class RunContexts {
  private readonly checked = new Set<string>();
  /** Connections of the present refresh, by their places. */
  private readonly looks = new Map<string, SystemConnection>();
  private readonly insecure = new Set<string>();

  constructor(private readonly host: Host) {}

  /** URNs of checked resources: this run carries out its plans for them. */
  get planned(): ReadonlySet<string> {
    return this.checked;
  }

  get words(): Words {
    return this.host.words;
  }

  planning(urn: string): Journalling<Looking> {
    this.checked.add(urn);
    return this.changing(urn);
  }

  /** For a comparison. A refresh compares too, without a check before, and changes nothing: it needs no journal. */
  comparing(urn: string): Journalling<Comparing> {
    const context = this.contextOf(urn);
    return this.checked.has(urn) ? context : { ...context, journal: NO_JOURNAL, leftovers: () => [] };
  }

  /** For one look of a refresh. All of them share the answers to the first, until something may be planned or done. */
  refreshing(urn: string): Journalling<Looking> {
    const context = this.contextOf(urn);
    return { ...context, connection: (system, name) => this.askedOnce(system, context.connection(system, name)) };
  }

  changing(urn: string): Context {
    this.looks.clear();
    return this.contextOf(urn);
  }

  /** Tells the lines of a plan, if this run is about to carry it out. */
  sayPlanned(urn: string, lines: readonly Line[]): void {
    if (this.checked.has(urn)) this.say(urn, lines);
  }

  say(urn: string, lines: readonly Line[]): void {
    const log = this.host.log(urn);
    for (const { severity, text } of lines) log[VERB[severity]](spoken(text, this.words));
  }

  /**
   * Objects on a system that runs were about to make when they were cut off, and that the stack of `urn` does not
   * declare so far.
   */
  leftovers(system: string, urn: string): Leftover[] {
    return this.host.journal
      .leftovers(system, this.host.identities.stackOf(urn))
      .filter((leftover) => !this.checked.has(leftover.identity));
  }

  private contextOf(urn: string): Context {
    const { clock, signal, exclusively, declarations, fleet, journal, identities } = this.host;
    const log = this.host.log(urn);
    return {
      ...{ clock, signal, log, declarations, fleet, journal },
      self: identities.selfOf(urn),
      inWords: identities.inWords,
      connection: (system, name) => this.warned(this.host.connection(system, name), log),
      exclusively: (subject, work) => exclusively(subject, log, work),
      history: NO_HISTORY,
      isSecret: () => false,
      leftovers: (system) => this.leftovers(system, urn),
    };
  }

  /** A connection that is not verified is warned about once a run, at its first use. */
  private warned<Connection extends SystemConnection>(connection: Connection, log: Log): Connection {
    const place = placeInWords(connection.place);
    if (connection.settings.insecure && !this.insecure.has(place)) {
      this.insecure.add(place);
      log.warn(insecureWarning(connection.place));
    }
    return connection;
  }

  private askedOnce<Settings extends { endpoint: string }, Connection extends SystemConnection>(
    system: System<Settings, Connection>,
    connection: Connection,
  ): Connection {
    const place = placeInWords(connection.place);
    const known = this.looks.get(place) as Connection | undefined;
    const asked = known ?? askedOnce(system, connection);
    this.looks.set(place, asked);
    return asked;
  }
}

const VERB = { announcement: "announce", info: "info", warning: "warn" } as const;
