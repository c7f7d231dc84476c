/** A length of time such as `90d`, `12h`, `30m` or `45s`. */
export type Duration = `${number}${keyof typeof UNIT_SECONDS}`;

const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const PATTERN = /^([1-9][0-9]{0,8})([smhd])$/;

/** Seconds of a duration, or `undefined` when the text is none. */
export function durationSeconds(text: unknown): number | undefined {
  const match = typeof text === "string" ? PATTERN.exec(text) : null;
  if (match === null) return undefined;
  return Number(match[1]) * UNIT_SECONDS[match[2] as keyof typeof UNIT_SECONDS];
}
