import { inSeconds, looks, type Patience } from "../../../core/looks";
import type { Cluster } from "../api/cluster";
import { ElementApiError } from "../api/errors";
import type { AsyncResult } from "../api/types";

/** How an asynchronous job ended, as far as its handle tells. */
export type Outcome =
  | { kind: "succeeded" }
  | { kind: "failed"; name: string; message: string }
  /** Someone read the result and so deleted it. No failure: the truth is what the job was to change. */
  | { kind: "vanished" }
  | { kind: "deadline" };

export interface Wait extends Patience {
  /** Called after each look at a job that still runs. */
  progress(elapsedSeconds: number, result: AsyncResult): void;
}

/** A handle may be unknown for a moment after the call that returned it. */
const HANDLE_APPEARS_WITHIN_MS = 5_000;

/**
 * Waits for the end of an asynchronous job. The result is always kept: reading it otherwise deletes the only record of
 * how the job ended.
 */
export async function waitForHandle(cluster: Cluster, asyncHandle: number, wait: Wait): Promise<Outcome> {
  for await (const elapsed of looks(wait)) {
    const result = await look(cluster, asyncHandle);
    if (result === undefined && elapsed() >= HANDLE_APPEARS_WITHIN_MS) return { kind: "vanished" };
    if (result?.status === "complete") {
      return result.error === undefined ? { kind: "succeeded" } : { kind: "failed", ...result.error };
    }
    if (result !== undefined) wait.progress(inSeconds(elapsed), result);
  }
  return { kind: "deadline" };
}

/** One look at a job, or `undefined` when its handle is not known (any more). */
export async function look(cluster: Cluster, asyncHandle: number): Promise<AsyncResult | undefined> {
  try {
    return await cluster.call("GetAsyncResult", { asyncHandle, keepResult: true });
  } catch (error) {
    if (error instanceof ElementApiError && UNKNOWN_HANDLE.has(error.vendorName)) return undefined;
    throw error;
  }
}

/** The API reference gives one of these names, and real clusters answer with the other. */
const UNKNOWN_HANDLE = new Set(["xDBNoSuchPath", "xAsyncHandleDoesNotExist"]);
