import { type EkmError, ExplainedError, IncompleteError, isEkmError } from "../../core/errors";
import type { Fleet } from "../../core/lifecycle";
import type { Identities } from "./contexts";

/** A call about a resource on a cluster. */
export interface Subject {
  urn: string;
  cluster: string;
}

/** What a call left: nothing to do, something to do, nothing at all, or a failure. */
export type Outcome = "settled" | "pending" | "removed" | { failure: unknown };

/** What a call tells of the run: it looks, it changes, or it removes. */
export type Deed = "look" | "change" | "removal";

/** Lines about one fleet, on the row of its resource. */
export interface Summary {
  urn: string;
  severity: "info" | "warn";
  lines: string[];
}

/**
 * Keeps what became of each cluster of a fleet, to be told when the run ends: the engine lists resources, and of a hundred
 * clusters somebody wants to know which of them are done, which wait, and which failed and why.
 */
export class RunSummary implements Fleet {
  private readonly fleets = new Map<string, Readonly<Record<string, number>>>();
  private readonly outcomes = new Map<string, Map<string, Outcome>>();
  private readonly deeds = new Set<Deed>();

  constructor(private readonly inWords: Identities["inWords"]) {}

  expect(urn: string, resources: Readonly<Record<string, number>>): void {
    this.fleets.set(urn, resources);
  }

  record({ urn, cluster }: Subject, outcome: Outcome, deed?: Deed): void {
    const ofCluster = this.outcomes.get(cluster) ?? new Map<string, Outcome>();
    this.outcomes.set(cluster, ofCluster);
    if (outcome === "removed") ofCluster.delete(urn);
    else ofCluster.set(urn, outcome);
    if (deed !== undefined) this.deeds.add(deed);
  }

  /** One for each fleet of a run that has done anything or looked at anything: a plan tells its own story. */
  tell(): Summary[] {
    if (this.deeds.size === 0) return [];
    return [...this.fleets].map(([urn, resources]) => this.tellOf(urn, resources));
  }

  private tellOf(urn: string, resources: Readonly<Record<string, number>>): Summary {
    const fates = Object.entries(resources).map(([cluster, count]) => this.fateOf(cluster, count));
    const groups = ORDER.map((state) => ({ state, of: fates.filter((fate) => fate.state === state) }));
    const present = groups.filter(({ of }) => of.length > 0);
    const words = this.words();
    const isWhole = present.length === 1 && present[0]?.state === "done";
    const count = (state: State, of: Fate[]) => (isWhole ? `all ${words[state]}` : `${of.length} ${words[state]}`);
    const clusters = `${fates.length} ${fates.length === 1 ? "cluster" : "clusters"}`;
    return {
      urn,
      severity: isWhole ? "info" : "warn",
      lines: [
        `${clusters}: ${present.map(({ state, of }) => count(state, of)).join(", ")}`,
        ...present.flatMap(({ state, of }) => (state === "done" ? [] : this.detailsOf(words[state], of))),
      ],
    };
  }

  private fateOf(cluster: string, expected: number): Fate {
    const outcomes = [...(this.outcomes.get(cluster) ?? [])];
    const failures = outcomes.flatMap(([urn, outcome]) =>
      isFailure(outcome) ? [{ urn, error: outcome.failure }] : [],
    );
    const [failure = failures[0]] = failures.filter(({ error }) => !isWait(error));
    if (failure !== undefined) return { cluster, state: isWait(failure.error) ? "waits" : "failed", failure };
    // What a removal leaves, because it is retained, is not told to a provider: there is no count to hold it against.
    if (this.isRemoval()) return { cluster, state: "done" };
    const isPending = outcomes.some(([, outcome]) => outcome === "pending") || outcomes.length < expected;
    return { cluster, state: isPending ? "pending" : "done" };
  }

  private isRemoval(): boolean {
    return this.deeds.has("removal") && !this.deeds.has("change");
  }

  /** A line for each cause: what fails on many clusters has the same one on most of them. */
  private detailsOf(word: string, fates: readonly Fate[]): string[] {
    const causes = Map.groupBy(fates, ({ failure }) => codeOf(failure?.error));
    return [...causes].map(([code, of]) => {
      const names = of.slice(0, MOST_NAMES).map(({ cluster }) => cluster);
      const rest = of.length > names.length ? ` and ${of.length - names.length} more` : "";
      const [first] = of;
      const why = first?.failure && ` (${this.inWords(first.failure.urn)}: ${reasonOf(first.failure.error)})`;
      return `${word}${code === undefined ? "" : ` with ${code}`}: ${names.join(", ")}${rest}${why ?? ""}`;
    });
  }

  private words(): Record<State, string> {
    if (this.isRemoval()) return { ...WORDS, done: "without a failure" };
    return this.deeds.has("change") ? WORDS : { ...WORDS, done: "as recorded", pending: "not as recorded" };
  }
}

type State = "done" | "waits" | "failed" | "pending";

interface Fate {
  cluster: string;
  state: State;
  failure?: { urn: string; error: unknown };
}

const ORDER: readonly State[] = ["done", "waits", "failed", "pending"];
const WORDS: Record<State, string> = {
  done: "done",
  waits: "waiting",
  failed: "failed",
  pending: "not finished",
};

/** Names in one line of a summary. */
const MOST_NAMES = 12;
/** Characters of a reason: the whole of it stands with its resource. */
const LONGEST_REASON = 200;

const isFailure = (outcome: Outcome): outcome is { failure: unknown } => typeof outcome === "object";

/** A deadline is the end of our patience, not of the cluster's work. */
const isWait = (error: unknown): boolean => error instanceof IncompleteError && /_DEADLINE$/.test(codeOf(error) ?? "");

const causeOf = (error: unknown): unknown => (error instanceof IncompleteError ? error.cause : error);

function codeOf(error: unknown): string | undefined {
  const cause = causeOf(error);
  return isEkmError(cause) ? (cause as EkmError).code : undefined;
}

function reasonOf(error: unknown): string {
  const cause = causeOf(error);
  const reason =
    cause instanceof ExplainedError ? cause.explanation.reason : String((cause as Error)?.message ?? cause);
  return reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
}
