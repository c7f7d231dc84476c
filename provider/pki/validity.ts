import { type CheckFailure, isUnknown } from "../lifecycle";
import type { Validity } from "./issue";

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** How far the start is set back, for machines whose clocks differ. */
const SET_BACK_MILLISECONDS = 5 * 60 * 1000;
const MAXIMUM_DAYS = 36_500;

export const addDays = (time: Date, days: number): Date => new Date(time.getTime() + days * DAY_MILLISECONDS);

/** From a little before `now` for so many days, in whole seconds, and never outside of the issuer's own validity. */
export function validityFrom(now: Date, days: number, issuer?: Validity): Validity {
  const start = Math.floor(now.getTime() / 1000) * 1000;
  const notBefore = new Date(start - SET_BACK_MILLISECONDS);
  const notAfter = addDays(new Date(start), days);
  if (issuer === undefined) return { notBefore, notAfter };
  return {
    notBefore: new Date(Math.max(notBefore.getTime(), issuer.notBefore.getTime())),
    notAfter: new Date(Math.min(notAfter.getTime(), issuer.notAfter.getTime())),
  };
}

/** Refuses what is no whole number of days from `minimum` to a hundred years. Skips an unknown value. */
export function checkDays(property: string, value: unknown, minimum: number): CheckFailure[] {
  if (isUnknown(value)) return [];
  if (Number.isInteger(value) && Number(value) >= minimum && Number(value) <= MAXIMUM_DAYS) return [];
  return [{ property, reason: `must be a whole number of days from ${minimum} to ${MAXIMUM_DAYS}` }];
}
