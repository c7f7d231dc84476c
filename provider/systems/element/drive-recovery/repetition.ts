import { isDeepStrictEqual } from "node:util";
import type { DriveRecoveryInputs, DriveRecoveryOutputs } from "./resource";

/** Whether new arguments ask for a recovery: equal ones never do again, and neither do triggers that are taken away. */
export const isAskedFor = (olds: DriveRecoveryOutputs, news: DriveRecoveryInputs): boolean =>
  !olds.complete ||
  !sameDrives(olds.drives, news.drives) ||
  (news.triggers !== undefined && !isDeepStrictEqual(olds.triggers ?? {}, news.triggers));

/** Has no order. */
export const sameDrives = (a: number[], b: number[]): boolean => isDeepStrictEqual(sorted(a), sorted(b));

/** A list may be unknown as a whole. */
const sorted = (drives: number[]): unknown => (Array.isArray(drives) ? drives.toSorted((a, b) => a - b) : drives);
