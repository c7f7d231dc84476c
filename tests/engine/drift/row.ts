import type { RoadResource } from "../acceptance/lab";
import type { Drift } from "./observation";
import type { Picture } from "./picture";
import type { Site, StartState } from "./site";

/** One thing that somebody else does, or time, and what has to become of it. */
export interface Row<Outcome extends Mended | Refused | Failed | Unchanged = AnyOutcome> extends Partial<Drift> {
  /** A sentence without its full stop. */
  change: string;
  /** Why the decision is what it is, or what there is to know of the change. */
  because?: string;
  from: StartState;
  /** What holds before, beyond the start state. The row then has a control run of its own. */
  prepare?(site: Site): unknown;
  make(site: Site): unknown;
  up: Outcome;
}

export type AnyOutcome = Mended | Refused | Failed | Unchanged;

/** `pulumi up --refresh` makes it again what was declared, or takes what it found for what there is to be. */
export interface Mended {
  decision: "restored" | "accepted";
  /** What else happens while it runs. */
  meanwhile?(site: Site): Promise<void>;
  /** The methods called that change the cluster, in order. */
  writes: string[];
  /** What is left, made from what was there before the change (restored) or after it (accepted). Default: the same. */
  left?(picture: Picture): object;
}

/** It changes nothing, and says what to do. */
export interface Refused {
  decision: "refused";
  /** The resource that says so. */
  on: RoadResource;
  code: string;
  /** Follows the first way out; the run after it has to succeed. */
  wayOut?(site: Site): unknown;
}

/** Nothing can be told of some resources: neither command changes anything, state included. */
export interface Failed {
  decision: "failed";
  /** The resources. */
  of: RoadResource[];
  code: string;
  /** After it, all is as it was. */
  wayOut(site: Site): unknown;
}

/** It means the same as before. */
export interface Unchanged {
  decision: "unchanged";
}
