import type { KmipDates } from "./attributes";
import { type RevocationReasonName, type StateName, UsageMask } from "./enums";

/** What the server tells its owner of a key. Destroyed keys stay known, without their material. */
export interface ManagedObject {
  uid: string;
  objectType: "SymmetricKey";
  algorithm: "AES";
  /** Bits. */
  length: number;
  usageMask: number;
  names: string[];
  /** Text attributes whose names start with `x-`. */
  customAttributes: Record<string, string>;
  state: StateName;
  dates: KmipDates & { initial: Date; lastChange: Date; destroy?: Date };
  revocationReason?: RevocationReasonName;
}

/** A managed object with its key, for as long as that exists. */
export interface StoredObject extends ManagedObject {
  /** In the form in which whoever has custody of it gives it out of hand. */
  material?: Buffer;
}

export const DEFAULT_USAGE_MASK = UsageMask.Encrypt | UsageMask.Decrypt;

export const isDestroyed = ({ state }: ManagedObject): boolean =>
  state === "Destroyed" || state === "DestroyedCompromised";
