import type { CertificateFacts } from "../model";

const DAY_MS = 86_400_000;
const YEAR_MS = 365.25 * DAY_MS;
/** What lies further away is not drawn: beside an authority of thirty years, nothing else could be told apart. */
const LONGEST_PAST_MS = YEAR_MS;
const LONGEST_FUTURE_MS = 3 * YEAR_MS;
/** Part of the whole that is left free at either end. */
const MARGIN = 0.03;

/** Months from one tick to the next: the first that has room is taken. */
const STEPS = [1, 2, 3, 6, 12, 24] as const;

/** Places of points in time, in pixels. What lies outside stands at the edge. */
export class TimeScale {
  private constructor(
    readonly start: number,
    readonly end: number,
    readonly width: number,
  ) {}

  /** A scale on which the present and all certificates can be seen, as far as they are near. */
  static of(certificates: readonly Pick<CertificateFacts, "notBefore" | "notAfter">[], now: Date, width: number) {
    const present = now.getTime();
    const times = certificates.flatMap(({ notBefore, notAfter }) => [Date.parse(notBefore), Date.parse(notAfter)]);
    const start = Math.max(Math.min(present, ...times), present - LONGEST_PAST_MS);
    const end = Math.min(Math.max(present, ...times), present + LONGEST_FUTURE_MS);
    const margin = Math.max((end - start) * MARGIN, DAY_MS);
    return new TimeScale(start - margin, end + margin, width);
  }

  x(time: number): number {
    const part = (time - this.start) / (this.end - this.start);
    return Math.round(Math.min(Math.max(part, 0), 1) * this.width * 10) / 10;
  }

  isBeyond(time: number): boolean {
    return time > this.end;
  }

  /** Years, or months where that is too coarse; no more than `most`. */
  ticks(most: number): { time: number; name: string }[] {
    return STEPS.map((step) => this.ticksEvery(step)).find(({ length }) => length <= most) ?? [];
  }

  private ticksEvery(months: number): { time: number; name: string }[] {
    const found = [];
    const year = new Date(this.start).getUTCFullYear();
    for (let month = 0; ; month += months) {
      const time = Date.UTC(year, month, 1);
      if (time > this.end) return found;
      if (time >= this.start) found.push({ time, name: new Date(time).toISOString().slice(0, months < 12 ? 7 : 4) });
    }
  }
}
