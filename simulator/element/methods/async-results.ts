import type { AsyncHandleInfo, AsyncResult } from "../../../provider/systems/element/api/types";
import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import type { StoredAsyncResult } from "../cluster/state";
import type { MethodGroup } from "./method";
import { boolean, integer, listOf, optional, required, text } from "./parameters";

export const asyncResultMethods: MethodGroup<"GetAsyncResult" | "ListAsyncResults"> = {
  /** Reading a complete result deletes it unless the caller says otherwise. */
  GetAsyncResult: {
    since: "1.0",
    params: { asyncHandle: required(integer), keepResult: optional(boolean) },
    async handle(cluster, { asyncHandle, keepResult }) {
      const found = cluster.state.asyncResults.find((result) => result.asyncHandle === asyncHandle);
      if (!found || !isVisible(cluster, found)) {
        throw new ApiError("asyncHandleDoesNotExist", `Async handle ${asyncHandle} does not exist.`);
      }
      const answer = asyncResultView(found);
      if (found.status === "complete" && !keepResult) {
        cluster.state.asyncResults = cluster.state.asyncResults.filter((result) => result !== found);
        await cluster.save();
      }
      return answer;
    },
  },

  ListAsyncResults: {
    since: "9.0",
    params: { asyncResultTypes: optional(listOf(text)) },
    handle: (cluster, { asyncResultTypes }) => ({
      asyncHandles: cluster.state.asyncResults
        .filter((result) => isVisible(cluster, result))
        .filter((result) => asyncResultTypes === undefined || asyncResultTypes.includes(result.resultType))
        .map(asyncHandleView),
    }),
  },
};

/** Registers a job that is about to begin. */
export function beginAsyncResult(cluster: Cluster, resultType: string): StoredAsyncResult {
  const result: StoredAsyncResult = {
    asyncHandle: cluster.nextID("asyncResult"),
    resultType,
    createTime: cluster.timestamp(),
    lastUpdateTime: cluster.timestamp(),
    acceptedAt: cluster.now().toISOString(),
    status: "running",
  };
  cluster.state.asyncResults.push(result);
  return result;
}

/** Changes a job's entry, if nobody has removed it. */
export function updateAsyncResult(cluster: Cluster, asyncHandle: number, changes: Partial<StoredAsyncResult>): void {
  const found = cluster.state.asyncResults.find((result) => result.asyncHandle === asyncHandle);
  if (found) Object.assign(found, changes, { lastUpdateTime: cluster.timestamp() });
}

function asyncResultView(stored: StoredAsyncResult): AsyncResult {
  const { status, resultType, createTime, lastUpdateTime, details, result, error } = stored;
  const common = { status, resultType, createTime, lastUpdateTime };
  if (status === "running") return { ...common, details: { ...details } };
  return error ? { ...common, error } : { ...common, result: result ?? {} };
}

function asyncHandleView(stored: StoredAsyncResult): AsyncHandleInfo {
  return {
    asyncResultID: stored.asyncHandle,
    completed: stored.status === "complete",
    success: stored.status === "complete" && stored.error === undefined,
    createTime: stored.createTime,
    lastUpdateTime: stored.lastUpdateTime,
    resultType: stored.resultType,
    data: { ...(stored.details ?? stored.result) },
  };
}

function isVisible(cluster: Cluster, result: StoredAsyncResult): boolean {
  return cluster.now().getTime() - Date.parse(result.acceptedAt) >= cluster.switches.handleVisibleAfterMs;
}
