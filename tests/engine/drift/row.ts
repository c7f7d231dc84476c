import type { RoadResource } from "../acceptance/lab";
import type { Picture } from "./picture";
import type { Site, StartState } from "./site";

/** One change that somebody else makes, or time, and what has to become of it. */
export interface Row {
  /** A sentence without its full stop. */
  change: string;
  /** Why the decision is what it is, or what there is to know of the change. */
  because?: string;
  from: StartState;
  /** What holds before, beyond the start state. The row then has a control run of its own. */
  prepare?(site: Site): unknown;
  make(site: Site): unknown;
  /** What the refresh finds: outputs that differ from state, by resource, and of no other one. */
  found: Partial<Record<RoadResource, string[] | "gone">>;
  /** What is planned then: inputs that the program has otherwise, or that the resource is to be created. */
  planned: Partial<Record<RoadResource, string[] | "create">>;
  up: Mended | Refused;
}

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
