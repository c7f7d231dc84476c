import { isDeepStrictEqual } from "node:util";
import type { Identity, OnCluster } from "./identity";

export interface DriveRecoveryInputs extends OnCluster {
  /** Ids of the drives to add. */
  drives: number[];
  triggers?: Record<string, string>;
}

export interface DriveRecoveryOutputs extends Identity, DriveRecoveryInputs {
  /** When the drives were active and the faults gone, ISO 8601, this machine's clock. */
  recoveredTime?: string;
  /** False while that was not seen. */
  complete: boolean;
  /** Handle of the job that adds drives, while it was not seen that they are active and the faults gone. */
  asyncHandle?: number;
}

/** Whether new arguments ask for a recovery: equal ones never do again, and neither do triggers that are taken away. */
export const isAskedFor = (olds: DriveRecoveryOutputs, news: DriveRecoveryInputs): boolean =>
  !olds.complete ||
  !sameDrives(olds.drives, news.drives) ||
  (news.triggers !== undefined && !isDeepStrictEqual(olds.triggers ?? {}, news.triggers));

/** Has no order. */
export const sameDrives = (a: number[], b: number[]): boolean => isDeepStrictEqual(sorted(a), sorted(b));

/** A list may be unknown as a whole. */
const sorted = (drives: number[]): unknown => (Array.isArray(drives) ? drives.toSorted((a, b) => a - b) : drives);
