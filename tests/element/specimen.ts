import type { Lifecycle } from "../../provider/core/lifecycle";
import type { Description } from "../../provider/core/resource/description";
import { type Subject, subjects } from "../kit/simulated";
import type { SpecimenOf } from "../kit/specimen";
import { specimens } from "../kit/specimens";
import type { Resource } from "./harness";
import type { Scene, Stage } from "./stage";

/** Takes a resource through something. */
type Act = (resource: Resource<object, object>, scene: Scene, others: Others) => Promise<unknown>;

interface Others {
  /** A run that is to succeed. Begins the next one. */
  up(args: object): Promise<void>;
  /** A run that is cut off when it has made a key server and a key provider, which no program declares any more. */
  cutOff(): Promise<void>;
}

/** What suites about clusters alone do with a resource. */
interface OnCluster {
  /** Whatever it calls, it calls in one of these acts: the simulator's API is new, or old. */
  acts: readonly [stage: Stage, act: Act, apiVersion?: string][];
}

/** Held to the description of its resource. */
export type ElementSpecimenOf<D extends Description> = SpecimenOf<D, Scene, Stage> & OnCluster;

/** A resource that is on clusters, for a table of tests. */
export interface ElementSubject extends Omit<Subject, "lifecycle">, OnCluster {
  type: string;
  lifecycle: Lifecycle<object, object>;
}

/** Every resource of the catalogue that makes calls to a cluster. */
export const elementSubjects: readonly ElementSubject[] = subjects
  .filter(({ token }) => token.startsWith("element:"))
  .map((subject) => {
    const { acts } = specimens[subject.token] as unknown as OnCluster;
    const lifecycle = subject.lifecycle as unknown as Lifecycle<object, object>;
    return { ...subject, lifecycle, acts, type: subject.token.replace("element:", "") };
  });
