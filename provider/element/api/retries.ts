import { ConnectionTimeoutError, ConnectionUnreachableError, ElementApiError, ProxyError } from "./errors";
import type { Effect } from "./methods";

/** The errors that Element documents as passing, with the remedy "retry the call". */
const TRANSIENT_ERRORS = new Set(["xDBVersionMismatch", "xDBConnectionLoss"]);
/** Waits between the tries of a call that may be repeated. */
const PAUSES_MS = [250, 500, 1000, 2000, 4000];
/** A connection whose other end is gone is found out by the first try; a second one that is as silent tells the truth. */
const PAUSES_AFTER_SILENCE_MS = PAUSES_MS.slice(0, 1);

/**
 * How long to wait before a call is tried again, or `undefined` when it is not: reads are repeated when the cluster gave no
 * answer, and everything but creates and rekeys after an error that Element documents as passing.
 *
 * @param tries how often it was tried
 */
export function pauseBeforeRetry(error: unknown, effect: Effect, tries: number): number | undefined {
  return pausesFor(error, effect)[tries - 1];
}

function pausesFor(error: unknown, effect: Effect): readonly number[] {
  const mayPass = error instanceof ConnectionUnreachableError || (error instanceof ProxyError && error.mayPass);
  if (mayPass && effect === "read") return PAUSES_MS;
  if (error instanceof ConnectionTimeoutError && effect === "read") return PAUSES_AFTER_SILENCE_MS;
  const passes = error instanceof ElementApiError && TRANSIENT_ERRORS.has(error.vendorName);
  return passes && effect !== "create" ? PAUSES_MS : [];
}
