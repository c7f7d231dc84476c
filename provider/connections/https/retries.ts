import type { Effect } from "../../core/system";
import {
  ApiError,
  ConnectionThrottledError,
  ConnectionTimeoutError,
  ConnectionUnreachableError,
  ProxyError,
} from "../errors";
import type { Peer } from "./peer";

/** Waits between the tries of a call that may be repeated. */
const PAUSES_MS = [250, 500, 1000, 2000, 4000];
/** The first try finds out a connection whose other end is gone; a second try that is as silent tells the truth. */
const PAUSES_AFTER_SILENCE_MS = PAUSES_MS.slice(0, 1);
/** Whoever wants to be left alone for longer is told of as an error. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * How long to wait before a call is tried again, or `undefined` when it is not: reads are repeated when the system gave no
 * answer, and everything but what must not happen twice after an error that the system documents as passing.
 *
 * @param tries how often it was tried
 */
export function pauseBeforeRetry(error: unknown, effect: Effect, peer: Peer, tries: number): number | undefined {
  const pause = pausesFor(error, effect, peer)[tries - 1];
  const asked = error instanceof ConnectionThrottledError ? error.pauseMs : 0;
  return pause === undefined || asked > LONGEST_PAUSE_MS ? undefined : Math.max(pause, asked);
}

function pausesFor(error: unknown, effect: Effect, { passingErrors }: Peer): readonly number[] {
  const mayPass = error instanceof ConnectionUnreachableError || (error instanceof ProxyError && error.mayPass);
  if (mayPass && effect === "read") return PAUSES_MS;
  if (error instanceof ConnectionTimeoutError && effect === "read") return PAUSES_AFTER_SILENCE_MS;
  if (error instanceof ConnectionThrottledError) return effect === "create" ? [] : PAUSES_MS;
  const passes = error instanceof ApiError && passingErrors.has(error.vendorName);
  return passes && effect !== "create" ? PAUSES_MS : [];
}
