import type { RevocationReasonName } from "./enums";
import { OperationFailure } from "./failure";
import type { StoredObject } from "./managed-object";

/** The transitions of a key's state (KMIP 1.4, section 3.22). Each answers the changed object, or throws. */

export function activated(object: StoredObject, now: Date): StoredObject {
  if (object.state !== "PreActive") {
    throw new OperationFailure("PermissionDenied", `the object is ${object.state}, not PreActive`);
  }
  return { ...object, state: "Active", dates: { ...object.dates, activation: now, lastChange: now } };
}

export function revoked(object: StoredObject, reason: RevocationReasonName, now: Date): StoredObject {
  const dates = { ...object.dates, lastChange: now };
  if (reason === "KeyCompromise" || reason === "CACompromise") {
    return { ...object, state: "Compromised", revocationReason: reason, dates: { ...dates, compromise: now } };
  }
  if (object.state !== "Active") {
    throw new OperationFailure("IllegalOperation", `the object is ${object.state}, not Active`);
  }
  return { ...object, state: "Deactivated", revocationReason: reason, dates: { ...dates, deactivation: now } };
}

export function destroyed({ material: _, ...object }: StoredObject, now: Date): StoredObject {
  if (object.state === "Active") {
    throw new OperationFailure("PermissionDenied", "the object is Active; it must be revoked first");
  }
  return {
    ...object,
    state: object.state === "Compromised" ? "DestroyedCompromised" : "Destroyed",
    dates: { ...object.dates, destroy: now, lastChange: now },
  };
}
