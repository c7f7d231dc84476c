import type { Explanation, Place } from "../../errors";
import { masked } from "./masking";
import { METHODS } from "./methods";
import type { Method } from "./types";

/** One try of one call, as its errors tell of it. */
export interface Call<M extends Method = Method> {
  method: M;
  apiVersion: string;
  place: Place;
  endpoint: string;
  /** The proxy that stands in between. */
  via?: string;
  /** 1 for the first. */
  tries: number;
  /** Nothing that a cluster says back may show them. */
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
export const runAgain = ({ method }: Call, wayOut: string): string =>
  METHODS[method].effect === "read"
    ? `${wayOut}, then run again`
    : `${wayOut}, then run again: whether ${method} had its effect is not known, and the next run looks before it writes`;
