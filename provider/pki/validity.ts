import type { Validity } from "./issue";

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** How far the clocks of machines may differ: a start is set back by it, and a start that is nearer is no reason to refuse. */
const CLOCK_DIFFERENCE_MILLISECONDS = 5 * 60 * 1000;

export const addDays = (time: Date, days: number): Date => new Date(time.getTime() + days * DAY_MILLISECONDS);

/** How long before its end a certificate is renewed where nobody says how long. */
export const EARLY_RENEWAL_DAYS = 30;

const LONGEST_NOTICE_DAYS = 30;
const NOTICE_SHARE = 0.1;

/**
 * From when on the end of a validity deserves a warning: its last tenth, but at most 30 days, because certificates of a
 * few days are renewed in their last hours.
 */
export function noticeTime({ notBefore, notAfter }: Validity): Date {
  const share = (notAfter.getTime() - notBefore.getTime()) * NOTICE_SHARE;
  return new Date(notAfter.getTime() - Math.min(share, LONGEST_NOTICE_DAYS * DAY_MILLISECONDS));
}

/** Whether a validity begins later than the clock of whoever signed may be ahead. */
export const beginsLater = ({ notBefore }: Pick<Validity, "notBefore">, now: Date): boolean =>
  notBefore.getTime() - now.getTime() > CLOCK_DIFFERENCE_MILLISECONDS;

/** When a validity ends, in words: `ends in 12 days`. */
export function endInWords(notAfter: Date, now: Date): string {
  const days = Math.floor((notAfter.getTime() - now.getTime()) / DAY_MILLISECONDS);
  if (days < 0) return "has ended";
  if (days === 0) return "ends within a day";
  return days === 1 ? "ends in 1 day" : `ends in ${days} days`;
}

/** From a little before `now` for so many days, in whole seconds, and never outside of the issuer's own validity. */
export function validityFrom(now: Date, days: number, issuer?: Validity): Validity {
  const start = Math.floor(now.getTime() / 1000) * 1000;
  const notBefore = new Date(start - CLOCK_DIFFERENCE_MILLISECONDS);
  const notAfter = addDays(new Date(start), days);
  if (issuer === undefined) return { notBefore, notAfter };
  return {
    notBefore: new Date(Math.max(notBefore.getTime(), issuer.notBefore.getTime())),
    notAfter: new Date(Math.min(notAfter.getTime(), issuer.notAfter.getTime())),
  };
}
