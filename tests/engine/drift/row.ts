import type { DriftSite, StateOf } from "./drift-site";
import type { Drift } from "./observation";
import type { Site } from "./site";

/** One thing that somebody else does, or time, and what has to become of it. */
export interface Row<S extends DriftSite = Site, Outcome extends AnyOutcome<S> = AnyOutcome<S>> extends Partial<Drift> {
  /** A sentence without its full stop. */
  change: string;
  /** Why the decision is what it is, or what there is to know of the change. */
  because?: string;
  from: StateOf<S>;
  /** What holds before, beyond the start state. The row then has a control run of its own. */
  prepare?(site: S): unknown;
  make(site: S): unknown;
  up: Outcome;
}

export type AnyOutcome<S extends DriftSite> = Mended<S> | Refused<S> | Failed<S> | Unchanged;

/** `pulumi up --refresh` makes it again what was declared, or takes what it found for what there is to be. */
export interface Mended<S extends DriftSite> {
  decision: "restored" | "accepted";
  /** What else happens while it runs. */
  meanwhile?(site: S): Promise<void>;
  /** The methods called that change the system, in order. */
  writes: string[];
  /** What is left, made from what was there before the change (restored) or after it (accepted). Default: the same. */
  left?(picture: ReturnType<S["picture"]>): object;
}

/** It changes nothing, and says what to do. */
export interface Refused<S extends DriftSite> {
  decision: "refused";
  /** The resource that says so. */
  on: string;
  code: string;
  /** Follows the first way out; the run after it has to succeed. */
  wayOut?(site: S): unknown;
}

/** Nothing can be told of some resources: neither command changes anything, state included. */
export interface Failed<S extends DriftSite> {
  decision: "failed";
  /** The resources. */
  of: string[];
  code: string;
  /** After it, all is as it was. */
  wayOut(site: S): unknown;
}

/** It means the same as before. */
export interface Unchanged {
  decision: "unchanged";
}
