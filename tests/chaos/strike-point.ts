import type { ApiCall } from "../../provider/core/system";
import { METHODS } from "../../provider/systems/element/api/methods";
import { OPERATIONS } from "../../provider/systems/keyprotect/api/operations";
import { CALLS as VCENTER_CALLS } from "../../provider/systems/vsphere/api/calls";
import type { Call } from "./calls";

/** A call by its number in a run, from 1: among all calls, or among those that change something. */
export interface NumberedCall {
  among: "calls" | "writes";
  number: number;
}

/** At which of a run's calls something happens. */
export type StrikePoint = Call | NumberedCall;

/** Whether the latest of these calls is the one. */
export function isReached(point: StrikePoint, calls: readonly string[]): boolean {
  const latest = calls.at(-1);
  if (latest === undefined) return false;
  if ("method" in point) return latest === point.method && countOf(calls, latest) === point.ordinal;
  if (point.among === "calls") return calls.length === point.number;
  return isWrite(latest) && calls.filter(isWrite).length === point.number;
}

/** How often `method` is among `calls`. */
export const countOf = (calls: readonly string[], method: string): number =>
  calls.filter((each) => each === method).length;

/** Whether a call changes something in any system. A token changes nothing. */
export const isWrite = (method: string): boolean => (CALLS[method]?.effect ?? "read") !== "read";

const CALLS: Readonly<Record<string, ApiCall>> = { ...METHODS, ...OPERATIONS, ...VCENTER_CALLS };
