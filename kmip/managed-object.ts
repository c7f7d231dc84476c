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

/** A managed object with the key itself, for as long as that exists. */
export interface StoredObject extends ManagedObject {
  material?: Buffer;
}

export const DEFAULT_USAGE_MASK = UsageMask.Encrypt | UsageMask.Decrypt;

export const isDestroyed = ({ state }: ManagedObject): boolean =>
  state === "Destroyed" || state === "DestroyedCompromised";
