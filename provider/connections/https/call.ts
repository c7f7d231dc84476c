import type { Explanation, Place } from "../../core/errors";
import type { Effect } from "../../core/system";
import { masked } from "./masking";

/** One try of one call, as its errors tell of it. */
export interface Call {
  /** In the API's own name. */
  method: string;
  effect: Effect;
  place: Place;
  endpoint: string;
  /** The proxy that stands in between. */
  via?: string;
  /** 1 for the first. */
  tries: number;
  /** Nothing that the other end says back may show them. */
  secrets: readonly string[];
}

export function explain({ method, place, tries, secrets }: Call, reason: string, wayOut: string): Explanation {
  const shown = masked(reason, secrets);
  return {
    attempt: `calling ${method}`,
    place,
    reason: tries > 1 ? `${shown} (tried ${tries} times)` : shown,
    wayOut,
  };
}

/** What to do when the answer was lost, and perhaps not the call's effect. */
export const runAgain = ({ method, effect }: Call, wayOut: string): string =>
  effect === "read"
    ? `${wayOut}, then run again`
    : `${wayOut}, then run again: whether ${method} had its effect is not known, and the next run looks before it writes`;
