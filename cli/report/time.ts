const DAY_MILLISECONDS = 86_400_000;

/** Whole days from one time to another, negative where the other is earlier. */
export const wholeDays = (from: Date, to: Date): number =>
  // Adding makes a zero of a negative one.
  Math.trunc((to.getTime() - from.getTime()) / DAY_MILLISECONDS) + 0;

/** A time as a person reads it, to the minute: a cluster may give a text that is none. */
export function minute(time: string): string {
  const parsed = new Date(time);
  return Number.isNaN(parsed.getTime()) ? time : `${parsed.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** The day of a time. */
export const day = (time: string): string => new Date(time).toISOString().slice(0, 10);

const LONGEST_IN_DAYS = 730;

/** A number of days in words, where it is large as a number of years. */
export function daysInWords(days: number): string {
  if (days > LONGEST_IN_DAYS) return `${Math.floor(days / 365.25)} years`;
  return days === 1 ? "1 day" : `${days} days`;
}
