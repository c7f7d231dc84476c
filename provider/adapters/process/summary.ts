import {
  type EkmError,
  ExplainedError,
  IncompleteError,
  isEkmError,
  type Place,
  placeInWords,
} from "../../core/errors";
import type { Fleet, FleetMember } from "../../core/lifecycle";
import type { Identities } from "./contexts";

/** A call about a resource on a system. */
export interface Subject {
  urn: string;
  place: Place;
}

/** How a call ended: nothing is left to do, something is, the object is gone, or the call has failed. */
export type Outcome = "settled" | "pending" | "removed" | { failure: unknown };

/** The kind of a call, by which a run is known as one that looks, changes or removes. */
export type Deed = "look" | "change" | "removal";

/** Lines about one fleet, on the row of its resource. */
export interface Summary {
  urn: string;
  severity: "info" | "warn";
  lines: string[];
}

/**
 * Keeps what became of each system of a fleet, to be told when the run ends: the engine lists resources, and of a hundred
 * systems somebody wants to know which of them are done, which wait, and which failed and why.
 */
export class RunSummary implements Fleet {
  private readonly fleets = new Map<string, readonly FleetMember[]>();
  /** By the place in words. */
  private readonly outcomes = new Map<string, Map<string, Outcome>>();
  private readonly deeds = new Set<Deed>();

  constructor(private readonly inWords: Identities["inWords"]) {}

  expect(urn: string, members: readonly FleetMember[]): void {
    this.fleets.set(urn, members);
  }

  record({ urn, place }: Subject, outcome: Outcome, deed?: Deed): void {
    const ofPlace = this.outcomesOn(place);
    this.outcomes.set(placeInWords(place), ofPlace);
    if (outcome === "removed") ofPlace.delete(urn);
    else ofPlace.set(urn, outcome);
    if (deed !== undefined) this.deeds.add(deed);
  }

  /** A summary for each fleet, after a run that has changed or read anything: a plan needs none. */
  tell(): Summary[] {
    if (this.deeds.size === 0) return [];
    return [...this.fleets].map(([urn, members]) => this.tellOf(urn, members));
  }

  private tellOf(urn: string, members: readonly FleetMember[]): Summary {
    const fates = members.map((member) => this.fateOf(member));
    const groups = ORDER.map((state) => ({ state, of: fates.filter((fate) => fate.state === state) }));
    const present = groups.filter(({ of }) => of.length > 0);
    const words = this.words();
    const isMixed = new Set(members.map(({ place }) => place.noun)).size > 1;
    const nameOf = isMixed ? placeInWords : ({ name }: Place) => name;
    const isWhole = present.length === 1 && present[0]?.state === "done";
    const count = (state: State, of: Fate[]) => (isWhole ? `all ${words[state]}` : `${of.length} ${words[state]}`);
    return {
      urn,
      severity: isWhole ? "info" : "warn",
      lines: [
        `${counted(members)}: ${present.map(({ state, of }) => count(state, of)).join(", ")}`,
        ...present.flatMap(({ state, of }) => (state === "done" ? [] : this.detailsOf(words[state], of, nameOf))),
      ],
    };
  }

  private outcomesOn(place: Place): Map<string, Outcome> {
    return this.outcomes.get(placeInWords(place)) ?? new Map();
  }

  private fateOf({ place, resources }: FleetMember): Fate {
    const outcomes = [...this.outcomesOn(place)];
    const failures = outcomes.flatMap(([urn, outcome]) =>
      isFailure(outcome) ? [{ urn, error: outcome.failure }] : [],
    );
    const [failure = failures[0]] = failures.filter(({ error }) => !isWait(error));
    if (failure !== undefined) return { place, state: isWait(failure.error) ? "waits" : "failed", failure };
    // No engine tells a provider which resources a removal retains, and so there is no count to compare with.
    if (this.isRemoval()) return { place, state: "done" };
    const isPending = outcomes.some(([, outcome]) => outcome === "pending") || outcomes.length < resources;
    return { place, state: isPending ? "pending" : "done" };
  }

  private isRemoval(): boolean {
    return this.deeds.has("removal") && !this.deeds.has("change");
  }

  /** A line for each cause: what fails on many systems has the same one on most of them. */
  private detailsOf(word: string, fates: readonly Fate[], nameOf: (place: Place) => string): string[] {
    const causes = Map.groupBy(fates, ({ failure }) => codeOf(failure?.error));
    return [...causes].map(([code, of]) => {
      const names = of.slice(0, MOST_NAMES).map(({ place }) => nameOf(place));
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
  place: Place;
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

/** Such as `2 clusters, 1 instance`. */
const counted = (members: readonly FleetMember[]): string =>
  [...Map.groupBy(members, ({ place }) => place.noun)]
    .map(([noun, { length }]) => `${length} ${length === 1 ? noun : `${noun}s`}`)
    .join(", ");

/** Names in one line of a summary. */
const MOST_NAMES = 12;
/** Characters of a reason: the whole of it stands with its resource. */
const LONGEST_REASON = 200;

const isFailure = (outcome: Outcome): outcome is { failure: unknown } => typeof outcome === "object";

/** After a deadline, the run has stopped waiting, and the cluster still works. */
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
