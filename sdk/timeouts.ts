import type { CustomTimeouts } from "@pulumi/pulumi";
import type { Deadlines } from "../provider/lifecycle";

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** The engine stores `customTimeouts` and passes them to no dynamic provider: they travel as an input. */
export function deadlinesOf(timeouts: CustomTimeouts | null | undefined): Deadlines | undefined {
  if (timeouts === undefined || timeouts === null) return undefined;
  const { create, update, delete: remove } = timeouts;
  return { create: seconds(create), update: seconds(update), delete: seconds(remove) };
}

/** Seconds of a duration in Go's notation, such as `1h30m`. */
function seconds(duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(duration)) {
    throw new TypeError(`customTimeouts: "${duration}" is no duration such as "30m" or "1h30m"`);
  }
  return [...duration.matchAll(/([\d.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNIT_SECONDS[unit ?? ""] ?? 0),
    0,
  );
}
