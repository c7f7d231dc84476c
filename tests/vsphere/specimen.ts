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
  /** A run that is cut off when it has made the provider that was made by hand, which no program declares. */
  cutOff(reference: string): void;
}

/** What suites about vCenters alone do with a resource. */
interface OnVcenter {
  /** Whatever it calls, it calls in one of these acts. */
  acts: readonly [stage: Stage, act: Act][];
}

/** Held to the description of its resource. */
export type VsphereSpecimenOf<D extends Description> = SpecimenOf<D, Scene, Stage> & OnVcenter;

/** A resource that is on vCenters, for a table of tests. */
export interface VsphereSubject extends Omit<Subject, "lifecycle">, OnVcenter {
  lifecycle: Lifecycle<object, object>;
}

/** Every resource of the catalogue that makes calls to a vCenter. */
export const vsphereSubjects: readonly VsphereSubject[] = subjects
  .filter(({ token }) => token.startsWith("vsphere:"))
  .map((subject) => {
    const { acts } = specimens[subject.token] as unknown as OnVcenter;
    return { ...subject, lifecycle: subject.lifecycle as unknown as Lifecycle<object, object>, acts };
  });
