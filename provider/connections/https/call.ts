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
  /** No text of the other end may show them. */
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

/** The way out where the answer was lost, and the call may have had its effect. */
export const runAgain = ({ method, effect }: Call, wayOut: string): string =>
  effect === "read"
    ? `${wayOut}, then run again`
    : `${wayOut}, then run again: whether ${method} had its effect is not known, and the next run looks before it writes`;
