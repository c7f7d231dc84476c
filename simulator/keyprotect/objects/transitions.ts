import { State } from "../../../kmip/enums";
import type { KmipObject, ObjectAct } from "../region/state";

/** State of an object, from 1 to 6, as KMIP counts. Keys have other numbers. */
export const stateOf = ({ managed }: KmipObject): number => State[managed.state];

export const isActive = (object: KmipObject): boolean => stateOf(object) === State.Active;

export const isLive = (object: KmipObject): boolean => stateOf(object) < State.Destroyed;

/** Erases the material, whatever state the object is in. */
export function destroyObject(object: KmipObject, act: ObjectAct): void {
  if (!isLive(object)) return;
  const { managed } = object;
  managed.state = managed.state === "Compromised" ? "DestroyedCompromised" : "Destroyed";
  Object.assign(managed.dates, { destroy: act.at, lastChange: act.at });
  delete object.material;
  object.updated = act;
  object.destroyed = act;
}
