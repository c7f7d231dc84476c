import type { Lifecycle } from "../../provider/core/lifecycle";
import type { Description } from "../../provider/core/resource/description";
import { registry } from "../../provider/systems/registry";
import type { SpecimenOf } from "../kit/specimen";
import { specimens, tokens } from "../kit/specimens";
import type { Resource } from "./harness";
import type { Scene, Stage } from "./stage";

type Arguments = Record<string, unknown>;
export type Operation = "refresh" | "up" | "destroy";

/** Takes a resource through something. */
export type Act = (resource: Resource<object, object>, scene: Scene, others: Others) => Promise<unknown>;

export interface Others {
  /** A run that is to succeed. Begins the next one. */
  up(args: object): Promise<void>;
  /** A run that is cut off when it has made a key server and a key provider, which no program declares any more. */
  cutOff(): Promise<void>;
}

/** What theme suites do with a resource on simulated clusters. */
export interface OnCluster {
  /** Arguments that describe what the stage `external` has; made by hand, it is adopted. */
  existing(scene: Scene): Arguments;
  /** A change of these that a run would carry out. */
  change: Arguments;
  /** Arguments of another one on that stage. By default of what exists. */
  another?(scene: Scene): Arguments | Promise<Arguments>;
  /** Arguments that are no part of what is compared with state. */
  notCompared?: readonly string[];
  /** A comparison of changed arguments looks at the cluster. */
  looksInComparison?: true;
  /** Operations that ask nobody but for the cluster's identity: they leave nothing to look at. */
  inStateAlone?: readonly Operation[];
  /** Whatever it calls, it calls in one of these acts: the simulator's API is new, or old. */
  acts: readonly [stage: Stage, act: Act, apiVersion?: string][];
}

/** Held to the description of its resource. */
export type ElementSpecimenOf<D extends Description> = SpecimenOf<D> & { onCluster: OnCluster };

/** A resource that is on clusters, for a table of tests. */
export interface Subject extends OnCluster {
  type: string;
  description: Description;
  lifecycle: Lifecycle<object, object>;
  another(scene: Scene): Arguments | Promise<Arguments>;
}

const ofElement = tokens.filter((token) => token.startsWith("element:"));

/** Every resource of the catalogue that makes calls to a cluster. */
export const subjects: readonly Subject[] = ofElement.flatMap((token) => {
  const { description, lifecycle } = registry[token] as { description: Description; lifecycle: unknown };
  const { onCluster } = specimens[token] as Partial<ElementSpecimenOf<Description>>;
  if (onCluster === undefined && description.calls !== undefined) {
    throw new Error(`${token} makes calls to clusters: give its specimen "onCluster", like those beside it`);
  }
  if (onCluster === undefined) return [];
  const type = token.replace("element:", "");
  return [
    { another: onCluster.existing, ...onCluster, type, description, lifecycle: lifecycle as Lifecycle<object, object> },
  ];
});
