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
  /** A run that is cut off when it has made an adapter and a registration, which no program declares any more. */
  cutOff(): Promise<void>;
}

/** What suites about regions alone do with a resource. */
interface InRegion {
  /** Whatever it calls, it calls in one of these acts. */
  acts: readonly [stage: Stage, act: Act][];
}

/** Held to the description of its resource. */
export type KeyProtectSpecimenOf<D extends Description> = SpecimenOf<D, Scene, Stage> & InRegion;

/** A resource that is in instances, for a table of tests. */
export interface KeyProtectSubject extends Omit<Subject, "lifecycle">, InRegion {
  lifecycle: Lifecycle<object, object>;
}

/** Every resource of the catalogue that makes calls to an instance. */
export const keyProtectSubjects: readonly KeyProtectSubject[] = subjects
  .filter(({ token }) => token.startsWith("keyprotect:"))
  .map((subject) => {
    const { acts } = specimens[subject.token] as unknown as InRegion;
    return { ...subject, lifecycle: subject.lifecycle as unknown as Lifecycle<object, object>, acts };
  });
